/* InstallMultipleProtocolInterfaces and its counterpart: all or nothing. */
#include "shim/device_path/device_path.h"
#include "tests/efi/conformance/check.h"
#include "tests/efi/conformance/fixture.h"
#include "tests/efi/conformance/handles.h"

static EFI_GUID device_path_guid = EFI_DEVICE_PATH_PROTOCOL_GUID;

static bool has(EFI_HANDLE handle, UINTN index)
{
    return interface_of(handle, &test_guids[index]) == &test_interfaces[index];
}

static void all_of_them(void)
{
    EFI_HANDLE handle = NULL;
    EFI_STATUS status = boot->InstallMultipleProtocolInterfaces(
        &handle, &test_guids[0], &test_interfaces[0], &test_guids[1], &test_interfaces[1],
        &test_guids[2], &test_interfaces[2], NULL);

    topic("handles.install-multiple", "7.3.17");
    check_status("works", status, EFI_SUCCESS, "three protocols on a new handle");
    check("all", has(handle, 0) && has(handle, 1) && has(handle, 2), "all of them are there");
    status = boot->UninstallMultipleProtocolInterfaces(handle, &test_guids[0], &test_interfaces[0],
                                                       &test_guids[1], &test_interfaces[1],
                                                       &test_guids[2], &test_interfaces[2], NULL);
    topic("handles.uninstall-multiple", "7.3.18");
    check_status("works", status, EFI_SUCCESS, "they are taken off together");
    check_status("handle-gone", boot->HandleProtocol(handle, &test_guids[0], (void **)&handle),
                 EFI_INVALID_PARAMETER, "and the handle with them");
}

static void on_an_existing_handle(void)
{
    EFI_HANDLE handle = test_handle(0);
    EFI_HANDLE same = handle;
    EFI_STATUS status;

    topic("handles.install-multiple", "7.3.17");
    if (!handle)
        return;
    status = boot->InstallMultipleProtocolInterfaces(&same, &test_guids[1], &test_interfaces[1],
                                                     &test_guids[2], &test_interfaces[2], NULL);
    check_status("existing", status, EFI_SUCCESS, "protocols on a handle that is there");
    check_pointer("existing-handle", same, handle, "it stays what it was");
    status = boot->UninstallMultipleProtocolInterfaces(handle, &test_guids[1], &test_interfaces[1],
                                                       &test_guids[2], &test_interfaces[2], NULL);
    topic("handles.uninstall-multiple", "7.3.18");
    check_status("some", status, EFI_SUCCESS, "some protocols are taken off");
    check("others-kept", has(handle, 0), "the others stay");
    test_handle_remove(handle, 0);
}

static void nothing_to_do(void)
{
    EFI_HANDLE handle = NULL;

    topic("handles.install-multiple", "7.3.17");
    check_status("none", boot->InstallMultipleProtocolInterfaces(&handle, NULL), EFI_SUCCESS,
                 "an empty list is done at once");
    check_pointer("none-handle", handle, NULL, "and makes no handle");
    check_status("no-handle",
                 boot->InstallMultipleProtocolInterfaces(NULL, &test_guids[0], NULL, NULL),
                 EFI_INVALID_PARAMETER, "the handle is a must");
}

static void install_rolls_back(void)
{
    EFI_HANDLE handle = test_handle(2);
    EFI_HANDLE same = handle;
    EFI_STATUS status;

    topic("handles.install-multiple", "7.3.17");
    if (!handle)
        return;
    status = boot->InstallMultipleProtocolInterfaces(&same, &test_guids[0], &test_interfaces[0],
                                                     &test_guids[1], &test_interfaces[1],
                                                     &test_guids[2], &test_interfaces[2], NULL);
    check_status("duplicate", status, EFI_INVALID_PARAMETER,
                 "one of the protocols is on the handle already");
    check("rolled-back", !has(handle, 0) && !has(handle, 1), "the others are taken off again");
    check("rolled-back-kept", has(handle, 2), "what was there before stays");
    check_pointer("rolled-back-handle", same, handle, "the handle stays what it was");
    test_handle_remove(handle, 2);
}

