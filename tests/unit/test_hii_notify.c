/* Functions that are told of changes in the HII database, and what they may do meanwhile. */
#include "shim/hii/hii_database_protocol.h"

#include <string.h>

#include "shim/hii/hii_format.h"
#include "shim/protocol/locate.h"
#include "tests/unit/fake_memory.h"
#include "tests/unit/hii_builder.h"
#include "tests/unit/isolated.h"

#define CALLS_MAX 8

static const EFI_GUID protocol_guid = EFI_HII_DATABASE_PROTOCOL_GUID;
static const EFI_GUID guid_7 = {.Data1 = 7};
static const EFI_GUID guid_8 = {.Data1 = 8};

static EFI_HII_DATABASE_PROTOCOL *database;

static struct {
    UINT8 type;
    bool guid;
    EFI_HII_HANDLE handle;
    EFI_HII_DATABASE_NOTIFY_TYPE what;
} calls[CALLS_MAX];
static unsigned int call_count;

static int setup(void **state)
{
    EFI_HANDLE handle = NULL;

    fake_memory_setup(state);
    return hii_database_install(&handle) != EFI_SUCCESS ||
           locate_protocol(&protocol_guid, NULL, (void **)&database) != EFI_SUCCESS;
}

static EFI_STATUS EFIAPI record(UINT8 type, const EFI_GUID *guid, const void *package,
                                EFI_HII_HANDLE handle, EFI_HII_DATABASE_NOTIFY_TYPE what)
{
    struct hii_package_view view;

    assert_true(hii_package_read(package, HII_PACKAGE_BYTES_MAX, &view));
    assert_int_equal(view.type, type);
    assert_in_range(call_count, 0, CALLS_MAX - 1);
    calls[call_count].type = type;
    calls[call_count].guid = guid;
    calls[call_count].handle = handle;
    calls[call_count++].what = what;
    return EFI_SUCCESS;
}

static EFI_STATUS EFIAPI remove_list(UINT8 type, const EFI_GUID *guid, const void *package,
                                     EFI_HII_HANDLE handle, EFI_HII_DATABASE_NOTIFY_TYPE what)
{
    record(type, guid, package, handle, what);
    return database->RemovePackageList(database, handle);
}

static EFI_HANDLE registered;

static EFI_STATUS EFIAPI unregister_itself(UINT8 type, const EFI_GUID *guid, const void *package,
                                           EFI_HII_HANDLE handle, EFI_HII_DATABASE_NOTIFY_TYPE what)
{
    record(type, guid, package, handle, what);
    return database->UnregisterPackageNotify(database, registered);
}

static EFI_HANDLE listen(UINT8 type, const EFI_GUID *guid, EFI_HII_DATABASE_NOTIFY function,
                         EFI_HII_DATABASE_NOTIFY_TYPE what)
{
    EFI_HANDLE handle = NULL;

    assert_int_equal(database->RegisterPackageNotify(database, type, guid, function, what, &handle),
                     EFI_SUCCESS);
    assert_non_null(handle);
    return handle;
}

static struct hii_list sample(void)
{
    struct hii_list list = hii_list_new(1);

    hii_list_add(&list, HII_PACKAGE_FORMS, "abc", 3);
    hii_list_add_guid(&list, 7);
    hii_list_end(&list);
    return list;
}

static EFI_HII_HANDLE add(void)
{
    struct hii_list list = sample();
    EFI_HII_HANDLE handle;

    assert_int_equal(database->NewPackageList(database, list.bytes, NULL, &handle), EFI_SUCCESS);
    return handle;
}

static void assert_called(unsigned int index, UINT8 type, EFI_HII_HANDLE handle,
                          EFI_HII_DATABASE_NOTIFY_TYPE what)
{
    assert_in_range(index, 0, call_count - 1);
    assert_int_equal(calls[index].type, type);
    assert_int_equal(calls[index].guid, type == HII_PACKAGE_GUID);
    assert_ptr_equal(calls[index].handle, handle);
    assert_int_equal(calls[index].what, what);
}

