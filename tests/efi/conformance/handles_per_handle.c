/* ProtocolsPerHandle. */
#include "tests/efi/conformance/check.h"
#include "tests/efi/conformance/fixture.h"
#include "tests/efi/conformance/handles.h"

static bool lists(EFI_GUID **guids, UINTN count, UINTN index)
{
    for (UINTN i = 0; i < count; i++) {
        if (guid_is(guids[i], &test_guids[index]))
            return true;
    }
    return false;
}

static void all_protocols(void)
{
    EFI_HANDLE handle = test_handle(0);
    EFI_GUID **guids = NULL;
    UINTN count = 0;
    EFI_STATUS status;

    topic("handles.per-handle", "7.3.14");
    if (!handle)
        return;
    boot->InstallProtocolInterface(&handle, &test_guids[1], EFI_NATIVE_INTERFACE, NULL);
    status = boot->ProtocolsPerHandle(handle, &guids, &count);
    check_status("works", status, EFI_SUCCESS, "a handle's protocols are listed");
    check_number("count", count, 2, "both of them");
    check("guids", status == EFI_SUCCESS && lists(guids, count, 0) && lists(guids, count, 1),
          "by their GUIDs");
    if (status == EFI_SUCCESS)
        check_status("freed", boot->FreePool(guids), EFI_SUCCESS, "the buffer is the caller's");
    boot->UninstallProtocolInterface(handle, &test_guids[1], NULL);
    test_handle_remove(handle, 0);
}

static void wrong_parameters(void)
{
    EFI_HANDLE handle = test_handle(0);
    EFI_GUID **guids;
    UINTN count;

    topic("handles.per-handle", "7.3.14");
    if (!handle)
        return;
    check_status("no-handle", boot->ProtocolsPerHandle(NULL, &guids, &count), EFI_INVALID_PARAMETER,
                 "the handle is a must");
    check_status("no-result", boot->ProtocolsPerHandle(handle, NULL, &count), EFI_INVALID_PARAMETER,
                 "a place for the list, too");
    check_status("no-count", boot->ProtocolsPerHandle(handle, &guids, NULL), EFI_INVALID_PARAMETER,
                 "and one for its length");
    test_handle_remove(handle, 0);
    check_status("gone-handle", boot->ProtocolsPerHandle(handle, &guids, &count),
                 EFI_INVALID_PARAMETER, "a handle that is gone is none");
}

void handles_per_handle_tests(void)
{
    all_protocols();
    wrong_parameters();
}
