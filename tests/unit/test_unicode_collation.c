/* EFI_UNICODE_COLLATION_PROTOCOL, both of them (UEFI 2.10 section 21.1). */
#include "shim/text/unicode_collation.h"

#include <stdlib.h>
#include <string.h>

#include "shim/protocol/handle.h"
#include "tests/unit/fake_memory.h"
#include "tests/unit/isolated.h"

#define NAME_BYTES 11

static const EFI_GUID collation_guid = EFI_UNICODE_COLLATION_PROTOCOL_GUID;
static const EFI_GUID collation2_guid = EFI_UNICODE_COLLATION2_PROTOCOL_GUID;

static EFI_UNICODE_COLLATION_PROTOCOL *collation;
static EFI_UNICODE_COLLATION_PROTOCOL *collation2;

static int start(void **state)
{
    EFI_HANDLE handle = NULL;

    fake_memory_setup(state);
    if (unicode_collation_install(&handle) != EFI_SUCCESS)
        return 1;
    collation = handle_get_interface(handle, &collation_guid);
    collation2 = handle_get_interface(handle, &collation2_guid);
    return !collation || !collation2;
}

/* The protocol takes texts that may be written to. */
static CHAR16 *text_of(const CHAR16 *text)
{
    static CHAR16 copies[3][64];
    static unsigned int next;
    CHAR16 *copy = copies[next++ % 3];
    size_t units = 0;

    do
        copy[units] = text[units];
    while (text[units++]);
    return copy;
}

static void assert_text(const CHAR16 *text, const CHAR16 *expected)
{
    for (size_t i = 0;; i++) {
        assert_int_equal(text[i], expected[i]);
        if (!expected[i])
            return;
    }
}

static INTN compare(const CHAR16 *a, const CHAR16 *b)
{
    CHAR16 *a_copy = text_of(a);

    return collation->StriColl(collation, a_copy, text_of(b));
}

static void test_languages(void **state)
{
    (void)state;
    assert_string_equal((const char *)collation->SupportedLanguages, "eng");
    assert_string_equal((const char *)collation2->SupportedLanguages, "en");
}

static void test_comparison_is_without_case(void **state)
{
    (void)state;
    assert_true(compare(u"", u"") == 0);
    assert_true(compare(u"Shell.EFI", u"sHELL.efi") == 0);
    assert_true(compare(u"Äöü", u"äÖÜ") == 0);
    assert_true(compare(u"a", u"B") < 0);
    assert_true(compare(u"B", u"a") > 0);
    assert_true(compare(u"_", u"a") > 0); /* letters are compared as capitals */
    assert_true(compare(u"ab", u"abc") < 0);
    assert_true(compare(u"abc", u"AB") > 0);
    assert_true(compare(u"", u"a") < 0);
    assert_true(compare(u"\uffff", u"a") > 0);
}

static void test_pattern_is_matched(void **state)
{
    CHAR16 *text = text_of(u"BOOTX64.EFI");

    (void)state;
    assert_true(collation->MetaiMatch(collation, text, text_of(u"boot*.efi")));
    assert_false(collation->MetaiMatch(collation, text, text_of(u"boot*.img")));
}

static void test_case_is_changed_in_place(void **state)
{
    CHAR16 *text = text_of(u"Grüße 1 Ωmega");

    (void)state;
    collation->StrUpr(collation, text);
    assert_text(text, u"GRÜßE 1 ΩMEGA");
    collation->StrLwr(collation, text);
    assert_text(text, u"grüße 1 ωmega");
}

static void test_fat_name_becomes_text(void **state)
{
    CHAR8 fat[] = {'A', 'b', ' ', 0xc4, 0, 'x'};
    CHAR16 text[8];

    (void)state;
    memset(text, 0xa5, sizeof(text));
    collation->FatToStr(collation, sizeof(fat), fat, text);
    assert_text(text, u"Ab Ä");
    collation->FatToStr(collation, 2, fat, text);
    assert_text(text, u"Ab");
    collation->FatToStr(collation, 0, fat, text);
    assert_text(text, u"");
}

/* A name that fills its field has no NUL: nothing behind it may be looked at. */
static void test_fat_name_ends_with_its_field(void **state)
{
    CHAR8 *fat = test_malloc(NAME_BYTES);
    CHAR16 text[NAME_BYTES + 1];

    (void)state;
    memcpy(fat, "BOOTX64 EFI", NAME_BYTES);
    collation->FatToStr(collation, NAME_BYTES, fat, text);
    assert_text(text, u"BOOTX64 EFI");
    test_free(fat);
}

static void assert_fat(const CHAR16 *text, UINTN bytes, const char *expected, bool replaced)
{
    CHAR8 fat[16];
    size_t length = strlen(expected);

    memset(fat, 0xa5, sizeof(fat));
    assert_int_equal(collation->StrToFat(collation, text_of(text), bytes, fat), replaced);
    assert_memory_equal(fat, expected, length);
    assert_int_equal((UINT8)fat[length], 0xa5); /* no NUL, and nothing else */
}

static void test_text_becomes_fat_name(void **state)
{
    (void)state;
    assert_fat(u"boot x64.efi", NAME_BYTES, "BOOTX64EFI", false);
    assert_fat(u"", NAME_BYTES, "", false);
    assert_fat(u". .", NAME_BYTES, "", false);
    assert_fat(u"!#$%&'()-@^", NAME_BYTES, "!#$%&'()-@^", false);
    assert_fat(u"_`{}~09azAZ", NAME_BYTES, "_`{}~09AZAZ", false);
    assert_fat(u"äþÀ", NAME_BYTES, "\xc4\xde\xc0", false);
}

static void test_what_fat_has_not_is_replaced(void **state)
{
    (void)state;
    assert_fat(u"a+b,c;d=e", NAME_BYTES, "A_B_C_D_E", true);
    assert_fat(u"\"*/:<>?\\|[]", NAME_BYTES, "___________", true);
    assert_fat(u"\x01\x7f", NAME_BYTES, "__", true);
    assert_fat(u"ß×÷ÿ€日", NAME_BYTES, "______", true);
}

static void test_fat_name_is_cut(void **state)
{
    (void)state;
    assert_fat(u"abcdef", 3, "ABC", false);
    assert_fat(u"abc+", 3, "ABC", false);
    assert_fat(u"a.b.c.d", 3, "ABC", false);
    assert_fat(u"abc", 0, "", false);
}

static void test_not_installed_without_memory(void **state)
{
    EFI_HANDLE handle = NULL;

    (void)state;
    fake_memory_exhaust();
    assert_int_equal(unicode_collation_install(&handle), EFI_OUT_OF_RESOURCES);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup(test_languages, start),
        cmocka_unit_test_setup(test_comparison_is_without_case, start),
        cmocka_unit_test_setup(test_pattern_is_matched, start),
        cmocka_unit_test_setup(test_case_is_changed_in_place, start),
        cmocka_unit_test_setup(test_fat_name_becomes_text, start),
        cmocka_unit_test_setup(test_fat_name_ends_with_its_field, start),
        cmocka_unit_test_setup(test_text_becomes_fat_name, start),
        cmocka_unit_test_setup(test_what_fat_has_not_is_replaced, start),
        cmocka_unit_test_setup(test_fat_name_is_cut, start),
        cmocka_unit_test_setup(test_not_installed_without_memory, fake_memory_setup),
    };

    return isolated_run(tests);
}
