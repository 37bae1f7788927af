/* Finding handles and protocols by what RegisterProtocolNotify returned: each is new but once. */
#include "tests/efi/conformance/check.h"
#include "tests/efi/conformance/fixture.h"
#include "tests/efi/conformance/handles.h"

static UINT32 notified;
static EFI_EVENT event;
static void *registration;

static bool start(void)
{
    event = counting_event(TPL_CALLBACK, &notified);
    return event && need_status(boot->RegisterProtocolNotify(&test_guids[0], event, &registration),
                                "registration");
}

static EFI_STATUS next(EFI_HANDLE *ret_handle)
{
    UINTN bytes = sizeof(*ret_handle);

    *ret_handle = NULL;
    return boot->LocateHandle(ByRegisterNotify, NULL, registration, &bytes, ret_handle);
}

static void handles_one_by_one(void)
{
    EFI_HANDLE old = test_handle(0);
    EFI_HANDLE handles[2];
    EFI_HANDLE found;
    UINTN bytes = 0;

    topic("handles.locate-new", "7.3.6");
    if (!start())
        return;
    check_status("old", next(&found), EFI_SUCCESS,
                 "what was there before is new to a registration");
    check_pointer("old-handle", found, old, "the handle that has the protocol");
    check_status("none", next(&found), EFI_NOT_FOUND, "and that is all");
    handles[0] = test_handle(0);
    handles[1] = test_handle(0);
    check_status("no-room", boot->LocateHandle(ByRegisterNotify, NULL, registration, &bytes, NULL),
                 EFI_BUFFER_TOO_SMALL, "the size is told");
    check_number("size", bytes, sizeof(EFI_HANDLE), "which is that of one handle");
    check_status("first", next(&found), EFI_SUCCESS, "new handles come one by one");
    check_pointer("first-handle", found, handles[0], "in the order of their installation");
    next(&found);
    check_pointer("second-handle", found, handles[1], "the second one second");
    check_status("end", next(&found), EFI_NOT_FOUND, "each only once");
    boot->CloseEvent(event);
    test_handle_remove(old, 0);
    test_handle_remove(handles[0], 0);
    test_handle_remove(handles[1], 0);
}

static void gone_before_it_was_asked_for(void)
{
    EFI_HANDLE handles[2];
    EFI_HANDLE found;

    topic("handles.locate-new", "7.3.6");
    if (!start())
        return;
    handles[0] = test_handle(0);
    handles[1] = test_handle(0);
    test_handle_remove(handles[0], 0);
    next(&found);
    check_pointer("gone", found, handles[1], "what is gone again is left out");
    test_handle_remove(handles[1], 0);
    handles[0] = test_handle(0);
    next(&found);
    check_pointer("gone-after", found, handles[0], "what comes after it is not");
    boot->CloseEvent(event);
    test_handle_remove(handles[0], 0);
}

static void buffer(void)
{
    EFI_HANDLE handle;
    EFI_HANDLE *found = NULL;
    UINTN count = 0;
    EFI_STATUS status;

    topic("handles.locate-buffer-new", "7.3.15");
    if (!start())
        return;
    status = boot->LocateHandleBuffer(ByRegisterNotify, NULL, registration, &count, &found);
    check_status("none", status, EFI_NOT_FOUND, "nothing is new");
    handle = test_handle(0);
    status = boot->LocateHandleBuffer(ByRegisterNotify, NULL, registration, &count, &found);
    check_status("works", status, EFI_SUCCESS, "a new handle is found");
    check("handle", status == EFI_SUCCESS && count == 1 && found[0] == handle, "the right one");
    if (status == EFI_SUCCESS)
        boot->FreePool(found);
    boot->CloseEvent(event);
    test_handle_remove(handle, 0);
}

static void protocols_one_by_one(void)
{
    EFI_HANDLE handles[2] = {NULL, NULL};
    void *interface;
    EFI_STATUS status;

    topic("handles.locate-protocol-new", "7.3.16");
    if (!start())
        return;
    check_status("none", boot->LocateProtocol(&test_guids[0], registration, &interface),
                 EFI_NOT_FOUND, "nothing is new");
    handles[0] = handle_with(&test_guids[0], &test_interfaces[0]);
    handles[1] = handle_with(&test_guids[0], &test_interfaces[1]);
    status = boot->LocateProtocol(&test_guids[0], registration, &interface);
    check_status("first", status, EFI_SUCCESS, "new interfaces come one by one");
    check_pointer("first-interface", interface, &test_interfaces[0], "the oldest first");
    boot->LocateProtocol(&test_guids[0], registration, &interface);
    check_pointer("second-interface", interface, &test_interfaces[1], "then the next");
    check_status("end", boot->LocateProtocol(&test_guids[0], registration, &interface),
                 EFI_NOT_FOUND, "each only once");
    boot->CloseEvent(event);
    boot->UninstallProtocolInterface(handles[0], &test_guids[0], &test_interfaces[0]);
    boot->UninstallProtocolInterface(handles[1], &test_guids[0], &test_interfaces[1]);
}

void handles_registration_tests(void)
{
    handles_one_by_one();
    gone_before_it_was_asked_for();
    buffer();
    protocols_one_by_one();
}
