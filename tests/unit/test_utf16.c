#include "loader/utf16.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#define CAPACITY 32

/* `expected` is terminated by 0; CHAR16 is 16 bits wide here as in the firmware. */
static void assert_utf16(const char *text, const CHAR16 *expected)
{
    size_t units = utf16_length(expected, CAPACITY) + 1;
    CHAR16 result[CAPACITY];

    assert_int_equal(utf16_from_utf8(text, result, CAPACITY), units);
    assert_memory_equal(result, expected, units * sizeof(CHAR16));
}

static void assert_utf8(const CHAR16 *text, const char *expected)
{
    char result[CAPACITY];

    assert_int_equal(utf8_from_utf16(text, result, CAPACITY), strlen(expected) + 1);
    assert_string_equal(result, expected);
}

static void test_ascii(void **state)
{
    (void)state;
    assert_utf16("", (const CHAR16[]){0});
    assert_utf16("ro quiet", (const CHAR16[]){'r', 'o', ' ', 'q', 'u', 'i', 'e', 't', 0});
}

static void test_two_byte_sequences(void **state)
{
    (void)state;
    assert_utf16("\xc2\x80\xc3\xa9\xdf\xbf", (const CHAR16[]){0x80, 0xe9, 0x7ff, 0});
}

static void test_three_byte_sequences(void **state)
{
    (void)state;
    assert_utf16("\xe0\xa0\x80\xe2\x82\xac\xef\xbf\xbf",
                 (const CHAR16[]){0x800, 0x20ac, 0xffff, 0});
}

static void test_four_byte_sequences_become_surrogates(void **state)
{
    (void)state;
    assert_utf16("\xf0\x90\x80\x80\xf4\x8f\xbf\xbf",
                 (const CHAR16[]){0xd800, 0xdc00, 0xdbff, 0xdfff, 0});
}

static void test_lone_continuation_is_replaced(void **state)
{
    (void)state;
    assert_utf16("a\x80z", (const CHAR16[]){'a', 0xfffd, 'z', 0});
}

static void test_invalid_first_bytes_are_replaced(void **state)
{
    (void)state;
    assert_utf16("\xf8z\xfe\xff", (const CHAR16[]){0xfffd, 'z', 0xfffd, 0xfffd, 0});
}

static void test_overlong_forms_are_replaced(void **state)
{
    (void)state;
    assert_utf16("\xc0\x80", (const CHAR16[]){0xfffd, 0xfffd, 0});
    assert_utf16("\xe0\x80\xaf", (const CHAR16[]){0xfffd, 0xfffd, 0xfffd, 0});
    assert_utf16("\xf0\x80\x80\xaf", (const CHAR16[]){0xfffd, 0xfffd, 0xfffd, 0xfffd, 0});
}

static void test_encoded_surrogates_are_replaced(void **state)
{
    (void)state;
    assert_utf16("\xed\xa0\x80", (const CHAR16[]){0xfffd, 0xfffd, 0xfffd, 0});
}

static void test_beyond_unicode_is_replaced(void **state)
{
    (void)state;
    assert_utf16("\xf4\x90\x80\x80", (const CHAR16[]){0xfffd, 0xfffd, 0xfffd, 0xfffd, 0});
}

static void test_text_after_a_broken_sequence_survives(void **state)
{
    (void)state;
    assert_utf16("\xe2\x82z", (const CHAR16[]){0xfffd, 0xfffd, 'z', 0});
}

static void test_sequence_cut_by_the_end(void **state)
{
    char *exact = test_malloc(3);

    (void)state;
    memcpy(exact, "\xf0\x90", 3);
    assert_utf16(exact, (const CHAR16[]){0xfffd, 0xfffd, 0});
    test_free(exact);
}

static void test_utf16_capacity_is_respected(void **state)
{
    CHAR16 *exact = test_malloc(3 * sizeof(CHAR16));

    (void)state;
    assert_int_equal(utf16_from_utf8("abcdef", exact, 3), 7);
    assert_memory_equal(exact, ((const CHAR16[]){'a', 'b', 0}), 3 * sizeof(CHAR16));
    test_free(exact);
}

