/* Values read from pieces of text. */
#include "shim/text/text_slice.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#define COUNT(list) (sizeof(list) / sizeof((list)[0]))

/* A copy without a NUL, so that a look behind it is seen; test_free() it. */
static struct text_slice slice_of(const char *ascii)
{
    size_t length = strlen(ascii);
    CHAR16 *text = test_malloc(length * sizeof(CHAR16));

    for (size_t i = 0; i < length; i++)
        text[i] = (unsigned char)ascii[i];
    return (struct text_slice){.text = text, .length = length};
}

static void release(struct text_slice slice)
{
    CHAR16 *text;

    memcpy(&text, &slice.text, sizeof(text));
    test_free(text);
}

static void test_equal_is_all_of_it(void **state)
{
    struct text_slice slice = slice_of("Pci");

    (void)state;
    assert_true(text_slice_equals(slice, "Pci"));
    assert_false(text_slice_equals(slice, "PciRoot"));
    assert_false(text_slice_equals(slice, "Pc"));
    assert_false(text_slice_equals(slice, "pci"));
    assert_false(text_slice_equals(slice, ""));
    slice.length = 0;
    assert_true(text_slice_equals(slice, ""));
    release(slice);
}

static void test_only_blanks_around_are_trimmed(void **state)
{
    struct text_slice slice = slice_of("  a b ");
    struct text_slice blank = slice_of("   ");

    (void)state;
    assert_true(text_slice_equals(text_slice_trim(slice), "a b"));
    assert_int_equal(text_slice_trim(blank).length, 0);
    release(slice);
    release(blank);
}

static void assert_found(const char *text, size_t expected)
{
    struct text_slice slice = slice_of(text);

    assert_int_equal(text_slice_find(slice, ',', '/'), expected);
    release(slice);
}

static void test_separators_in_parentheses_are_none(void **state)
{
    (void)state;
    assert_found("", 0);
    assert_found("abc", 3);
    assert_found("ab,c/d", 2);
    assert_found("ab/c,d", 2);
    assert_found("a(b,c)/d", 6);
    assert_found("a(b(c)/d),e", 9);
    assert_found("a(b,c", 5);
    assert_found("a)b,c", 3); /* closes nothing */
}

static void assert_balanced(const char *text, bool expected)
{
    struct text_slice slice = slice_of(text);

    assert_int_equal(text_slice_is_balanced(slice), expected);
    release(slice);
}

static void test_parentheses_must_pair_in_order(void **state)
{
    (void)state;
    assert_balanced("", true);
    assert_balanced("a(b)c(d(e))", true);
    assert_balanced("(", false);
    assert_balanced(")", false);
    assert_balanced(")(", false);
    assert_balanced("(()", false);
    assert_balanced("())", false);
}

static void assert_integer(const char *text, uint64_t max, uint64_t expected)
{
    struct text_slice slice = slice_of(text);
    uint64_t value = ~expected;

    assert_true(text_slice_integer(slice, max, &value));
    assert_true(value == expected);
    release(slice);
}

static void assert_no_integer(const char *text, uint64_t max)
{
    struct text_slice slice = slice_of(text);
    uint64_t value = 0xa5;

    assert_false(text_slice_integer(slice, max, &value));
    assert_int_equal(value, 0xa5);
    release(slice);
}

static void test_integers_are_decimal_or_hexadecimal(void **state)
{
    (void)state;
    assert_integer("0", 0, 0);
    assert_integer("007", 7, 7);
    assert_integer("255", 255, 255);
    assert_integer("0xff", 255, 255);
    assert_integer("0XFf", 255, 255);
    assert_integer("0x00000000000000000001", 1, 1);
    assert_integer("18446744073709551615", UINT64_MAX, UINT64_MAX);
    assert_integer("0xFFFFFFFFFFFFFFFF", UINT64_MAX, UINT64_MAX);
}

