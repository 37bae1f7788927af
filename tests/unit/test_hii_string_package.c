/* String packages: headers, languages, strings by id, and packages that are changed. */
#include "shim/hii/hii_string_package.h"

#include <string.h>

#include "shim/hii/hii_format.h"
#include "shim/memory/pool.h"
#include "tests/unit/fake_memory.h"
#include "tests/unit/hii_builder.h"
#include "tests/unit/isolated.h"

#define UNITS_MAX 32

/* 1 "name", 2 "b" in font 3, 3 a duplicate of 2, 4 and 5 skipped, 6 "f". */
static const uint8_t blocks[] = {0x31, 0x40, 15, 0,    3,    19,  0,    2,   0, 0,    0, 'F',
                                 0,    0,    0,  0x10, 'n',  'a', 'm',  'e', 0, 0x11, 3, 'b',
                                 0,    0x20, 2,  0,    0x22, 2,   0x14, 'f', 0, 0,    0, 0x00};

static struct hii_list list;

static struct hii_string_package read_package(const char *languages, const void *bytes, size_t size)
{
    struct hii_string_package package;
    struct hii_package_view view;

    list = hii_list_new(1);
    hii_list_add_strings(&list, languages, bytes, size);
    hii_list_end(&list);
    view = hii_list_package(&list, 0);
    assert_true(hii_string_package_read(&view, &package));
    return package;
}

static struct hii_string_package sample(void)
{
    return read_package("en-US", blocks, sizeof(blocks));
}

/* What hii_string_package_set() made. */
static struct hii_string_package reread(const uint8_t *bytes)
{
    struct hii_string_package package;
    struct hii_package_view view;

    assert_true(hii_package_read(bytes, HII_PACKAGE_BYTES_MAX, &view));
    assert_true(hii_string_package_read(&view, &package));
    return package;
}

static void assert_string(const struct hii_string_package *package, uint32_t id, uint8_t font,
                          const CHAR16 *expected)
{
    struct hii_string_entry entry;
    CHAR16 text[UNITS_MAX];

    assert_true(hii_string_package_find(package, id, &entry));
    assert_int_equal(entry.font, font);
    assert_in_range(entry.text.units, 1, UNITS_MAX);
    hii_text_copy(&entry.text, text, UNITS_MAX);
    assert_memory_equal(text, expected, entry.text.units * sizeof(*text));
}

static void assert_no_string(const struct hii_string_package *package, uint32_t id)
{
    struct hii_string_entry entry;

    assert_false(hii_string_package_find(package, id, &entry));
}

static struct hii_string_package set(const struct hii_string_package *package, uint32_t id,
                                     const CHAR16 *text, const EFI_FONT_INFO *font)
{
    uint8_t *bytes = NULL;

    assert_int_equal(hii_string_package_set(package, id, text, font, &bytes), EFI_SUCCESS);
    return reread(bytes);
}

static void test_strings(void **state)
{
    struct hii_string_package package = sample();

    (void)state;
    assert_int_equal(package.language_name, 1);
    assert_string(&package, 1, 0, u"name");
    assert_string(&package, 2, 3, u"b");
    assert_string(&package, 3, 3, u"b");
    assert_no_string(&package, 4);
    assert_no_string(&package, 5);
    assert_string(&package, 6, 0, u"f");
    assert_no_string(&package, 0);
    assert_no_string(&package, 7);
    assert_int_equal(hii_string_package_end_id(&package), 7);
}

static void test_font(void **state)
{
    struct hii_string_package package = sample();
    struct hii_string_entry font;

    (void)state;
    assert_true(hii_string_package_font(&package, 3, &font));
    assert_int_equal(font.font_size, 19);
    assert_false(hii_string_package_font(&package, 4, &font));
}

static void test_duplicates_of_themselves(void **state)
{
    static const uint8_t loop[] = {0x20, 1, 0, 0x20, 3, 0, 0x20, 2, 0};
    struct hii_string_package package = read_package("en", loop, sizeof(loop));

    (void)state;
    for (uint32_t id = 1; id <= 3; id++)
        assert_no_string(&package, id);
}

static void test_languages(void **state)
{
    struct hii_string_package package = read_package("en-US;en;fr", "", 1);

    (void)state;
    assert_int_equal(hii_language_length(package.languages), 5);
    assert_true(hii_string_package_speaks(&package, "EN-us"));
    assert_false(hii_string_package_speaks(&package, "en"));
    assert_false(hii_string_package_speaks(&package, "en-US;en"));
    assert_true(hii_string_package_understands(&package, "en"));
    assert_true(hii_string_package_understands(&package, "FR"));
    assert_true(hii_string_package_understands(&package, "en-US"));
    assert_false(hii_string_package_understands(&package, "f"));
    assert_false(hii_string_package_understands(&package, ""));
}

static void assert_damaged(size_t offset, uint8_t value)
{
    struct hii_string_package package = sample();
    struct hii_package_view view = hii_list_package(&list, 0);

    list.bytes[view.bytes - list.bytes + offset] = value;
    assert_false(hii_string_package_read(&view, &package));
}