static void test_new_packages(void **state)
{
    EFI_HII_HANDLE handle;

    (void)state;
    listen(HII_PACKAGE_FORMS, NULL, record, EFI_HII_DATABASE_NOTIFY_NEW_PACK);
    listen(HII_PACKAGE_GUID, &guid_7, record, EFI_HII_DATABASE_NOTIFY_NEW_PACK);
    listen(HII_PACKAGE_GUID, &guid_8, record, EFI_HII_DATABASE_NOTIFY_NEW_PACK);
    listen(HII_PACKAGE_STRINGS, NULL, record, EFI_HII_DATABASE_NOTIFY_NEW_PACK);
    listen(HII_PACKAGE_FORMS, NULL, record, EFI_HII_DATABASE_NOTIFY_REMOVE_PACK);
    handle = add();
    assert_int_equal(call_count, 2);
    assert_called(0, HII_PACKAGE_FORMS, handle, EFI_HII_DATABASE_NOTIFY_NEW_PACK);
    assert_called(1, HII_PACKAGE_GUID, handle, EFI_HII_DATABASE_NOTIFY_NEW_PACK);
}

static void test_removed_packages(void **state)
{
    EFI_HII_HANDLE handle = add();

    (void)state;
    listen(HII_PACKAGE_GUID, &guid_7, record, EFI_HII_DATABASE_NOTIFY_REMOVE_PACK);
    database->RemovePackageList(database, handle);
    assert_int_equal(call_count, 1);
    assert_called(0, HII_PACKAGE_GUID, handle, EFI_HII_DATABASE_NOTIFY_REMOVE_PACK);
}

static void test_updated_packages(void **state)
{
    EFI_HII_HANDLE handle = add();
    struct hii_list update = hii_list_new(1);

    (void)state;
    hii_list_add(&update, HII_PACKAGE_FORMS, "x", 1);
    hii_list_end(&update);
    listen(HII_PACKAGE_FORMS, NULL, record,
           EFI_HII_DATABASE_NOTIFY_REMOVE_PACK | EFI_HII_DATABASE_NOTIFY_ADD_PACK);
    listen(HII_PACKAGE_GUID, &guid_7, record, EFI_HII_DATABASE_NOTIFY_REMOVE_PACK);
    database->UpdatePackageList(database, handle, update.bytes);
    assert_int_equal(call_count, 2);
    assert_called(0, HII_PACKAGE_FORMS, handle, EFI_HII_DATABASE_NOTIFY_REMOVE_PACK);
    assert_called(1, HII_PACKAGE_FORMS, handle, EFI_HII_DATABASE_NOTIFY_ADD_PACK);
}

static void test_exported_packages(void **state)
{
    EFI_HII_HANDLE one = add();
    EFI_HII_HANDLE two = add();
    UINTN bytes = 0;

    (void)state;
    listen(HII_PACKAGE_FORMS, NULL, record, EFI_HII_DATABASE_NOTIFY_EXPORT_PACK);
    database->ExportPackageLists(database, NULL, &bytes, NULL);
    assert_int_equal(call_count, 2);
    assert_called(0, HII_PACKAGE_FORMS, one, EFI_HII_DATABASE_NOTIFY_EXPORT_PACK);
    assert_called(1, HII_PACKAGE_FORMS, two, EFI_HII_DATABASE_NOTIFY_EXPORT_PACK);
    bytes = 0;
    database->ExportPackageLists(database, two, &bytes, NULL);
    assert_int_equal(call_count, 3);
}

static void test_unregistering(void **state)
{
    EFI_HANDLE handle = listen(HII_PACKAGE_FORMS, NULL, record, EFI_HII_DATABASE_NOTIFY_NEW_PACK);

    (void)state;
    assert_int_equal(database->UnregisterPackageNotify(database, handle), EFI_SUCCESS);
    assert_int_equal(database->UnregisterPackageNotify(database, handle), EFI_NOT_FOUND);
    add();
    assert_int_equal(call_count, 0);
}

