/* Short names, long names, and which short ones long ones get. */
#include "shim/fat/fat_name.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "loader/utf16.h"
#include "shim/fat/fat_long_name.h"

static struct fat_name name;

static void take(const CHAR16 *text)
{
    assert_true(fat_name_take(text, &name));
}

static void assert_text(const CHAR16 *text, const CHAR16 *expected)
{
    size_t chars = utf16_length(expected, 300);

    assert_int_equal(utf16_length(text, 300), chars);
    assert_memory_equal(text, expected, chars * sizeof(*text));
}

/* A name that needs no long one, and is shown as it was given. */
static void assert_fits(const CHAR16 *text, const char *short_name, uint8_t name_case)
{
    CHAR16 shown[FAT_SHORT_TEXT_CHARS];
    struct fat_entry entry = {0};

    take(text);
    assert_true(fat_name_fits_entry(&name, &entry));
    assert_memory_equal(entry.name, short_name, sizeof(entry.name));
    assert_int_equal(entry.name_case, name_case);
    fat_name_from_entry(&entry, shown);
    assert_text(shown, text);
}

static void test_short_names(void **state)
{
    (void)state;
    assert_fits(u"BOOTX64.EFI", "BOOTX64 EFI", 0);
    assert_fits(u"bootx64.efi", "BOOTX64 EFI", FAT_LOWER_BASE | FAT_LOWER_EXTENSION);
    assert_fits(u"grub.CFG", "GRUB    CFG", FAT_LOWER_BASE);
    assert_fits(u"GRUB.cfg", "GRUB    CFG", FAT_LOWER_EXTENSION);
    assert_fits(u"A", "A          ", 0);
    assert_fits(u"12345678.123", "12345678123", 0);
    assert_fits(u"!#$%&'()", "!#$%&'()   ", 0);
    assert_fits(u"-@^_`{}~", "-@^_`{}~   ", 0);
}

static void test_long_names(void **state)
{
    static const CHAR16 *const texts[] = {u"Mixed",     u"123456789", u"a.1234", u"two.dots.x",
                                          u"two words", u".hidden",   u"plus+",  u"ümlaut",
                                          u"a..b",      u"x.Ab"};
    struct fat_entry entry;

    (void)state;
    for (size_t i = 0; i < sizeof(texts) / sizeof(texts[0]); i++) {
        take(texts[i]);
        assert_false(fat_name_fits_entry(&name, &entry));
    }
}

static void assert_candidate(const CHAR16 *text, unsigned int index, const char *expected)
{
    uint8_t short_name[FAT_SHORT_NAME_BYTES];

    take(text);
    assert_int_equal(fat_name_candidate(&name, index, 0, short_name), expected != NULL);
    if (expected)
        assert_memory_equal(short_name, expected, sizeof(short_name));
}

static void test_candidates(void **state)
{
    (void)state;
    assert_candidate(u"Mixed.Txt", 0, "MIXED   TXT");
    assert_candidate(u"Mixed.Txt", 1, "MIXED~1 TXT");
    assert_candidate(u"A long name.text", 0, NULL);
    assert_candidate(u"A long name.text", 1, "ALONGN~1TEX");
    assert_candidate(u"A long name.text", 9, "ALONGN~9TEX");
    assert_candidate(u"ü+", 1, "__~1       ");
    assert_candidate(u".hidden", 1, "HIDDEN~1   ");
    assert_candidate(u"a.b.c", 1, "AB~1    C  ");
}

/* Hashes differ from name to name, and from round to round. */
static void test_hashed_candidates(void **state)
{
    uint8_t first[FAT_SHORT_NAME_BYTES];
    uint8_t other[FAT_SHORT_NAME_BYTES];

    (void)state;
    take(u"A long name.text");
    assert_true(fat_name_candidate(&name, 10, 0, first));
    assert_memory_equal(first, "AL", 2);
    assert_memory_equal(first + 6, "~1TEX", 5);
    assert_true(fat_name_candidate(&name, 11, 0, other));
    assert_memory_not_equal(first, other, sizeof(first));
    assert_true(fat_name_candidate(&name, 10, 1, other));
    assert_memory_not_equal(first, other, sizeof(first));
    assert_false(fat_name_candidate(&name, 0, 1, other));
    take(u"A long game.text");
    assert_true(fat_name_candidate(&name, 10, 0, other));
    assert_memory_not_equal(first, other, sizeof(first));
}

static void test_ends(void **state)
{
    CHAR16 text[FAT_NAME_CHARS_MAX + 2];

    (void)state;
    take(u"name. . .");
    assert_text(name.text, u"name");
    assert_false(fat_name_take(u"", &name));
    assert_false(fat_name_take(u". .", &name));
    for (size_t i = 0; i <= FAT_NAME_CHARS_MAX; i++)
        text[i] = 'x';
    text[FAT_NAME_CHARS_MAX + 1] = 0;
    assert_false(fat_name_take(text, &name));
    text[FAT_NAME_CHARS_MAX] = 0;
    assert_true(fat_name_take(text, &name));
}

static void test_comparison(void **state)
{
    (void)state;
    take(u"Straße Ünï");
    assert_true(fat_name_equals(&name, u"sTRAßE üNÏ"));
    assert_false(fat_name_equals(&name, u"straße ün"));
    assert_false(fat_name_equals(&name, u"straße ünïx"));
}

/* Japanese names begin with a byte that means a removed entry. */
static void test_e5(void **state)
{
    struct fat_entry entry = {.name = "\005BC     TXT"};
    CHAR16 shown[FAT_SHORT_TEXT_CHARS];

    (void)state;
    fat_name_from_entry(&entry, shown);
    assert_text(shown, u"\u00e5BC.TXT");
}

/* Parts as they are written are what is read; names of every length. */
static void test_parts(void **state)
{
    static const uint8_t short_name[FAT_SHORT_NAME_BYTES] = "SHORT~1 TXT";
    struct fat_entry entry = {0};
    CHAR16 text[FAT_NAME_CHARS_MAX + 1];

    (void)state;
    memcpy(entry.name, short_name, sizeof(entry.name));
    for (size_t chars = 1; chars <= FAT_NAME_CHARS_MAX; chars++) {
        struct fat_long_name read = {0};

        for (size_t i = 0; i < chars; i++)
            text[i] = (CHAR16)(0x100 + i);
        text[chars] = 0;
        take(text);
        assert_int_equal(fat_long_name_parts(&name), (chars + 12) / 13);
        for (unsigned int i = 0; i < fat_long_name_parts(&name); i++) {
            struct fat_entry part;

            assert_false(fat_long_name_belongs_to(&read, &entry));
            fat_long_name_make(&name, i, short_name, &part);
            assert_true(fat_entry_is_long_name(&part));
            fat_long_name_take(&read, &part);
        }
        assert_true(fat_long_name_belongs_to(&read, &entry));
        assert_text(read.text, text);
        entry.name[0]++;
        assert_false(fat_long_name_belongs_to(&read, &entry));
        entry.name[0]--;
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_short_names), cmocka_unit_test(test_long_names),
        cmocka_unit_test(test_candidates),  cmocka_unit_test(test_hashed_candidates),
        cmocka_unit_test(test_ends),        cmocka_unit_test(test_comparison),
        cmocka_unit_test(test_e5),          cmocka_unit_test(test_parts),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
