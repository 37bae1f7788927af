/* CheckEvent. */
#include "tests/efi/conformance/check.h"
#include "tests/efi/conformance/events.h"
#include "tests/efi/conformance/fixture.h"

static UINT32 calls;
static UINT32 signal_at_call;

static void EFIAPI signal_when_it_is_time(EFI_EVENT event, void *context)
{
    (void)context;
    if (++calls == signal_at_call)
        boot->SignalEvent(event);
}

static EFI_EVENT create(UINT32 type)
{
    EFI_EVENT event = NULL;

    calls = 0;
    need_status(boot->CreateEvent(type, TPL_CALLBACK, signal_when_it_is_time, NULL, &event),
                "event");
    return event;
}

static void plain(void)
{
    EFI_EVENT event = create(0);

    topic("events.check", "7.1.6");
    if (!event)
        return;
    check_status("not-signalled", boot->CheckEvent(event), EFI_NOT_READY, "nothing happened yet");
    boot->SignalEvent(event);
    check_status("signalled", boot->CheckEvent(event), EFI_SUCCESS, "it is signalled");
    check_status("taken", boot->CheckEvent(event), EFI_NOT_READY, "the signal is taken");
    boot->CloseEvent(event);
}

static void with_function(void)
{
    EFI_EVENT event = create(EVT_NOTIFY_WAIT);

    topic("events.check", "7.1.6");
    if (!event)
        return;
    signal_at_call = 3;
    check_status("asked", boot->CheckEvent(event), EFI_NOT_READY,
                 "the function is asked and does not signal");
    check_number("asked-calls", calls, 1, "it is called for each check");
    boot->CheckEvent(event);
    check_status("asked-signals", boot->CheckEvent(event), EFI_SUCCESS,
                 "what it signals counts at once");
    check_number("asked-signals-calls", calls, 3, "three checks, three calls");
    boot->SignalEvent(event);
    check_status("signalled-before", boot->CheckEvent(event), EFI_SUCCESS,
                 "it was signalled by somebody else");
    check_number("signalled-before-calls", calls, 3, "then the function is not asked");
    boot->CloseEvent(event);
}

static void above_the_function(void)
{
    EFI_EVENT event = create(EVT_NOTIFY_WAIT);
    EFI_TPL level;

    topic("events.check", "7.1.6");
    if (!event)
        return;
    signal_at_call = 1;
    level = boot->RaiseTPL(TPL_CALLBACK);
    check_status("held", boot->CheckEvent(event), EFI_NOT_READY,
                 "at the function's level it cannot be asked");
    check_number("held-calls", calls, 0, "it waits");
    boot->RestoreTPL(level);
    check_number("held-called", calls, 1, "and is called when the level falls");
    check_status("held-signalled", boot->CheckEvent(event), EFI_SUCCESS, "which signals the event");
    boot->CloseEvent(event);
}

static void wrong_events(void)
{
    static UINT64 nothing[32];
    EFI_EVENT event = create(EVT_NOTIFY_SIGNAL);

    topic("events.check", "7.1.6");
    if (!event)
        return;
    check_status("signal-type", boot->CheckEvent(event), EFI_INVALID_PARAMETER,
                 "an event that calls its function cannot be checked");
    check_status("null", boot->CheckEvent(NULL), EFI_INVALID_PARAMETER, "NULL is no event");
    check_status("no-event", boot->CheckEvent(nothing), EFI_INVALID_PARAMETER,
                 "nor is other memory");
    boot->CloseEvent(event);
}

void events_check_tests(void)
{
    plain();
    with_function();
    above_the_function();
    wrong_events();
}