static void test_utf16_capacity_never_splits_a_pair(void **state)
{
    CHAR16 result[3] = {1, 1, 1};

    (void)state;
    assert_int_equal(utf16_from_utf8("a\xf0\x90\x80\x80z", result, 3), 5);
    assert_memory_equal(result, ((const CHAR16[]){'a', 0, 1}), sizeof(result));
}

static void test_utf16_size_can_be_asked_for(void **state)
{
    (void)state;
    assert_int_equal(utf16_from_utf8("abc", NULL, 0), 4);
}

static void test_utf8_of_every_length(void **state)
{
    (void)state;
    assert_utf8((const CHAR16[]){'a', 0x7f, 0x80, 0x7ff, 0}, "a\x7f\xc2\x80\xdf\xbf");
    assert_utf8((const CHAR16[]){0x800, 0xffff, 0}, "\xe0\xa0\x80\xef\xbf\xbf");
    assert_utf8((const CHAR16[]){0xd800, 0xdc00, 0xdbff, 0xdfff, 0},
                "\xf0\x90\x80\x80\xf4\x8f\xbf\xbf");
}

static void test_unpaired_surrogates_are_replaced(void **state)
{
    (void)state;
    assert_utf8((const CHAR16[]){0xd800, 'z', 0}, "\xef\xbf\xbdz");
    assert_utf8((const CHAR16[]){0xdc00, 'z', 0}, "\xef\xbf\xbdz");
    assert_utf8((const CHAR16[]){0xd800, 0xd800, 0xdc00, 0}, "\xef\xbf\xbd\xf0\x90\x80\x80");
    assert_utf8((const CHAR16[]){'z', 0xd800, 0}, "z\xef\xbf\xbd");
}

static void test_utf8_capacity_never_splits_a_character(void **state)
{
    char *exact = test_malloc(4);

    (void)state;
    assert_int_equal(utf8_from_utf16((const CHAR16[]){'a', 0x20ac, 'z', 0}, exact, 4), 6);
    assert_string_equal(exact, "a");
    test_free(exact);
}

static void test_utf8_size_can_be_asked_for(void **state)
{
    (void)state;
    assert_int_equal(utf8_from_utf16((const CHAR16[]){0x20ac, 0}, NULL, 0), 4);
}

static void test_length_stops_at_the_limit(void **state)
{
    const CHAR16 text[] = {'a', 'b', 0};

    (void)state;
    assert_int_equal(utf16_length(text, 9), 2);
    assert_int_equal(utf16_length(text, 1), 1);
    assert_int_equal(utf16_length(text, 0), 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_ascii),
        cmocka_unit_test(test_two_byte_sequences),
        cmocka_unit_test(test_three_byte_sequences),
        cmocka_unit_test(test_four_byte_sequences_become_surrogates),
        cmocka_unit_test(test_lone_continuation_is_replaced),
        cmocka_unit_test(test_invalid_first_bytes_are_replaced),
        cmocka_unit_test(test_overlong_forms_are_replaced),
        cmocka_unit_test(test_encoded_surrogates_are_replaced),
        cmocka_unit_test(test_beyond_unicode_is_replaced),
        cmocka_unit_test(test_text_after_a_broken_sequence_survives),
        cmocka_unit_test(test_sequence_cut_by_the_end),
        cmocka_unit_test(test_utf16_capacity_is_respected),
        cmocka_unit_test(test_utf16_capacity_never_splits_a_pair),
        cmocka_unit_test(test_utf16_size_can_be_asked_for),
        cmocka_unit_test(test_utf8_of_every_length),
        cmocka_unit_test(test_unpaired_surrogates_are_replaced),
        cmocka_unit_test(test_utf8_capacity_never_splits_a_character),
        cmocka_unit_test(test_utf8_size_can_be_asked_for),
        cmocka_unit_test(test_length_stops_at_the_limit),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
