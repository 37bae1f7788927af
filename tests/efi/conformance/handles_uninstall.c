/* UninstallProtocolInterface. */
#include "tests/efi/conformance/check.h"
#include "tests/efi/conformance/fixture.h"
#include "tests/efi/conformance/handles.h"

static void goes_with_its_last_protocol(void)
{
    EFI_HANDLE handle = test_handle(0);
    void *found;
    EFI_STATUS status;

    topic("handles.uninstall", "7.3.3");
    if (!handle)
        return;
    status = boot->InstallProtocolInterface(&handle, &test_guids[1], EFI_NATIVE_INTERFACE,
                                            &test_interfaces[1]);
    if (!need_status(status, "second protocol"))
        return;
    status = boot->UninstallProtocolInterface(handle, &test_guids[0], &test_interfaces[0]);
    check_status("works", status, EFI_SUCCESS, "a protocol is taken off");
    check_status("gone", boot->HandleProtocol(handle, &test_guids[0], &found), EFI_UNSUPPORTED,
                 "and is no longer there");
    check_pointer("other-kept", interface_of(handle, &test_guids[1]), &test_interfaces[1],
                  "the handle's other protocol is");
    status = boot->UninstallProtocolInterface(handle, &test_guids[1], &test_interfaces[1]);
    check_status("last", status, EFI_SUCCESS, "the last one is taken off");
    check_status("handle-gone", boot->HandleProtocol(handle, &test_guids[1], &found),
                 EFI_INVALID_PARAMETER, "the handle goes with it");
    check_status("gone-handle",
                 boot->UninstallProtocolInterface(handle, &test_guids[1], &test_interfaces[1]),
                 EFI_INVALID_PARAMETER, "nothing can be taken off a handle that is gone");
}

static void wrong_parameters(void)
{
    EFI_HANDLE handle = test_handle(0);
    EFI_STATUS status;

    topic("handles.uninstall", "7.3.3");
    if (!handle)
        return;
    status = boot->UninstallProtocolInterface(handle, &test_guids[1], &test_interfaces[1]);
    check_status("absent", status, EFI_NOT_FOUND, "a protocol that is not on the handle");
    status = boot->UninstallProtocolInterface(handle, &test_guids[0], &test_interfaces[1]);
    check_status("other-interface", status, EFI_NOT_FOUND, "one with another interface");
    status = boot->UninstallProtocolInterface(handle, NULL, &test_interfaces[0]);
    check_status("no-guid", status, EFI_INVALID_PARAMETER, "the GUID is a must");
    status = boot->UninstallProtocolInterface(NULL, &test_guids[0], &test_interfaces[0]);
    check_status("no-handle", status, EFI_INVALID_PARAMETER, "the handle, too");
    check_pointer("kept", interface_of(handle, &test_guids[0]), &test_interfaces[0],
                  "refused calls leave the protocol in place");
    test_handle_remove(handle, 0);
}

struct use {
    const char *name;
    UINT32 attributes;
    EFI_STATUS expected;
};

/* Who merely looked loses the protocol; who uses it keeps it. */
static const struct use uses[] = {
    {"used-by-handle-protocol", EFI_OPEN_PROTOCOL_BY_HANDLE_PROTOCOL, EFI_SUCCESS},
    {"used-by-get", EFI_OPEN_PROTOCOL_GET_PROTOCOL, EFI_SUCCESS},
    {"used-by-test", EFI_OPEN_PROTOCOL_TEST_PROTOCOL, EFI_SUCCESS},
    {"used-by-child", EFI_OPEN_PROTOCOL_BY_CHILD_CONTROLLER, EFI_ACCESS_DENIED},
    {"used-exclusively", EFI_OPEN_PROTOCOL_EXCLUSIVE, EFI_ACCESS_DENIED},
    {"used-by-no-driver", EFI_OPEN_PROTOCOL_BY_DRIVER, EFI_ACCESS_DENIED},
};

static void protocol_in_use(const struct use *use)
{
    EFI_HANDLE handle = test_handle(0);
    EFI_HANDLE controller = test_handle(1);
    void *found;
    EFI_STATUS status;

    topic("handles.uninstall", "7.3.3");
    if (!handle || !controller)
        return;
    status = boot->OpenProtocol(handle, &test_guids[0], &found, program_image, controller,
                                use->attributes);
    if (!need_status(status, "use of the protocol"))
        return;
    status = boot->UninstallProtocolInterface(handle, &test_guids[0], &test_interfaces[0]);
    check_status(use->name, status, use->expected,
                 "whether a use keeps the protocol depends on its kind");
    boot->CloseProtocol(handle, &test_guids[0], program_image, controller);
    if (status != EFI_SUCCESS)
        test_handle_remove(handle, 0);
    test_handle_remove(controller, 1);
}

void handles_uninstall_tests(void)
{
    goes_with_its_last_protocol();
    wrong_parameters();
    for (UINTN i = 0; i < COUNT_OF(uses); i++)
        protocol_in_use(&uses[i]);
}