static void install_on_new_handle_rolls_back(void)
{
    EFI_HANDLE handle = NULL;
    EFI_HANDLE *handles = NULL;
    UINTN count = 0;
    EFI_STATUS status = boot->InstallMultipleProtocolInterfaces(
        &handle, &test_guids[0], &test_interfaces[0], &test_guids[0], &test_interfaces[1], NULL);

    topic("handles.install-multiple", "7.3.17");
    check_status("twice-in-list", status, EFI_INVALID_PARAMETER,
                 "the same protocol twice in one list");
    check_pointer("twice-in-list-handle", handle, NULL, "the caller gets no handle");
    status = boot->LocateHandleBuffer(ByProtocol, &test_guids[0], NULL, &count, &handles);
    check_status("twice-in-list-gone", status, EFI_NOT_FOUND, "and none is left behind");
}

static void uninstall_rolls_back(void)
{
    EFI_HANDLE handle = NULL;
    EFI_STATUS status = boot->InstallMultipleProtocolInterfaces(
        &handle, &test_guids[0], &test_interfaces[0], &test_guids[1], &test_interfaces[1], NULL);

    topic("handles.uninstall-multiple", "7.3.18");
    if (!need_status(status, "handle"))
        return;
    status = boot->UninstallMultipleProtocolInterfaces(handle, &test_guids[0], &test_interfaces[0],
                                                       &test_guids[1], &test_interfaces[1],
                                                       &test_guids[2], &test_interfaces[2], NULL);
    check_status("absent", status, EFI_INVALID_PARAMETER, "one of them is not there");
    check_pointer("rolled-back-first", interface_of(handle, &test_guids[0]), &test_interfaces[0],
                  "the first is put back");
    check_pointer("rolled-back-second", interface_of(handle, &test_guids[1]), &test_interfaces[1],
                  "so is the second");
    status = boot->UninstallMultipleProtocolInterfaces(handle, &test_guids[1], &test_interfaces[1],
                                                       &test_guids[0], &test_interfaces[2], NULL);
    check_status("other-interface", status, EFI_INVALID_PARAMETER, "one has another interface");
    check("other-interface-rolled-back", has(handle, 0) && has(handle, 1), "nothing has changed");
    boot->UninstallMultipleProtocolInterfaces(handle, &test_guids[0], &test_interfaces[0],
                                              &test_guids[1], &test_interfaces[1], NULL);
}

static struct {
    VENDOR_DEVICE_PATH vendor;
    EFI_DEVICE_PATH end;
} __attribute__((packed)) paths[2];

static void make_paths(void)
{
    for (UINTN i = 0; i < COUNT_OF(paths); i++) {
        paths[i].vendor.Header = (EFI_DEVICE_PATH)DEVICE_PATH_NODE(
            HARDWARE_DEVICE_PATH, HW_VENDOR_DP, sizeof(paths[i].vendor));
        paths[i].vendor.Guid = test_guids[7];
        paths[i].end = (EFI_DEVICE_PATH)DEVICE_PATH_END;
    }
}

/* Two handles with one device path would make LocateDevicePath ambiguous. */
static void same_device_path(void)
{
    EFI_HANDLE first = NULL;
    EFI_HANDLE second = NULL;
    EFI_STATUS status;

    topic("handles.install-multiple", "7.3.17");
    make_paths();
    status = boot->InstallMultipleProtocolInterfaces(&first, &device_path_guid, &paths[0], NULL);
    if (!need_status(status, "device path"))
        return;
    status = boot->InstallMultipleProtocolInterfaces(&second, &test_guids[0], &test_interfaces[0],
                                                     &device_path_guid, &paths[1], NULL);
    check_status("device-path-twice", status, EFI_ALREADY_STARTED,
                 "a second handle with an equal device path is refused");
    check_pointer("device-path-twice-handle", second, NULL, "and not made");
    boot->UninstallMultipleProtocolInterfaces(first, &device_path_guid, &paths[0], NULL);
}

void handles_multiple_tests(void)
{
    all_of_them();
    on_an_existing_handle();
    nothing_to_do();
    install_rolls_back();
    install_on_new_handle_rolls_back();
    uninstall_rolls_back();
    same_device_path();
}
