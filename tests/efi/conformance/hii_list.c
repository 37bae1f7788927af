/* Package lists come into the database, are found there, and go. */
#include "shim/hii/hii_format.h"
#include "tests/efi/conformance/check.h"
#include "tests/efi/conformance/fixture.h"
#include "tests/efi/conformance/hii.h"
#include "tests/efi/conformance/hii_sample.h"

#define HANDLES_MAX 64

static EFI_HII_DATABASE_PROTOCOL *database;

static bool is_listed(UINT8 type, const EFI_GUID *guid, EFI_HII_HANDLE handle)
{
    EFI_HII_HANDLE handles[HANDLES_MAX];
    UINTN bytes = sizeof(handles);

    if (database->ListPackageLists(database, type, guid, &bytes, handles) != EFI_SUCCESS)
        return false;
    for (UINTN i = 0; i < bytes / sizeof(*handles); i++) {
        if (handles[i] == handle)
            return true;
    }
    return false;
}

static void adding(EFI_HANDLE driver)
{
    struct hii_list list = hii_sample();
    EFI_HII_HANDLE handle = NULL;
    EFI_HANDLE found = NULL;

    topic("hii.new-list", "34.8.2");
    check_status("no-list", database->NewPackageList(database, NULL, driver, &handle),
                 EFI_INVALID_PARAMETER, "a list must be given");
    check_status("no-handle", database->NewPackageList(database, list.bytes, driver, NULL),
                 EFI_INVALID_PARAMETER, "a place for the handle must");
    check_status("add", database->NewPackageList(database, list.bytes, driver, &handle),
                 EFI_SUCCESS, "a list is added");
    check("handle", handle != NULL, "it has a handle");
    topic("hii.list-handle", "34.8.12");
    check_status("get", database->GetPackageListHandle(database, handle, &found), EFI_SUCCESS,
                 "whose it is, is known");
    check_pointer("driver", found, driver, "who added it");
    check_status("no-result", database->GetPackageListHandle(database, handle, NULL),
                 EFI_INVALID_PARAMETER, "a place for the answer must be given");
    check_status("no-list", database->GetPackageListHandle(database, NULL, &found),
                 EFI_INVALID_PARAMETER, "and a list");
    hii_sample_remove(handle);
}

static void listing(void)
{
    static const EFI_GUID guid = {.Data1 = SAMPLE_GUIDS};
    static const EFI_GUID other = {.Data1 = SAMPLE_GUIDS + 1};
    EFI_HII_HANDLE handle = hii_sample_add();
    UINTN bytes = 0;

    topic("hii.list", "34.8.5");
    check("all", is_listed(HII_PACKAGE_ALL, NULL, handle), "it is among all lists");
    check("strings", is_listed(HII_PACKAGE_STRINGS, NULL, handle), "among those with strings");
    check("no-forms", !is_listed(HII_PACKAGE_FORMS, NULL, handle), "not among those with forms");
    check("guid", is_listed(HII_PACKAGE_GUID, &guid, handle), "among those with its GUID package");
    check("other-guid", !is_listed(HII_PACKAGE_GUID, &other, handle), "not with another one");
    check_status("size",
                 database->ListPackageLists(database, HII_PACKAGE_GUID, &guid, &bytes, NULL),
                 EFI_BUFFER_TOO_SMALL, "the size of the answer is asked");
    check_number("size-told", bytes, sizeof(handle), "it is that of one handle");
    check_status("guid-needed",
                 database->ListPackageLists(database, HII_PACKAGE_GUID, NULL, &bytes, &handle),
                 EFI_INVALID_PARAMETER, "a GUID must be given with a GUID package");
    check_status("guid-unneeded",
                 database->ListPackageLists(database, HII_PACKAGE_STRINGS, &guid, &bytes, &handle),
                 EFI_INVALID_PARAMETER, "but not with others");
    check_status("no-size",
                 database->ListPackageLists(database, HII_PACKAGE_ALL, NULL, NULL, &handle),
                 EFI_INVALID_PARAMETER, "a size must be given");
    hii_sample_remove(handle);
}

static void removing(void)
{
    EFI_HII_HANDLE handle = hii_sample_add();

    topic("hii.remove", "34.8.3");
    check_status("remove", database->RemovePackageList(database, handle), EFI_SUCCESS,
                 "it is removed");
    check("gone", !is_listed(HII_PACKAGE_STRINGS, NULL, handle), "then it is gone");
    check_status("again", database->RemovePackageList(database, handle), EFI_NOT_FOUND,
                 "there is no such list any more");
    check_status("null", database->RemovePackageList(database, NULL), EFI_NOT_FOUND,
                 "NULL is none either");
}

void hii_list_tests(void)
{
    EFI_HANDLE driver;

    topic("hii", "34.8");
    database = hii_database();
    driver = test_handle(0);
    if (!database || !driver)
        return;
    adding(driver);
    listing();
    removing();
    test_handle_remove(driver, 0);
}
