/* Package lists in the database (UEFI 2.10 section 34.8), through the protocol. */
#include "shim/hii/hii_database_protocol.h"

#include <string.h>

#include "shim/hii/hii_format.h"
#include "shim/protocol/handle.h"
#include "shim/protocol/locate.h"
#include "tests/unit/device_paths.h"
#include "tests/unit/fake_memory.h"
#include "tests/unit/hii_builder.h"
#include "tests/unit/isolated.h"

#define EXPORT_BYTES_MAX 4096

static const EFI_GUID protocol_guid = EFI_HII_DATABASE_PROTOCOL_GUID;
static const EFI_GUID device_path_guid = EFI_DEVICE_PATH_PROTOCOL_GUID;
static const EFI_GUID guid_7 = {.Data1 = 7};
static const EFI_GUID guid_8 = {.Data1 = 8};

static EFI_HII_DATABASE_PROTOCOL *database;
static uint8_t exported[EXPORT_BYTES_MAX];

static int setup(void **state)
{
    EFI_HANDLE handle = NULL;

    fake_memory_setup(state);
    return hii_database_install(&handle) != EFI_SUCCESS ||
           locate_protocol(&protocol_guid, NULL, (void **)&database) != EFI_SUCCESS;
}

/* A list of a forms package and a GUID package. */
static struct hii_list sample(uint32_t number)
{
    struct hii_list list = hii_list_new(number);

    hii_list_add(&list, HII_PACKAGE_FORMS, "abc", 3);
    hii_list_add_guid(&list, 7);
    hii_list_end(&list);
    return list;
}

static EFI_HII_HANDLE add(const struct hii_list *list, EFI_HANDLE driver)
{
    EFI_HII_HANDLE handle = NULL;

    assert_int_equal(database->NewPackageList(database, list->bytes, driver, &handle), EFI_SUCCESS);
    assert_non_null(handle);
    return handle;
}

static UINTN export(EFI_HII_HANDLE handle)
{
    UINTN bytes = sizeof(exported);

    assert_int_equal(database->ExportPackageLists(database, handle, &bytes, exported), EFI_SUCCESS);
    return bytes;
}

static void assert_exports(EFI_HII_HANDLE handle, const struct hii_list *expected)
{
    assert_int_equal(export(handle), expected->size);
    assert_memory_equal(exported, expected->bytes, expected->size);
}

static UINTN count_lists(UINT8 type, const EFI_GUID *guid)
{
    EFI_HII_HANDLE handles[8];
    UINTN bytes = sizeof(handles);
    EFI_STATUS status = database->ListPackageLists(database, type, guid, &bytes, handles);

    assert_int_equal(status, bytes ? EFI_SUCCESS : EFI_NOT_FOUND);
    return bytes / sizeof(handles[0]);
}

static void test_what_goes_in_comes_out(void **state)
{
    struct hii_list list = sample(1);
    EFI_HII_HANDLE handle = add(&list, NULL);

    (void)state;
    assert_exports(handle, &list);
}

static void test_export_of_all(void **state)
{
    struct hii_list one = sample(1);
    struct hii_list two = sample(2);

    (void)state;
    add(&one, NULL);
    add(&two, NULL);
    assert_int_equal(export(NULL), one.size + two.size);
    assert_memory_equal(exported, one.bytes, one.size);
    assert_memory_equal(exported + one.size, two.bytes, two.size);
}

static void test_export_needs_room(void **state)
{
    struct hii_list list = sample(1);
    EFI_HII_HANDLE handle = add(&list, NULL);
    UINTN bytes = 0;

    (void)state;
    assert_int_equal(database->ExportPackageLists(database, handle, &bytes, NULL),
                     EFI_BUFFER_TOO_SMALL);
    assert_int_equal(bytes, list.size);
    bytes--;
    memset(exported, 0xa5, sizeof(exported));
    assert_int_equal(database->ExportPackageLists(database, handle, &bytes, exported),
                     EFI_BUFFER_TOO_SMALL);
    assert_int_equal(exported[0], 0xa5);
    assert_int_equal(database->ExportPackageLists(database, handle, &bytes, NULL),
                     EFI_INVALID_PARAMETER);
    assert_int_equal(database->ExportPackageLists(database, handle, NULL, exported),
                     EFI_INVALID_PARAMETER);
    assert_int_equal(database->ExportPackageLists(database, exported, &bytes, exported),
                     EFI_NOT_FOUND);
}

