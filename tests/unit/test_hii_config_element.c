/* Configuration strings: elements, headers and values (UEFI 2.10 section 35.2.1). */
#include "shim/hii/hii_config_element.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

static void assert_slice(struct text_slice slice, const char *expected)
{
    assert_true(text_slice_equals(slice, expected));
}

static struct hii_config_element read_element(const CHAR16 *text)
{
    struct hii_config_element element;

    assert_true(hii_config_element_read(text, &element));
    return element;
}

static void assert_refused(const CHAR16 *text)
{
    struct hii_config_element element;

    assert_false(hii_config_element_read(text, &element));
}

static void test_header(void **state)
{
    struct hii_config_element element = read_element(u"GUID=0102&NAME=0041&PATH=7fff0400&a&b=1");

    (void)state;
    assert_slice(element.header, "GUID=0102&NAME=0041&PATH=7fff0400");
    assert_slice(element.guid, "0102");
    assert_slice(element.name, "0041");
    assert_slice(element.path, "7fff0400");
    assert_slice(element.body, "a&b=1");
    assert_null(hii_config_element_next(&element));
}

static void test_header_alone(void **state)
{
    struct hii_config_element element = read_element(u"GUID=&NAME=&PATH=");

    (void)state;
    assert_slice(element.header, "GUID=&NAME=&PATH=");
    assert_slice(element.path, "");
    assert_slice(element.body, "");
}

static void test_several_elements(void **state)
{
    const CHAR16 *text = u"GUID=1&NAME=&PATH=2&a&GUID=3&NAME=&PATH=4";
    struct hii_config_element element = read_element(text);

    (void)state;
    assert_slice(element.whole, "GUID=1&NAME=&PATH=2&a");
    assert_slice(element.body, "a");
    element = read_element(hii_config_element_next(&element));
    assert_slice(element.guid, "3");
    assert_slice(element.path, "4");
    assert_null(hii_config_element_next(&element));
}

static void test_no_header(void **state)
{
    (void)state;
    assert_refused(u"");
    assert_refused(u"GUID");
    assert_refused(u"GUID=1");
    assert_refused(u"GUID=1&NAME=2");
    assert_refused(u"GUID=1&PATH=2&NAME=3");
    assert_refused(u"guid=1&NAME=2&PATH=3");
    assert_refused(u"GUID=1&GUID=1&NAME=2&PATH=3");
}

static void test_value_of_bytes(void **state)
{
    static const uint8_t bytes[] = {0x01, 0xab, 0xff};
    struct text_slice value = {u"01AbfF", 6};

    (void)state;
    assert_true(hii_config_value_is_bytes(value, bytes, 3));
    assert_false(hii_config_value_is_bytes(value, bytes, 2));
    value.length = 5;
    assert_false(hii_config_value_is_bytes(value, bytes, 3));
    assert_false(hii_config_value_is_bytes(value, bytes, 2));
    value = (struct text_slice){u"01Ab0g", 6};
    assert_false(hii_config_value_is_bytes(value, bytes, 3));
    value.length = 0;
    assert_true(hii_config_value_is_bytes(value, bytes, 0));
}

static void test_value_of_text(void **state)
{
    struct text_slice value = {u"00480050", 8};

    (void)state;
    assert_true(hii_config_value_is_text(value, u"HP"));
    assert_false(hii_config_value_is_text(value, u"H"));
    assert_false(hii_config_value_is_text(value, u"HPX"));
    value.length = 7;
    assert_false(hii_config_value_is_text(value, u"HP"));
    assert_false(hii_config_value_is_text(value, u"H"));
    value = (struct text_slice){u"0x480050", 8};
    assert_false(hii_config_value_is_text(value, u"HP"));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_header),           cmocka_unit_test(test_header_alone),
        cmocka_unit_test(test_several_elements), cmocka_unit_test(test_no_header),
        cmocka_unit_test(test_value_of_bytes),   cmocka_unit_test(test_value_of_text),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
