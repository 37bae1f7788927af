/* Numbers and lists of names, as anybody may have written them to xenstore. */
#include "hypercall/xenstore_value.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include <xen/errno.h>

#define UNTOUCHED 4711u

static int parse(const char *text, uint64_t max, uint64_t *ret_number)
{
    *ret_number = UNTOUCHED;
    return xenstore_value_number(text, max, ret_number);
}

static void test_numbers(void **state)
{
    static const struct {
        const char *text;
        uint64_t max;
        uint64_t number;
    } cases[] = {
        {"0", 0, 0},
        {"7", 7, 7},
        {"0042", 100, 42},
        {"51712", UINT16_MAX, 51712},
        {"4294967295", UINT32_MAX, UINT32_MAX},
        {"18446744073709551615", UINT64_MAX, UINT64_MAX},
    };
    uint64_t number;

    (void)state;
    for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
        assert_int_equal(parse(cases[i].text, cases[i].max, &number), 0);
        assert_true(number == cases[i].number);
    }
}

static void test_what_is_no_number(void **state)
{
    static const char *const texts[] = {"", " 1", "1 ", "-1", "+1", "0x10", "1.5", "1\n", "none"};
    uint64_t number;

    (void)state;
    for (size_t i = 0; i < sizeof(texts) / sizeof(texts[0]); i++) {
        assert_int_equal(parse(texts[i], UINT64_MAX, &number), -XEN_EINVAL);
        assert_int_equal(number, UNTOUCHED);
    }
}

static void test_what_is_too_much(void **state)
{
    static const struct {
        const char *text;
        uint64_t max;
    } cases[] = {
        {"1", 0},
        {"8", 7},
        {"10", 9},
        {"65536", UINT16_MAX},
        {"4294967296", UINT32_MAX},
        {"18446744073709551616", UINT64_MAX},
        {"99999999999999999999999999", UINT64_MAX},
    };
    uint64_t number;

    (void)state;
    for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
        assert_int_equal(parse(cases[i].text, cases[i].max, &number), -XEN_ERANGE);
        assert_int_equal(number, UNTOUCHED);
    }
}

/* The names in exactly `bytes` bytes on the heap, joined by commas. */
static const char *listed(const char *names, size_t bytes)
{
    static char text[64];
    char *copy = malloc(bytes ? bytes : 1);

    memcpy(copy, names, bytes);
    text[0] = '\0';
    for (const char *name = NULL; (name = xenstore_value_next_name(copy, bytes, name));) {
        strcat(text, name);
        strcat(text, ",");
    }
    free(copy);
    return text;
}

static void test_names(void **state)
{
    (void)state;
    assert_string_equal(listed("", 0), "");
    assert_string_equal(listed("vbd\0vif", 8), "vbd,vif,");
    assert_string_equal(listed("51712", 6), "51712,");
    assert_string_equal(listed("a\0\0b", 5), "a,,b,");
}

static void test_name_without_end_is_left_out(void **state)
{
    (void)state;
    assert_string_equal(listed("vbd", 3), "");
    assert_string_equal(listed("vbd\0vif", 7), "vbd,");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_numbers),
        cmocka_unit_test(test_what_is_no_number),
        cmocka_unit_test(test_what_is_too_much),
        cmocka_unit_test(test_names),
        cmocka_unit_test(test_name_without_end_is_left_out),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
