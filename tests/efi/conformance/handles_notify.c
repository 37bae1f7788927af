/* RegisterProtocolNotify. */
#include "tests/efi/conformance/check.h"
#include "tests/efi/conformance/fixture.h"
#include "tests/efi/conformance/handles.h"

static void wrong_parameters(void)
{
    UINT32 notified = 0;
    EFI_EVENT event = counting_event(TPL_CALLBACK, &notified);
    void *registration = NULL;

    topic("handles.notify", "7.3.5");
    if (!event)
        return;
    check_status("no-guid", boot->RegisterProtocolNotify(NULL, event, &registration),
                 EFI_INVALID_PARAMETER, "the GUID is a must");
    check_status("no-event", boot->RegisterProtocolNotify(&test_guids[0], NULL, &registration),
                 EFI_INVALID_PARAMETER, "the event, too");
    check_status("no-result", boot->RegisterProtocolNotify(&test_guids[0], event, NULL),
                 EFI_INVALID_PARAMETER, "and a place for the registration");
    boot->CloseEvent(event);
}

static void each_installation(void)
{
    UINT32 notified = 0;
    EFI_EVENT event = counting_event(TPL_CALLBACK, &notified);
    void *registration = NULL;
    EFI_HANDLE handle;
    EFI_HANDLE other;

    topic("handles.notify", "7.3.5");
    if (!event)
        return;
    check_status("works", boot->RegisterProtocolNotify(&test_guids[0], event, &registration),
                 EFI_SUCCESS, "an event is registered");
    check("registration", registration != NULL, "and gets a key");
    check_number("not-yet", notified, 0, "nothing has happened yet");
    other = test_handle(1);
    check_number("other-protocol", notified, 0, "another protocol does not matter");
    handle = test_handle(0);
    check_number("first", notified, 1, "a new handle with the protocol is told");
    boot->InstallProtocolInterface(&other, &test_guids[0], EFI_NATIVE_INTERFACE,
                                   &test_interfaces[0]);
    check_number("second", notified, 2, "so is the protocol on a handle that was there");
    test_handle_remove(handle, 0);
    check_number("uninstall", notified, 2, "taking it off is not");
    boot->CloseEvent(event);
    boot->UninstallProtocolInterface(other, &test_guids[0], &test_interfaces[0]);
    boot->InstallProtocolInterface(&other, &test_guids[0], EFI_NATIVE_INTERFACE,
                                   &test_interfaces[0]);
    check_number("closed", notified, 2, "a closed event is not told any more");
    test_handle_remove(other, 0);
    test_handle_remove(other, 1);
}

static void several_registrations(void)
{
    UINT32 first = 0;
    UINT32 second = 0;
    EFI_EVENT events[2] = {counting_event(TPL_CALLBACK, &first),
                           counting_event(TPL_NOTIFY, &second)};
    void *registrations[2];
    EFI_HANDLE handle;

    topic("handles.notify", "7.3.5");
    if (!events[0] || !events[1] ||
        !need_status(boot->RegisterProtocolNotify(&test_guids[0], events[0], &registrations[0]),
                     "registration") ||
        !need_status(boot->RegisterProtocolNotify(&test_guids[0], events[1], &registrations[1]),
                     "registration"))
        return;
    handle = test_handle(0);
    check_number("several-first", first, 1, "of two registrations the first is told");
    check_number("several-second", second, 1, "and the second");
    check("several-keys", registrations[0] != registrations[1], "each has a key of its own");
    boot->CloseEvent(events[0]);
    boot->CloseEvent(events[1]);
    test_handle_remove(handle, 0);
}

/* The level of the caller decides when the notification comes, not whether. */
static void waits_for_its_level(void)
{
    UINT32 notified = 0;
    EFI_EVENT event = counting_event(TPL_CALLBACK, &notified);
    void *registration;
    EFI_HANDLE handle;
    EFI_TPL level;

    topic("handles.notify", "7.3.5");
    if (!event || !need_status(boot->RegisterProtocolNotify(&test_guids[0], event, &registration),
                               "registration"))
        return;
    level = boot->RaiseTPL(TPL_CALLBACK);
    handle = test_handle(0);
    check_number("level-kept", notified, 0, "at the event's own level nothing comes");
    boot->RestoreTPL(level);
    check_number("level-restored", notified, 1, "below it it does");
    boot->CloseEvent(event);
    test_handle_remove(handle, 0);
}

void handles_notify_tests(void)
{
    wrong_parameters();
    each_installation();
    several_registrations();
    waits_for_its_level();
}
