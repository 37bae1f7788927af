/* InstallProtocolInterface, and HandleProtocol, which finds what was installed. */
#include "tests/efi/conformance/check.h"
#include "tests/efi/conformance/fixture.h"
#include "tests/efi/conformance/handles.h"

static EFI_STATUS install(EFI_HANDLE *handle, EFI_GUID *guid, void *interface)
{
    return boot->InstallProtocolInterface(handle, guid, EFI_NATIVE_INTERFACE, interface);
}

static void new_handle(void)
{
    EFI_HANDLE handle = NULL;
    void *found = NULL;
    EFI_STATUS status = install(&handle, &test_guids[0], &test_interfaces[0]);

    topic("handles.install", "7.3.2");
    check_status("new", status, EFI_SUCCESS, "a protocol on a new handle");
    if (status != EFI_SUCCESS)
        return;
    check("handle", handle != NULL, "the handle is returned");
    status = boot->HandleProtocol(handle, &test_guids[0], &found);
    check_status("found", status, EFI_SUCCESS, "HandleProtocol finds it");
    check_pointer("interface", found, &test_interfaces[0], "with the interface that it was given");
    test_handle_remove(handle, 0);
}

static void second_protocol(void)
{
    EFI_HANDLE handle = test_handle(0);
    EFI_HANDLE same = handle;

    topic("handles.install", "7.3.2");
    if (!handle)
        return;
    check_status("second", install(&same, &test_guids[1], &test_interfaces[1]), EFI_SUCCESS,
                 "a second protocol on the same handle");
    check_pointer("second-handle", same, handle, "the handle stays what it was");
    check_pointer("first-kept", interface_of(handle, &test_guids[0]), &test_interfaces[0],
                  "the first protocol is still there");
    check_status("twice", install(&same, &test_guids[1], &test_interfaces[1]),
                 EFI_INVALID_PARAMETER, "no protocol can be on a handle twice");
    check_status("twice-differently", install(&same, &test_guids[1], &test_interfaces[2]),
                 EFI_INVALID_PARAMETER, "nor with another interface");
    check_pointer("twice-kept", interface_of(handle, &test_guids[1]), &test_interfaces[1],
                  "which leaves the first interface in place");
    test_handle_remove(handle, 1);
    test_handle_remove(handle, 0);
}

static void null_interface(void)
{
    EFI_HANDLE handle = NULL;
    void *found = &handle;

    topic("handles.install", "7.3.2");
    check_status("null-interface", install(&handle, &test_guids[0], NULL), EFI_SUCCESS,
                 "a protocol may have no interface");
    if (!handle)
        return;
    check_status("null-interface-found", boot->HandleProtocol(handle, &test_guids[0], &found),
                 EFI_SUCCESS, "it is there all the same");
    check_pointer("null-interface-returned", found, NULL, "its interface is NULL");
    boot->UninstallProtocolInterface(handle, &test_guids[0], NULL);
}

static void one_interface_on_many(void)
{
    EFI_HANDLE first = test_handle(0);
    EFI_HANDLE second = test_handle(0);

    topic("handles.install", "7.3.2");
    check("shared-interface",
          first && second && first != second &&
              interface_of(first, &test_guids[0]) == interface_of(second, &test_guids[0]),
          "one interface may be on two handles");
    test_handle_remove(first, 0);
    test_handle_remove(second, 0);
}

static void wrong_parameters(void)
{
    EFI_HANDLE handle = NULL;
    EFI_HANDLE gone = test_handle(0);

    topic("handles.install", "7.3.2");
    check_status("no-handle", install(NULL, &test_guids[0], NULL), EFI_INVALID_PARAMETER,
                 "the handle is a must");
    check_status("no-guid", install(&handle, NULL, NULL), EFI_INVALID_PARAMETER, "the GUID, too");
    check_pointer("no-guid-handle", handle, NULL, "a refused call makes no handle");
    check_status("interface-type",
                 boot->InstallProtocolInterface(&handle, &test_guids[0], (EFI_INTERFACE_TYPE)1,
                                                &test_interfaces[0]),
                 EFI_INVALID_PARAMETER, "there is but the native kind of interface");
    check_pointer("interface-type-handle", handle, NULL, "a refused call makes no handle");
    test_handle_remove(gone, 0);
    if (!gone)
        return;
    check_status("gone-handle", install(&gone, &test_guids[0], &test_interfaces[0]),
                 EFI_INVALID_PARAMETER, "a handle that is gone takes no protocol");
}

static void handle_protocol(void)
{
    EFI_HANDLE handle = test_handle(0);
    void *found = &handle;

    topic("handles.handle-protocol", "7.3.7");
    if (!handle)
        return;
    check_status("absent", boot->HandleProtocol(handle, &test_guids[1], &found), EFI_UNSUPPORTED,
                 "a protocol that is not on the handle");
    check_pointer("absent-interface", found, NULL, "has no interface");
    check_status("no-handle", boot->HandleProtocol(NULL, &test_guids[0], &found),
                 EFI_INVALID_PARAMETER, "the handle is a must");
    check_status("no-guid", boot->HandleProtocol(handle, NULL, &found), EFI_INVALID_PARAMETER,
                 "the GUID, too");
    check_status("no-result", boot->HandleProtocol(handle, &test_guids[0], NULL),
                 EFI_INVALID_PARAMETER, "and a place for the interface");
    test_handle_remove(handle, 0);
    check_status("gone-handle", boot->HandleProtocol(handle, &test_guids[0], &found),
                 EFI_INVALID_PARAMETER, "a handle that is gone is none");
}

void handles_install_tests(void)
{
    new_handle();
    second_protocol();
    null_interface();
    one_interface_on_many();
    wrong_parameters();
    handle_protocol();
}