static void test_damaged_headers(void **state)
{
    struct hii_package_view view;
    struct hii_string_package package;

    (void)state;
    assert_damaged(offsetof(struct hii_string_package_header, strings_offset), 0);
    assert_damaged(offsetof(struct hii_string_package_header, strings_offset) + 3, 0x80);
    assert_damaged(51, 'x'); /* the language's NUL */
    sample();
    view = hii_list_package(&list, 0);
    view.size = 46;
    assert_false(hii_string_package_read(&view, &package));
    view = hii_list_package(&list, 0);
    view.type = HII_PACKAGE_FORMS;
    assert_false(hii_string_package_read(&view, &package));
}

static void test_change(void **state)
{
    struct hii_string_package old = sample();
    struct hii_string_package package = set(&old, 1, u"nāme", NULL);

    (void)state;
    assert_string(&package, 1, 0, u"nāme");
    assert_string(&package, 2, 3, u"b");
    assert_string(&package, 3, 3, u"b");
    assert_no_string(&package, 4);
    assert_string(&package, 6, 0, u"f");
    assert_int_equal(hii_string_package_end_id(&package), 7);
    assert_true(hii_string_package_speaks(&package, "en-US"));
}

static void test_change_of_an_original_leaves_its_duplicate(void **state)
{
    struct hii_string_package old = sample();
    struct hii_string_package package = set(&old, 2, u"B", NULL);

    (void)state;
    assert_string(&package, 2, 3, u"B");
    assert_string(&package, 3, 3, u"b");
}

static void test_change_of_a_skipped_one(void **state)
{
    struct hii_string_package old = sample();
    struct hii_string_package package = set(&old, 5, u"e", NULL);

    (void)state;
    assert_no_string(&package, 4);
    assert_string(&package, 5, 0, u"e");
    assert_string(&package, 6, 0, u"f");
    package = set(&old, 4, u"d", NULL);
    assert_string(&package, 4, 0, u"d");
    assert_no_string(&package, 5);
    assert_string(&package, 6, 0, u"f");
}

static void test_new_one_behind_a_gap(void **state)
{
    struct hii_string_package old = sample();
    struct hii_string_package package = set(&old, 0xffff, u"last", NULL);

    (void)state;
    assert_string(&package, 6, 0, u"f");
    assert_no_string(&package, 7);
    assert_string(&package, 0xffff, 0, u"last");
    assert_int_equal(hii_string_package_end_id(&package), 0x10000);
}

static void test_fonts_are_numbered_once(void **state)
{
    static const EFI_FONT_INFO known = {.FontStyle = 2, .FontSize = 19, .FontName = u"F"};
    static const EFI_FONT_INFO other = {.FontStyle = 2, .FontSize = 20, .FontName = u"F"};
    struct hii_string_package old = sample();
    struct hii_string_package package = set(&old, 1, u"a", &known);

    (void)state;
    assert_string(&package, 1, 3, u"a");
    package = set(&package, 6, u"c", &other);
    assert_string(&package, 6, 4, u"c");
    package = set(&package, 1, u"a", &other);
    assert_string(&package, 1, 4, u"a");
    assert_string(&package, 2, 3, u"b");
}

static void test_new_package(void **state)
{
    uint8_t *bytes;
    struct hii_string_package package;

    (void)state;
    assert_int_equal(hii_string_package_new("de", &bytes), EFI_SUCCESS);
    hii_string_package_set_language_name(bytes, 7);
    package = reread(bytes);
    assert_int_equal(package.language_name, 7);
    assert_true(hii_string_package_speaks(&package, "de"));
    assert_int_equal(hii_string_package_end_id(&package), 1);
    package = set(&package, 2, u"zwei", NULL);
    assert_string(&package, 2, 0, u"zwei");
}

static void test_nothing_is_lost_on_the_way(void **state)
{
    struct hii_string_package package = sample();
    uint64_t used;
    uint8_t *bytes;

    (void)state;
    /* The pool keeps a page for the next allocation. */
    assert_int_equal(hii_string_package_set(&package, 2, u"x", NULL, &bytes), EFI_SUCCESS);
    pool_free(bytes);
    used = fake_memory_used_pages();
    for (int i = 0; i < 1000; i++) {
        assert_int_equal(hii_string_package_set(&package, 2, u"x", NULL, &bytes), EFI_SUCCESS);
        pool_free(bytes);
    }
    assert_int_equal(fake_memory_used_pages(), used);
    fake_memory_exhaust();
    assert_int_equal(hii_string_package_set(&package, 2, u"x", NULL, &bytes), EFI_OUT_OF_RESOURCES);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_strings),
        cmocka_unit_test(test_font),
        cmocka_unit_test(test_duplicates_of_themselves),
        cmocka_unit_test(test_languages),
        cmocka_unit_test(test_damaged_headers),
        cmocka_unit_test_setup(test_change, fake_memory_setup),
        cmocka_unit_test_setup(test_change_of_an_original_leaves_its_duplicate, fake_memory_setup),
        cmocka_unit_test_setup(test_change_of_a_skipped_one, fake_memory_setup),
        cmocka_unit_test_setup(test_new_one_behind_a_gap, fake_memory_setup),
        cmocka_unit_test_setup(test_fonts_are_numbered_once, fake_memory_setup),
        cmocka_unit_test_setup(test_new_package, fake_memory_setup),
        cmocka_unit_test_setup(test_nothing_is_lost_on_the_way, fake_memory_setup),
    };

    return isolated_run(tests);
}
