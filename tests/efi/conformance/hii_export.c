/* Package lists as bytes: what was added is what is exported, also when it was updated. */
#include "loader/lib/string.h"
#include "shim/hii/hii_format.h"
#include "tests/efi/conformance/check.h"
#include "tests/efi/conformance/hii.h"
#include "tests/efi/conformance/hii_sample.h"

static EFI_HII_DATABASE_PROTOCOL *database;
static UINT8 exported[HII_LIST_BYTES_MAX];

static void exporting(EFI_HII_HANDLE handle)
{
    struct hii_list list = hii_sample();
    UINTN bytes = 0;

    topic("hii.export", "34.8.6");
    check_status("size", database->ExportPackageLists(database, handle, &bytes, NULL),
                 EFI_BUFFER_TOO_SMALL, "the size is asked");
    check_number("size-told", bytes, list.size, "it is that of what was added");
    bytes = sizeof(exported);
    check_status("export", database->ExportPackageLists(database, handle, &bytes, exported),
                 EFI_SUCCESS, "a list is exported");
    check_number("bytes", bytes, list.size, "all of it");
    check("same", !memcmp(exported, list.bytes, list.size), "as it was added");
    bytes = list.size - 1;
    check_status("too-small", database->ExportPackageLists(database, handle, &bytes, exported),
                 EFI_BUFFER_TOO_SMALL, "a byte too few");
    check_status("no-size", database->ExportPackageLists(database, handle, NULL, exported),
                 EFI_INVALID_PARAMETER, "a size must be given");
    bytes = sizeof(exported);
    check_status("unknown", database->ExportPackageLists(database, &bytes, &bytes, exported),
                 EFI_NOT_FOUND, "a list that there is not");
}

static bool export_is(EFI_HII_HANDLE handle, const void *package, UINTN bytes)
{
    UINTN size = sizeof(exported);

    return database->ExportPackageLists(database, handle, &size, exported) == EFI_SUCCESS &&
           size >= sizeof(struct hii_package_list_header) + bytes &&
           !memcmp(exported + sizeof(struct hii_package_list_header), package, bytes);
}

static UINTN export_bytes(EFI_HII_HANDLE handle)
{
    UINTN bytes = 0;

    database->ExportPackageLists(database, handle, &bytes, NULL);
    return bytes;
}

static bool is_there(UINT8 type, const EFI_GUID *guid)
{
    UINTN bytes = 0;

    return database->ListPackageLists(database, type, guid, &bytes, NULL) == EFI_BUFFER_TOO_SMALL;
}

/* GUID packages are of one type when they have one GUID. */
static void updating(EFI_HII_HANDLE handle)
{
    static const EFI_GUID old = {.Data1 = SAMPLE_GUIDS};
    static const EFI_GUID new = {.Data1 = SAMPLE_GUIDS + 1};
    struct hii_list list = hii_list_new(SAMPLE_LIST);
    UINTN before;

    hii_list_add_guid(&list, SAMPLE_GUIDS + 1);
    hii_list_end(&list);
    topic("hii.update", "34.8.4");
    check_status("no-list", database->UpdatePackageList(database, handle, NULL),
                 EFI_INVALID_PARAMETER, "a list must be given");
    check_status("unknown", database->UpdatePackageList(database, &list, list.bytes), EFI_NOT_FOUND,
                 "one that there is must be updated");
    check_status("update", database->UpdatePackageList(database, handle, list.bytes), EFI_SUCCESS,
                 "a list is updated");
    check("new", is_there(HII_PACKAGE_GUID, &new), "the new package is there");
    check("kept", is_there(HII_PACKAGE_GUID, &old), "packages of other types are kept");
    before = export_bytes(handle);
    check_status("again", database->UpdatePackageList(database, handle, list.bytes), EFI_SUCCESS,
                 "it is updated once more");
    check_number("replaced", export_bytes(handle), before,
                 "a package of the same type is replaced");
}

static void empty_list(void)
{
    struct hii_list list = hii_list_new(SAMPLE_LIST + 1);
    EFI_HII_HANDLE handle = NULL;
    UINT32 end = hii_package_header(HII_PACKAGE_END, HII_PACKAGE_HEADER_BYTES);

    hii_list_end(&list);
    topic("hii.empty-list", "34.8.2");
    check_status("add", database->NewPackageList(database, list.bytes, NULL, &handle), EFI_SUCCESS,
                 "a list without packages is one");
    check("export", export_is(handle, &end, sizeof(end)),
          "of which nothing but its end is exported");
    hii_sample_remove(handle);
}

void hii_export_tests(void)
{
    EFI_HII_HANDLE handle;

    topic("hii.export", "34.8.6");
    database = hii_database();
    handle = database ? hii_sample_add() : NULL;
    if (!handle)
        return;
    exporting(handle);
    updating(handle);
    hii_sample_remove(handle);
    empty_list();
}
