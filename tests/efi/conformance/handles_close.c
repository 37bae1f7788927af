/* CloseProtocol. */
#include "tests/efi/conformance/check.h"
#include "tests/efi/conformance/fixture.h"
#include "tests/efi/conformance/handles.h"

static EFI_HANDLE handle;
static EFI_HANDLE controller;

static EFI_STATUS open(EFI_HANDLE used_by, UINT32 attributes)
{
    void *interface;

    return boot->OpenProtocol(handle, &test_guids[0], &interface, program_image, used_by,
                              attributes);
}

static EFI_STATUS close(EFI_HANDLE agent, EFI_HANDLE used_by)
{
    return boot->CloseProtocol(handle, &test_guids[0], agent, used_by);
}

static void only_what_is_open(void)
{
    topic("handles.close", "7.3.10");
    check_status("not-open", close(program_image, controller), EFI_NOT_FOUND,
                 "a protocol that is not open");
    if (!need_status(open(controller, EFI_OPEN_PROTOCOL_BY_DRIVER), "use"))
        return;
    check_status("other-controller", close(program_image, NULL), EFI_NOT_FOUND,
                 "one that is open for another controller");
    check_status("other-agent", close(controller, controller), EFI_NOT_FOUND,
                 "one that another agent has open");
    check_status("works", close(program_image, controller), EFI_SUCCESS, "one that is open");
    check_status("twice", close(program_image, controller), EFI_NOT_FOUND, "is closed once");
}

static void without_controller(void)
{
    topic("handles.close", "7.3.10");
    if (!need_status(open(NULL, EFI_OPEN_PROTOCOL_EXCLUSIVE), "use"))
        return;
    check_status("no-controller", close(program_image, NULL), EFI_SUCCESS,
                 "an application's use has no controller");
}

/* The count of a use does not matter: one call ends it. */
static void all_at_once(void)
{
    topic("handles.close", "7.3.10");
    if (!need_status(open(controller, EFI_OPEN_PROTOCOL_GET_PROTOCOL), "use") ||
        !need_status(open(controller, EFI_OPEN_PROTOCOL_GET_PROTOCOL), "use") ||
        !need_status(open(controller, EFI_OPEN_PROTOCOL_BY_HANDLE_PROTOCOL), "use"))
        return;
    check_status("all-at-once", close(program_image, controller), EFI_SUCCESS,
                 "all uses of one agent and controller");
    check_status("all-at-once-gone", close(program_image, controller), EFI_NOT_FOUND,
                 "are closed by one call");
}

static void wrong_parameters(void)
{
    EFI_HANDLE gone = test_handle(1);

    topic("handles.close", "7.3.10");
    test_handle_remove(gone, 1);
    check_status("no-handle", boot->CloseProtocol(NULL, &test_guids[0], program_image, controller),
                 EFI_INVALID_PARAMETER, "the handle is a must");
    check_status("no-guid", boot->CloseProtocol(handle, NULL, program_image, controller),
                 EFI_INVALID_PARAMETER, "the GUID, too");
    check_status("no-agent", close(NULL, controller), EFI_INVALID_PARAMETER, "the agent, too");
    check_status("gone-agent", close(gone, controller), EFI_INVALID_PARAMETER,
                 "a handle that is gone is no agent");
    check_status("gone-controller", close(program_image, gone), EFI_INVALID_PARAMETER,
                 "nor a controller");
    check_status("absent", boot->CloseProtocol(handle, &test_guids[1], program_image, controller),
                 EFI_NOT_FOUND, "a protocol that is not on the handle");
}

void handles_close_tests(void)
{
    handle = test_handle(0);
    controller = test_handle(2);
    if (!handle || !controller)
        return;
    only_what_is_open();
    without_controller();
    all_at_once();
    wrong_parameters();
    test_handle_remove(handle, 0);
    test_handle_remove(controller, 2);
}