static void test_too_large_integers_are_none(void **state)
{
    (void)state;
    assert_no_integer("256", 255);
    assert_no_integer("0x100", 255);
    assert_no_integer("1", 0);
    assert_no_integer("18446744073709551616", UINT64_MAX);
    assert_no_integer("99999999999999999999999", UINT64_MAX);
    assert_no_integer("0x10000000000000000", UINT64_MAX);
}

static void test_what_is_no_integer(void **state)
{
    static const char *const texts[] = {"",   "x",  "0x", "0xg", "a",    "1a", "-1",
                                        "+1", " 1", "1 ", "1.0", "0x-1", "x1"};

    (void)state;
    for (size_t i = 0; i < COUNT(texts); i++)
        assert_no_integer(texts[i], UINT64_MAX);
}

static void test_hexadecimal_digits_have_no_prefix(void **state)
{
    static const char *const none[] = {"", "0x1", "g", "00000000000000001"};
    struct text_slice slice = slice_of("00FFffFFffFFffFF");
    uint64_t value;

    (void)state;
    assert_true(text_slice_hex(slice, &value));
    assert_true(value == 0x00ffffffffffffff);
    release(slice);
    for (size_t i = 0; i < COUNT(none); i++) {
        slice = slice_of(none[i]);
        assert_false(text_slice_hex(slice, &value));
        release(slice);
    }
}

static void test_bytes_are_as_many_as_expected(void **state)
{
    static const char *const wrong[] = {"", "01", "010", "0123", "012", "01g3", "01234567"};
    static const uint8_t expected[] = {0x01, 0xab, 0xef};
    struct text_slice slice = slice_of("01aBEf");
    uint8_t bytes[3];

    (void)state;
    assert_true(text_slice_hex_bytes(slice, bytes, 3));
    assert_memory_equal(bytes, expected, 3);
    release(slice);
    for (size_t i = 0; i < COUNT(wrong); i++) {
        slice = slice_of(wrong[i]);
        assert_false(text_slice_hex_bytes(slice, bytes, 3));
        release(slice);
    }
}

static void test_guid_in_either_case(void **state)
{
    static const EFI_GUID expected = {
        0x01234567, 0x89ab, 0xcdef, {0xfe, 0xdc, 0xba, 0x98, 0x76, 0x54, 0x32, 0x10}};
    struct text_slice slice = slice_of("01234567-89ab-CDEF-fedc-BA9876543210");
    EFI_GUID guid;

    (void)state;
    assert_true(text_slice_guid(slice, &guid));
    assert_memory_equal(&guid, &expected, sizeof(guid));
    release(slice);
}

static void test_what_is_no_guid(void **state)
{
    static const char *const texts[] = {
        "",
        "01234567-89ab-cdef-fedc-ba987654321",
        "01234567-89ab-cdef-fedc-ba98765432100",
        "0123456789ab-cdef-fedc-ba9876543210-",
        "01234567-89ab-cdef-fedcba-9876543210",
        "01234567-89ab-cdef-fedc-ba987654321g",
        "01234567-89ab-cdef-fedc+ba9876543210",
        "-1234567-89ab-cdef-fedc-ba9876543210",
    };

    (void)state;
    for (size_t i = 0; i < COUNT(texts); i++) {
        struct text_slice slice = slice_of(texts[i]);
        EFI_GUID guid;

        assert_false(text_slice_guid(slice, &guid));
        release(slice);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_equal_is_all_of_it),
        cmocka_unit_test(test_only_blanks_around_are_trimmed),
        cmocka_unit_test(test_separators_in_parentheses_are_none),
        cmocka_unit_test(test_parentheses_must_pair_in_order),
        cmocka_unit_test(test_integers_are_decimal_or_hexadecimal),
        cmocka_unit_test(test_too_large_integers_are_none),
        cmocka_unit_test(test_what_is_no_integer),
        cmocka_unit_test(test_hexadecimal_digits_have_no_prefix),
        cmocka_unit_test(test_bytes_are_as_many_as_expected),
        cmocka_unit_test(test_guid_in_either_case),
        cmocka_unit_test(test_what_is_no_guid),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
