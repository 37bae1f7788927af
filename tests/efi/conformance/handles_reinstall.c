/* ReinstallProtocolInterface. */
#include "tests/efi/conformance/check.h"
#include "tests/efi/conformance/fixture.h"
#include "tests/efi/conformance/handles.h"

static EFI_STATUS reinstall(EFI_HANDLE handle, void *old_interface, void *new_interface)
{
    return boot->ReinstallProtocolInterface(handle, &test_guids[0], old_interface, new_interface);
}

static void replaces(void)
{
    EFI_HANDLE handle = test_handle(0);

    topic("handles.reinstall", "7.3.4");
    if (!handle)
        return;
    check_status("works", reinstall(handle, &test_interfaces[0], &test_interfaces[1]), EFI_SUCCESS,
                 "an interface is replaced");
    check_pointer("new-interface", interface_of(handle, &test_guids[0]), &test_interfaces[1],
                  "the new one is found");
    check_status("old-again", reinstall(handle, &test_interfaces[0], &test_interfaces[2]),
                 EFI_NOT_FOUND, "the old one is no longer there to be replaced");
    check_status("same", reinstall(handle, &test_interfaces[1], &test_interfaces[1]), EFI_SUCCESS,
                 "an interface may be replaced by itself");
    check_status("null", reinstall(handle, &test_interfaces[1], NULL), EFI_SUCCESS, "or by none");
    check_status("from-null", reinstall(handle, NULL, &test_interfaces[0]), EFI_SUCCESS,
                 "and none by one");
    test_handle_remove(handle, 0);
}

static void wrong_parameters(void)
{
    EFI_HANDLE handle = test_handle(0);
    EFI_STATUS status;

    topic("handles.reinstall", "7.3.4");
    if (!handle)
        return;
    status = boot->ReinstallProtocolInterface(NULL, &test_guids[0], &test_interfaces[0], NULL);
    check_status("no-handle", status, EFI_INVALID_PARAMETER, "the handle is a must");
    status = boot->ReinstallProtocolInterface(handle, NULL, &test_interfaces[0], NULL);
    check_status("no-guid", status, EFI_INVALID_PARAMETER, "the GUID, too");
    status = boot->ReinstallProtocolInterface(handle, &test_guids[1], &test_interfaces[0], NULL);
    check_status("absent", status, EFI_NOT_FOUND, "a protocol that is not on the handle");
    check_pointer("kept", interface_of(handle, &test_guids[0]), &test_interfaces[0],
                  "refused calls leave the interface in place");
    test_handle_remove(handle, 0);
    check_status("gone-handle", reinstall(handle, &test_interfaces[0], NULL), EFI_INVALID_PARAMETER,
                 "a handle that is gone is none");
}

static void in_use(void)
{
    EFI_HANDLE handle = test_handle(0);
    void *found;
    EFI_STATUS status;

    topic("handles.reinstall", "7.3.4");
    if (!handle)
        return;
    status = boot->OpenProtocol(handle, &test_guids[0], &found, program_image, NULL,
                                EFI_OPEN_PROTOCOL_EXCLUSIVE);
    if (!need_status(status, "exclusive use"))
        return;
    check_status("in-use", reinstall(handle, &test_interfaces[0], &test_interfaces[1]),
                 EFI_ACCESS_DENIED, "an exclusive user does not give it up");
    check_pointer("in-use-kept", interface_of(handle, &test_guids[0]), &test_interfaces[0],
                  "the interface stays");
    boot->CloseProtocol(handle, &test_guids[0], program_image, NULL);
    test_handle_remove(handle, 0);
}

static void notifies(void)
{
    UINT32 notified = 0;
    EFI_HANDLE handle = test_handle(0);
    EFI_EVENT event = counting_event(TPL_CALLBACK, &notified);
    void *registration;
    EFI_HANDLE found = NULL;
    UINTN bytes = sizeof(found);
    EFI_STATUS status;

    topic("handles.reinstall", "7.3.4");
    if (!handle || !event ||
        !need_status(boot->RegisterProtocolNotify(&test_guids[0], event, &registration),
                     "registration"))
        return;
    boot->LocateHandle(ByRegisterNotify, NULL, registration, &bytes, &found);
    notified = 0;
    reinstall(handle, &test_interfaces[0], &test_interfaces[1]);
    check_number("notified", notified, 1, "who waits for the protocol is told");
    found = NULL;
    bytes = sizeof(found);
    status = boot->LocateHandle(ByRegisterNotify, NULL, registration, &bytes, &found);
    check_status("located", status, EFI_SUCCESS, "and finds the handle as a new one");
    check_pointer("located-handle", found, handle, "the one it is on");
    boot->CloseEvent(event);
    boot->UninstallProtocolInterface(handle, &test_guids[0], &test_interfaces[1]);
}

void handles_reinstall_tests(void)
{
    replaces();
    wrong_parameters();
    in_use();
    notifies();
}