static void test_export_of_nothing(void **state)
{
    UINTN bytes = sizeof(exported);

    (void)state;
    assert_int_equal(database->ExportPackageLists(database, NULL, &bytes, exported), EFI_NOT_FOUND);
}

static void test_parameters_of_new_lists(void **state)
{
    struct hii_list list = sample(1);
    EFI_HII_HANDLE handle;

    (void)state;
    assert_int_equal(database->NewPackageList(database, NULL, NULL, &handle),
                     EFI_INVALID_PARAMETER);
    assert_int_equal(database->NewPackageList(database, list.bytes, NULL, NULL),
                     EFI_INVALID_PARAMETER);
    list.bytes[20] = 2; /* the first package's length */
    assert_int_equal(database->NewPackageList(database, list.bytes, NULL, &handle),
                     EFI_INVALID_PARAMETER);
    assert_int_equal(count_lists(HII_PACKAGE_ALL, NULL), 0);
}

static void test_damaged_strings_are_refused(void **state)
{
    struct hii_list list = hii_list_new(1);
    EFI_HII_HANDLE handle;

    (void)state;
    hii_list_add(&list, HII_PACKAGE_STRINGS, "too short", 9);
    hii_list_end(&list);
    assert_int_equal(database->NewPackageList(database, list.bytes, NULL, &handle),
                     EFI_INVALID_PARAMETER);
}

static void test_no_memory(void **state)
{
    struct hii_list list = sample(1);
    EFI_HII_HANDLE handle;

    (void)state;
    fake_memory_exhaust();
    assert_int_equal(database->NewPackageList(database, list.bytes, NULL, &handle),
                     EFI_OUT_OF_RESOURCES);
}

static void test_device_path_of_the_driver(void **state)
{
    static struct path_of_1 path = {.node = {PATH_NODE(5)}, .end = DEVICE_PATH_END};
    struct hii_list list = hii_list_new(1);
    struct hii_list expected = hii_list_new(1);
    EFI_HANDLE driver = NULL;
    EFI_HII_HANDLE handle;

    (void)state;
    hii_list_add(&list, HII_PACKAGE_DEVICE_PATH, "none", 4);
    hii_list_add_guid(&list, 7);
    hii_list_end(&list);
    hii_list_add(&expected, HII_PACKAGE_DEVICE_PATH, &path, sizeof(path));
    hii_list_add_guid(&expected, 7);
    hii_list_end(&expected);
    assert_int_equal(handle_install(&driver, &device_path_guid, &path), EFI_SUCCESS);
    handle = add(&list, driver);
    assert_exports(handle, &expected);
    handle = add(&list, NULL);
    assert_exports(handle, &list);
}

static void test_driver_handle(void **state)
{
    struct hii_list list = sample(1);
    EFI_HANDLE driver = NULL;
    EFI_HANDLE found = NULL;
    EFI_HII_HANDLE handle;

    (void)state;
    assert_int_equal(handle_install(&driver, &guid_8, NULL), EFI_SUCCESS);
    handle = add(&list, driver);
    assert_int_equal(database->GetPackageListHandle(database, handle, &found), EFI_SUCCESS);
    assert_ptr_equal(found, driver);
    assert_int_equal(database->GetPackageListHandle(database, handle, NULL), EFI_INVALID_PARAMETER);
    assert_int_equal(database->GetPackageListHandle(database, driver, &found),
                     EFI_INVALID_PARAMETER);
}

static void test_removal(void **state)
{
    struct hii_list list = sample(1);
    EFI_HII_HANDLE handle = add(&list, NULL);

    (void)state;
    assert_int_equal(database->RemovePackageList(database, handle), EFI_SUCCESS);
    assert_int_equal(database->RemovePackageList(database, handle), EFI_NOT_FOUND);
    assert_int_equal(database->RemovePackageList(database, NULL), EFI_NOT_FOUND);
    assert_int_equal(count_lists(HII_PACKAGE_ALL, NULL), 0);
}

static void test_lists_by_type(void **state)
{
    struct hii_list list = sample(1);
    struct hii_list strings = hii_list_new(2);

    (void)state;
    hii_list_add_strings(&strings, "en", "", 1);
    hii_list_end(&strings);
    add(&list, NULL);
    add(&strings, NULL);
    assert_int_equal(count_lists(HII_PACKAGE_ALL, NULL), 2);
    assert_int_equal(count_lists(HII_PACKAGE_FORMS, NULL), 1);
    assert_int_equal(count_lists(HII_PACKAGE_STRINGS, NULL), 1);
    assert_int_equal(count_lists(HII_PACKAGE_FONTS, NULL), 0);
    assert_int_equal(count_lists(HII_PACKAGE_GUID, &guid_7), 1);
    assert_int_equal(count_lists(HII_PACKAGE_GUID, &guid_8), 0);
}

