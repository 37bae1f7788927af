/* Walking through package lists, sound and damaged ones. */
#include "shim/hii/hii_package_list.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "shim/hii/hii_format.h"
#include "tests/unit/hii_builder.h"

static const EFI_GUID guid_7 = {.Data1 = 7};
static const EFI_GUID guid_8 = {.Data1 = 8};

static EFI_STATUS count_packages(const struct hii_list *list, unsigned int *ret_count)
{
    struct hii_package_list_walk walk;
    struct hii_package_view package;
    EFI_STATUS status;

    *ret_count = 0;
    if (!hii_package_list_open(list->bytes, &walk))
        return EFI_INVALID_PARAMETER;
    while ((status = hii_package_list_next(&walk, &package)) == EFI_SUCCESS)
        ++*ret_count;
    return status;
}

static void assert_packages(const struct hii_list *list, EFI_STATUS status, unsigned int expected)
{
    unsigned int count;

    assert_int_equal(count_packages(list, &count), status);
    assert_int_equal(count, expected);
}

static void put32(struct hii_list *list, size_t offset, uint32_t value)
{
    memcpy(list->bytes + offset, &value, sizeof(value));
}

static void test_packages(void **state)
{
    struct hii_list list = hii_list_new(1);
    struct hii_package_view view;

    (void)state;
    hii_list_add(&list, HII_PACKAGE_FORMS, "abc", 3);
    hii_list_add_guid(&list, 7);
    hii_list_end(&list);
    assert_packages(&list, EFI_NOT_FOUND, 2);
    view = hii_list_package(&list, 0);
    assert_int_equal(view.type, HII_PACKAGE_FORMS);
    assert_int_equal(view.size, 7);
    assert_memory_equal(view.bytes + 4, "abc", 3);
    assert_null(hii_package_guid(&view));
    view = hii_list_package(&list, 1);
    assert_memory_equal(hii_package_guid(&view), &guid_7, sizeof(guid_7));
}

static void test_nothing_behind_the_end_package(void **state)
{
    struct hii_list list = hii_list_new(1);

    (void)state;
    hii_list_end(&list);
    hii_list_add(&list, HII_PACKAGE_FORMS, "abc", 3);
    hii_list_end(&list);
    assert_packages(&list, EFI_NOT_FOUND, 0);
}

static void test_end_of_the_list_is_an_end(void **state)
{
    struct hii_list list = hii_list_new(1);

    (void)state;
    hii_list_add(&list, HII_PACKAGE_FORMS, "abc", 3);
    hii_list_end(&list);
    put32(&list, offsetof(struct hii_package_list_header, bytes), 27);
    assert_packages(&list, EFI_NOT_FOUND, 1);
}

static void test_list_shorter_than_its_header(void **state)
{
    struct hii_list list = hii_list_new(1);

    (void)state;
    hii_list_end(&list);
    put32(&list, offsetof(struct hii_package_list_header, bytes), 19);
    assert_packages(&list, EFI_INVALID_PARAMETER, 0);
}

static void test_package_of_impossible_length(void **state)
{
    static const uint32_t lengths[] = {0, 3, 12, 0xffffff};

    (void)state;
    for (size_t i = 0; i < sizeof(lengths) / sizeof(lengths[0]); i++) {
        struct hii_list list = hii_list_new(1);

        hii_list_add(&list, HII_PACKAGE_FORMS, "abc", 3);
        hii_list_end(&list);
        put32(&list, 20, hii_package_header(HII_PACKAGE_FORMS, lengths[i]));
        assert_packages(&list, EFI_INVALID_PARAMETER, 0);
    }
}

static void test_piece_of_a_package_header(void **state)
{
    struct hii_list list = hii_list_new(1);

    (void)state;
    hii_list_end(&list);
    put32(&list, offsetof(struct hii_package_list_header, bytes), 23);
    assert_packages(&list, EFI_INVALID_PARAMETER, 0);
}

static void test_kinds(void **state)
{
    struct hii_list list = hii_list_new(1);
    struct hii_package_view forms;
    struct hii_package_view guid;
    struct hii_package_view short_guid;

    (void)state;
    hii_list_add(&list, HII_PACKAGE_FORMS, "abc", 3);
    hii_list_add_guid(&list, 7);
    hii_list_add(&list, HII_PACKAGE_GUID, "short", 5);
    hii_list_end(&list);
    forms = hii_list_package(&list, 0);
    guid = hii_list_package(&list, 1);
    short_guid = hii_list_package(&list, 2);
    assert_true(hii_package_is(&forms, HII_PACKAGE_ALL, NULL));
    assert_true(hii_package_is(&forms, HII_PACKAGE_FORMS, NULL));
    assert_false(hii_package_is(&forms, HII_PACKAGE_GUID, &guid_7));
    assert_true(hii_package_is(&guid, HII_PACKAGE_GUID, &guid_7));
    assert_false(hii_package_is(&guid, HII_PACKAGE_GUID, &guid_8));
    assert_false(hii_package_is(&short_guid, HII_PACKAGE_GUID, &guid_7));
    assert_null(hii_package_guid(&short_guid));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_packages),
        cmocka_unit_test(test_nothing_behind_the_end_package),
        cmocka_unit_test(test_end_of_the_list_is_an_end),
        cmocka_unit_test(test_list_shorter_than_its_header),
        cmocka_unit_test(test_package_of_impossible_length),
        cmocka_unit_test(test_piece_of_a_package_header),
        cmocka_unit_test(test_kinds),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
