/* Who registered is told of packages that come, go, and are exported. */
#include "shim/hii/hii_format.h"
#include "tests/efi/conformance/check.h"
#include "tests/efi/conformance/hii.h"
#include "tests/efi/conformance/hii_sample.h"

static EFI_HII_DATABASE_PROTOCOL *database;
static UINTN calls;
static UINTN strange_calls;
static EFI_HII_DATABASE_NOTIFY_TYPE expected;
static EFI_HII_HANDLE told;

static EFI_STATUS EFIAPI count(UINT8 type, const EFI_GUID *guid, const void *package,
                               EFI_HII_HANDLE handle, EFI_HII_DATABASE_NOTIFY_TYPE what)
{
    (void)guid;
    calls++;
    strange_calls += type != HII_PACKAGE_STRINGS || what != expected || !package;
    told = handle;
    return EFI_SUCCESS;
}

static EFI_STATUS watch(UINT8 type, const EFI_GUID *guid, EFI_HII_DATABASE_NOTIFY_TYPE what,
                        EFI_HANDLE *handle)
{
    calls = 0;
    strange_calls = 0;
    expected = what;
    return database->RegisterPackageNotify(database, type, guid, count, what, handle);
}

static void adding(void)
{
    EFI_HANDLE handle = NULL;
    EFI_HII_HANDLE list;

    topic("hii.notify", "34.8.7");
    check_status("new", watch(HII_PACKAGE_STRINGS, NULL, EFI_HII_DATABASE_NOTIFY_NEW_PACK, &handle),
                 EFI_SUCCESS, "a function for new string packages");
    list = hii_sample_add();
    check_number("new-calls", calls, 2, "is called for each of them");
    check_number("new-as-asked", strange_calls, 0, "and for nothing else");
    check_pointer("new-list", told, list, "with the list that they are in");
    hii_sample_remove(list);
    check_number("new-not-removed", calls, 2, "not when they go");
    database->UnregisterPackageNotify(database, handle);
}

static void removing(void)
{
    EFI_HANDLE handle = NULL;
    EFI_HII_HANDLE list;

    topic("hii.notify", "34.8.7");
    check_status("remove",
                 watch(HII_PACKAGE_STRINGS, NULL, EFI_HII_DATABASE_NOTIFY_REMOVE_PACK, &handle),
                 EFI_SUCCESS, "a function for packages that go");
    list = hii_sample_add();
    check_number("remove-not-new", calls, 0, "is not called when they come");
    hii_sample_remove(list);
    check_number("remove-calls", calls, 2, "but when they go");
    check_number("remove-as-asked", strange_calls, 0, "and for nothing else");
    topic("hii.notify", "34.8.8");
    check_status("unregister", database->UnregisterPackageNotify(database, handle), EFI_SUCCESS,
                 "it is taken off");
    calls = 0;
    hii_sample_remove(hii_sample_add());
    check_number("unregistered", calls, 0, "then it is not called");
    check_status("unregister-again", database->UnregisterPackageNotify(database, handle),
                 EFI_NOT_FOUND, "it is not registered any more");
}

static void wrong_parameters(void)
{
    static const EFI_GUID guid = {.Data1 = SAMPLE_GUIDS};
    EFI_HANDLE handle;

    topic("hii.notify", "34.8.7");
    check_status("no-handle",
                 watch(HII_PACKAGE_STRINGS, NULL, EFI_HII_DATABASE_NOTIFY_NEW_PACK, NULL),
                 EFI_INVALID_PARAMETER, "a place for the handle must be given");
    check_status("guid-needed",
                 watch(HII_PACKAGE_GUID, NULL, EFI_HII_DATABASE_NOTIFY_NEW_PACK, &handle),
                 EFI_INVALID_PARAMETER, "a GUID, with a GUID package");
    check_status("guid-unneeded",
                 watch(HII_PACKAGE_STRINGS, &guid, EFI_HII_DATABASE_NOTIFY_NEW_PACK, &handle),
                 EFI_INVALID_PARAMETER, "but not with others");
}

void hii_notify_tests(void)
{
    topic("hii.notify", "34.8.7");
    database = hii_database();
    if (!database)
        return;
    adding();
    removing();
    wrong_parameters();
}
