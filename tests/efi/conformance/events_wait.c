/* WaitForEvent. */
#include "tests/efi/conformance/check.h"
#include "tests/efi/conformance/events.h"
#include "tests/efi/conformance/fixture.h"

static EFI_EVENT create(UINT32 type, EFI_EVENT_NOTIFY function)
{
    EFI_EVENT event = NULL;

    need_status(boot->CreateEvent(type, TPL_CALLBACK, function, NULL, &event), "event");
    return event;
}

static void signalled_before(void)
{
    EFI_EVENT events[3] = {create(0, NULL), create(0, NULL), create(0, NULL)};
    UINTN index = 9;

    topic("events.wait", "7.1.5");
    if (!events[2])
        return;
    boot->SignalEvent(events[1]);
    boot->SignalEvent(events[2]);
    check_status("works", boot->WaitForEvent(3, events, &index), EFI_SUCCESS,
                 "an event is signalled already");
    check_number("index", index, 1, "the first one that is, is named");
    check_status("taken", boot->CheckEvent(events[1]), EFI_NOT_READY, "its signal is taken");
    check_status("other-kept", boot->CheckEvent(events[2]), EFI_SUCCESS, "the other's is not");
    for (UINTN i = 0; i < COUNT_OF(events); i++)
        boot->CloseEvent(events[i]);
}

static void timer(void)
{
    EFI_EVENT events[2] = {create(0, NULL), create(EVT_TIMER, NULL)};
    UINTN index = 9;

    topic("events.wait", "7.1.5");
    if (!events[1])
        return;
    boot->SetTimer(events[1], TimerRelative, 200000);
    check_status("timer", boot->WaitForEvent(2, events, &index), EFI_SUCCESS,
                 "the wait lasts until a timer fires");
    check_number("timer-index", index, 1, "which is named");
    boot->CloseEvent(events[0]);
    boot->CloseEvent(events[1]);
}

static UINT32 calls;

static void EFIAPI signal_at_fifth_call(EFI_EVENT event, void *context)
{
    (void)context;
    if (++calls == 5)
        boot->SignalEvent(event);
}

static void function(void)
{
    EFI_EVENT event = create(EVT_NOTIFY_WAIT, signal_at_fifth_call);
    UINTN index = 9;

    topic("events.wait", "7.1.5");
    if (!event)
        return;
    calls = 0;
    check_status("function", boot->WaitForEvent(1, &event, &index), EFI_SUCCESS,
                 "the function is asked until it signals");
    check_number("function-calls", calls, 5, "again and again");
    boot->CloseEvent(event);
}

static void wrong_events(void)
{
    EFI_EVENT events[2] = {create(0, NULL), create(EVT_NOTIFY_SIGNAL, signal_at_fifth_call)};
    UINTN index = 9;
    EFI_TPL level;

    topic("events.wait", "7.1.5");
    if (!events[1])
        return;
    check_status("signal-type", boot->WaitForEvent(2, events, &index), EFI_INVALID_PARAMETER,
                 "an event that calls its function cannot be waited for");
    check_number("signal-type-index", index, 1, "it is named");
    check_status("no-events", boot->WaitForEvent(0, events, &index), EFI_INVALID_PARAMETER,
                 "one must wait for something");
    boot->SignalEvent(events[0]);
    level = boot->RaiseTPL(TPL_CALLBACK);
    check_status("callback-level", boot->WaitForEvent(1, events, &index), EFI_UNSUPPORTED,
                 "only applications may wait");
    boot->RaiseTPL(TPL_NOTIFY);
    check_status("notify-level", boot->WaitForEvent(1, events, &index), EFI_UNSUPPORTED,
                 "at no higher level");
    boot->RestoreTPL(level);
    check_status("signal-kept", boot->CheckEvent(events[0]), EFI_SUCCESS,
                 "a refused wait takes no signal");
    boot->CloseEvent(events[0]);
    boot->CloseEvent(events[1]);
}

void events_wait_tests(void)
{
    signalled_before();
    timer();
    function();
    wrong_events();
}