static void test_parameters_of_listing(void **state)
{
    struct hii_list list = sample(1);
    EFI_HII_HANDLE handles[2];
    UINTN bytes = sizeof(handles);

    (void)state;
    add(&list, NULL);
    add(&list, NULL);
    assert_int_equal(database->ListPackageLists(database, HII_PACKAGE_GUID, NULL, &bytes, handles),
                     EFI_INVALID_PARAMETER);
    assert_int_equal(
        database->ListPackageLists(database, HII_PACKAGE_FORMS, &guid_7, &bytes, handles),
        EFI_INVALID_PARAMETER);
    assert_int_equal(database->ListPackageLists(database, HII_PACKAGE_FORMS, NULL, NULL, handles),
                     EFI_INVALID_PARAMETER);
    assert_int_equal(database->ListPackageLists(database, HII_PACKAGE_FORMS, NULL, &bytes, NULL),
                     EFI_INVALID_PARAMETER);
    bytes = sizeof(handles[0]);
    assert_int_equal(database->ListPackageLists(database, HII_PACKAGE_FORMS, NULL, &bytes, handles),
                     EFI_BUFFER_TOO_SMALL);
    assert_int_equal(bytes, sizeof(handles));
}

static void test_update_replaces_types(void **state)
{
    struct hii_list list = sample(1);
    struct hii_list update = hii_list_new(9);
    struct hii_list expected = hii_list_new(1);
    EFI_HII_HANDLE handle = add(&list, NULL);

    (void)state;
    hii_list_add(&update, HII_PACKAGE_FORMS, "defg", 4);
    hii_list_add_guid(&update, 8);
    hii_list_end(&update);
    assert_int_equal(database->UpdatePackageList(database, handle, update.bytes), EFI_SUCCESS);
    hii_list_add_guid(&expected, 7);
    hii_list_add(&expected, HII_PACKAGE_FORMS, "defg", 4);
    hii_list_add_guid(&expected, 8);
    hii_list_end(&expected);
    assert_exports(handle, &expected);
}

static void test_update_that_fails_changes_nothing(void **state)
{
    struct hii_list list = sample(1);
    struct hii_list update = sample(9);
    EFI_HII_HANDLE handle = add(&list, NULL);

    (void)state;
    update.bytes[27] = 1; /* the second package's length */
    assert_int_equal(database->UpdatePackageList(database, handle, update.bytes),
                     EFI_INVALID_PARAMETER);
    assert_exports(handle, &list);
    assert_int_equal(database->UpdatePackageList(database, handle, NULL), EFI_INVALID_PARAMETER);
    assert_int_equal(database->UpdatePackageList(database, NULL, list.bytes), EFI_NOT_FOUND);
}

static void test_nothing_is_lost_on_the_way(void **state)
{
    struct hii_list list = sample(1);
    uint64_t used = fake_memory_used_pages();

    (void)state;
    for (int i = 0; i < 1000; i++) {
        EFI_HII_HANDLE handle = add(&list, NULL);

        assert_int_equal(database->UpdatePackageList(database, handle, list.bytes), EFI_SUCCESS);
        assert_int_equal(database->RemovePackageList(database, handle), EFI_SUCCESS);
    }
    assert_int_equal(fake_memory_used_pages(), used);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup(test_what_goes_in_comes_out, setup),
        cmocka_unit_test_setup(test_export_of_all, setup),
        cmocka_unit_test_setup(test_export_needs_room, setup),
        cmocka_unit_test_setup(test_export_of_nothing, setup),
        cmocka_unit_test_setup(test_parameters_of_new_lists, setup),
        cmocka_unit_test_setup(test_damaged_strings_are_refused, setup),
        cmocka_unit_test_setup(test_no_memory, setup),
        cmocka_unit_test_setup(test_device_path_of_the_driver, setup),
        cmocka_unit_test_setup(test_driver_handle, setup),
        cmocka_unit_test_setup(test_removal, setup),
        cmocka_unit_test_setup(test_lists_by_type, setup),
        cmocka_unit_test_setup(test_parameters_of_listing, setup),
        cmocka_unit_test_setup(test_update_replaces_types, setup),
        cmocka_unit_test_setup(test_update_that_fails_changes_nothing, setup),
        cmocka_unit_test_setup(test_nothing_is_lost_on_the_way, setup),
    };

    return isolated_run(tests);
}