static void test_parameters(void **state)
{
    EFI_HANDLE handle;

    (void)state;
    assert_int_equal(database->RegisterPackageNotify(database, HII_PACKAGE_GUID, NULL, record,
                                                     EFI_HII_DATABASE_NOTIFY_NEW_PACK, &handle),
                     EFI_INVALID_PARAMETER);
    assert_int_equal(database->RegisterPackageNotify(database, HII_PACKAGE_FORMS, &guid_7, record,
                                                     EFI_HII_DATABASE_NOTIFY_NEW_PACK, &handle),
                     EFI_INVALID_PARAMETER);
    assert_int_equal(database->RegisterPackageNotify(database, HII_PACKAGE_FORMS, NULL, NULL,
                                                     EFI_HII_DATABASE_NOTIFY_NEW_PACK, &handle),
                     EFI_INVALID_PARAMETER);
    assert_int_equal(database->RegisterPackageNotify(database, HII_PACKAGE_FORMS, NULL, record,
                                                     EFI_HII_DATABASE_NOTIFY_NEW_PACK, NULL),
                     EFI_INVALID_PARAMETER);
    assert_int_equal(
        database->RegisterPackageNotify(database, HII_PACKAGE_FORMS, NULL, record, 0, &handle),
        EFI_INVALID_PARAMETER);
    assert_int_equal(
        database->RegisterPackageNotify(database, HII_PACKAGE_FORMS, NULL, record, 16, &handle),
        EFI_INVALID_PARAMETER);
}

static void test_list_removed_while_it_comes(void **state)
{
    EFI_HII_HANDLE handle;

    (void)state;
    listen(HII_PACKAGE_FORMS, NULL, remove_list, EFI_HII_DATABASE_NOTIFY_NEW_PACK);
    listen(HII_PACKAGE_FORMS, NULL, record, EFI_HII_DATABASE_NOTIFY_NEW_PACK);
    listen(HII_PACKAGE_GUID, &guid_7, record, EFI_HII_DATABASE_NOTIFY_NEW_PACK);
    handle = add();
    assert_int_equal(call_count, 1);
    assert_int_equal(database->RemovePackageList(database, handle), EFI_NOT_FOUND);
}

static void test_list_removed_while_it_is_updated(void **state)
{
    EFI_HII_HANDLE handle = add();
    struct hii_list update = sample();
    uint64_t used = fake_memory_used_pages();

    (void)state;
    registered = listen(HII_PACKAGE_FORMS, NULL, remove_list, EFI_HII_DATABASE_NOTIFY_ADD_PACK);
    assert_int_equal(database->UpdatePackageList(database, handle, update.bytes), EFI_SUCCESS);
    assert_int_equal(call_count, 1);
    assert_int_equal(database->RemovePackageList(database, handle), EFI_NOT_FOUND);
    assert_in_range(fake_memory_used_pages(), 0, used);
}

static void test_lists_removed_while_they_are_exported(void **state)
{
    UINTN bytes = 0;

    (void)state;
    add();
    add();
    listen(HII_PACKAGE_FORMS, NULL, remove_list, EFI_HII_DATABASE_NOTIFY_EXPORT_PACK);
    assert_int_equal(database->ExportPackageLists(database, NULL, &bytes, NULL), EFI_NOT_FOUND);
    assert_int_equal(call_count, 2);
}

static void test_function_that_unregisters_itself(void **state)
{
    (void)state;
    registered =
        listen(HII_PACKAGE_FORMS, NULL, unregister_itself, EFI_HII_DATABASE_NOTIFY_NEW_PACK);
    listen(HII_PACKAGE_FORMS, NULL, record, EFI_HII_DATABASE_NOTIFY_NEW_PACK);
    add();
    assert_int_equal(call_count, 2);
    add();
    assert_int_equal(call_count, 3);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup(test_new_packages, setup),
        cmocka_unit_test_setup(test_removed_packages, setup),
        cmocka_unit_test_setup(test_updated_packages, setup),
        cmocka_unit_test_setup(test_exported_packages, setup),
        cmocka_unit_test_setup(test_unregistering, setup),
        cmocka_unit_test_setup(test_parameters, setup),
        cmocka_unit_test_setup(test_list_removed_while_it_comes, setup),
        cmocka_unit_test_setup(test_list_removed_while_it_is_updated, setup),
        cmocka_unit_test_setup(test_lists_removed_while_they_are_exported, setup),
        cmocka_unit_test_setup(test_function_that_unregisters_itself, setup),
    };

    return isolated_run(tests);
}
