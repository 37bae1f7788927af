#include "loader/lib/format.h"

#include <limits.h>
#include <setjmp.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

/*
 * Expects what vsnprintf of the host's C library writes, and the expected text literally, so that
 * neither can be wrong alone.
 */
#define assert_format(expected, ...)                                    \
    do {                                                                \
        char ours[128];                                                 \
        char reference[128];                                            \
        size_t length = format_string(ours, sizeof(ours), __VA_ARGS__); \
                                                                        \
        snprintf(reference, sizeof(reference), __VA_ARGS__);            \
        assert_string_equal(ours, expected);                            \
        assert_string_equal(reference, expected);                       \
        assert_int_equal(length, strlen(expected));                     \
    } while (0)

/* Not known to the compiler as a format, for what it would rightly complain about. */
static const char *hide(const char *format)
{
    static const char *volatile hidden;

    hidden = format;
    return hidden;
}

static size_t format_unchecked(char *buffer, size_t size, const char *format, ...)
{
    va_list args;
    size_t length;

    va_start(args, format);
    length = format_string_v(buffer, size, format, args);
    va_end(args);
    return length;
}

static void test_plain_text(void **state)
{
    (void)state;
    assert_format("no conversion", "no conversion");
}

static void test_percent_sign(void **state)
{
    (void)state;
    assert_format("100%", "100%%");
}

static void test_strings_and_characters(void **state)
{
    (void)state;
    assert_format("module initrd x", "module %s %c", "initrd", 'x');
}

static void test_null_string(void **state)
{
    char text[16];

    (void)state;
    format_unchecked(text, sizeof(text), hide("%s"), (char *)NULL);
    assert_string_equal(text, "(null)");
}

static void test_string_precision(void **state)
{
    (void)state;
    assert_format("abc|ab||abcd", "%.3s|%.*s|%.0s|%.9s", "abcdef", 2, "abcdef", "abc", "abcd");
}

static void test_precision_reads_no_further(void **state)
{
    char text[16];
    char *unterminated = test_malloc(4);

    (void)state;
    memset(unterminated, 'a', 4);
    format_string(text, sizeof(text), "%.4s", unterminated);
    assert_string_equal(text, "aaaa");
    test_free(unterminated);
}

static void test_signed_numbers(void **state)
{
    (void)state;
    assert_format("0 -1 2147483647 -2147483648", "%d %i %d %d", 0, -1, INT_MAX, INT_MIN);
}

static void test_unsigned_numbers(void **state)
{
    (void)state;
    assert_format("0 4294967295", "%u %u", 0U, UINT_MAX);
}

static void test_hexadecimal(void **state)
{
    (void)state;
    assert_format("0 beef BEEF ffffffff", "%x %x %X %x", 0U, 0xbeefU, 0xbeefU, UINT_MAX);
}

static void test_hexadecimal_prefix(void **state)
{
    (void)state;
    assert_format("0xbeef 0XBEEF 0", "%#x %#X %#x", 0xbeefU, 0xbeefU, 0U);
}

static void test_long_numbers(void **state)
{
    (void)state;
    assert_format("18446744073709551615 -9223372036854775808", "%llu %lld", ULLONG_MAX, LLONG_MIN);
    assert_format("ffffffffffffffff -9223372036854775808", "%lx %ld", ULONG_MAX, LONG_MIN);
    assert_format("18446744073709551615 0xffffffffffffffff", "%zu %#zx", SIZE_MAX, SIZE_MAX);
}

static void test_short_numbers_are_truncated(void **state)
{
    char text[32];

    (void)state;
    format_unchecked(text, sizeof(text), hide("%hx %hd %hhx %hhd"), 0x12345, 0x1ffff, 0x1fe, 0x1fe);
    assert_string_equal(text, "2345 -1 fe -2");
}

static void test_width(void **state)
{
    (void)state;
    assert_format("[   42][42   ][00042]", "[%5d][%-5d][%05d]", 42, 42, 42);
    assert_format("[   ab][ab   ]", "[%5s][%-5s]", "ab", "ab");
    assert_format("[    x]", "[%5c]", 'x');
    assert_format("[   42]", "[%*d]", 5, 42);
    assert_format("[123456]", "[%3d]", 123456);
}

static void test_zero_padding_goes_behind_sign_and_prefix(void **state)
{
    (void)state;
    assert_format("-0042 0x00beef", "%05d %#08x", -42, 0xbeefU);
}

static void test_left_beats_zero(void **state)
{
    char text[16];

    (void)state;
    format_unchecked(text, sizeof(text), hide("[%-05d]"), 42);
    assert_string_equal(text, "[42   ]");
}

static void test_pointers(void **state)
{
    (void)state;
    assert_format("0x1234abcd", "%p", (void *)0x1234abcd);
}

static void test_null_pointer(void **state)
{
    char text[16];

    (void)state;
    format_string(text, sizeof(text), "%p", (void *)NULL);
    assert_string_equal(text, "0x0");
}

static void test_unknown_conversion_is_copied(void **state)
{
    char text[32];

    (void)state;
    format_unchecked(text, sizeof(text), hide("a %5y b %u"), 7);
    assert_string_equal(text, "a %5y b 7");
}

static void test_percent_at_the_end_is_copied(void **state)
{
    char text[16];

    (void)state;
    assert_int_equal(format_unchecked(text, sizeof(text), hide("50 %")), 4);
    assert_string_equal(text, "50 %");
    assert_int_equal(format_unchecked(text, sizeof(text), hide("50 %-3l")), 7);
    assert_string_equal(text, "50 %-3l");
}

static void test_truncation_keeps_the_terminator(void **state)
{
    char *exact = test_malloc(4);

    (void)state;
    assert_int_equal(format_string(exact, 4, "%s", "abcdef"), 6);
    assert_string_equal(exact, "abc");
    test_free(exact);
}

static void test_exact_fit(void **state)
{
    char *exact = test_malloc(4);

    (void)state;
    assert_int_equal(format_string(exact, 4, "%d", 123), 3);
    assert_string_equal(exact, "123");
    test_free(exact);
}

static void test_size_zero_writes_nothing(void **state)
{
    (void)state;
    assert_int_equal(format_string(NULL, 0, "%s %d", "abc", 17), 6);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_plain_text),
        cmocka_unit_test(test_percent_sign),
        cmocka_unit_test(test_strings_and_characters),
        cmocka_unit_test(test_null_string),
        cmocka_unit_test(test_string_precision),
        cmocka_unit_test(test_precision_reads_no_further),
        cmocka_unit_test(test_signed_numbers),
        cmocka_unit_test(test_unsigned_numbers),
        cmocka_unit_test(test_hexadecimal),
        cmocka_unit_test(test_hexadecimal_prefix),
        cmocka_unit_test(test_long_numbers),
        cmocka_unit_test(test_short_numbers_are_truncated),
        cmocka_unit_test(test_width),
        cmocka_unit_test(test_zero_padding_goes_behind_sign_and_prefix),
        cmocka_unit_test(test_left_beats_zero),
        cmocka_unit_test(test_pointers),
        cmocka_unit_test(test_null_pointer),
        cmocka_unit_test(test_unknown_conversion_is_copied),
        cmocka_unit_test(test_percent_at_the_end_is_copied),
        cmocka_unit_test(test_truncation_keeps_the_terminator),
        cmocka_unit_test(test_exact_fit),
        cmocka_unit_test(test_size_zero_writes_nothing),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
