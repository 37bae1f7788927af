/* SignalEvent and the notification function. */
#include "tests/efi/conformance/check.h"
#include "tests/efi/conformance/events.h"
#include "tests/efi/conformance/fixture.h"

static struct {
    UINT32 calls;
    EFI_EVENT event;
    void *context;
    EFI_TPL level;
} seen;

static EFI_TPL current_level(void)
{
    EFI_TPL level = boot->RaiseTPL(TPL_HIGH_LEVEL);

    boot->RestoreTPL(level);
    return level;
}

static void EFIAPI record(EFI_EVENT event, void *context)
{
    seen.calls++;
    seen.event = event;
    seen.context = context;
    seen.level = current_level();
}

static EFI_EVENT create(UINT32 type, EFI_TPL level, EFI_EVENT_NOTIFY function, void *context)
{
    EFI_EVENT event = NULL;

    seen.calls = 0;
    need_status(boot->CreateEvent(type, level, function, context, &event), "event");
    return event;
}

static void function_is_called(EFI_TPL level, const char *name)
{
    EFI_EVENT event = create(EVT_NOTIFY_SIGNAL, level, record, &seen);

    topic("events.signal", "7.1.4");
    if (!event)
        return;
    check_status(name, boot->SignalEvent(event), EFI_SUCCESS, "an event is signalled");
    topic("events.signal.calls", "7.1.4");
    check_number(name, seen.calls, 1, "its function is called at once");
    topic("events.signal.event", "7.1.1");
    check_pointer(name, seen.event, event, "with the event");
    topic("events.signal.context", "7.1.1");
    check_pointer(name, seen.context, &seen, "with its context");
    topic("events.signal.level", "7.1.1");
    check_number(name, seen.level, level, "at its level");
    topic("events.signal.back", "7.1.1");
    check_number(name, current_level(), TPL_APPLICATION, "then all is as before");
    boot->CloseEvent(event);
}

static void again(void)
{
    EFI_EVENT event = create(EVT_NOTIFY_SIGNAL, TPL_CALLBACK, record, NULL);

    topic("events.signal", "7.1.4");
    if (!event)
        return;
    boot->SignalEvent(event);
    boot->SignalEvent(event);
    check_number("again", seen.calls, 2, "after its function ran it can be signalled again");
    boot->CloseEvent(event);
}

static void once_while_it_waits(void)
{
    EFI_EVENT event = create(EVT_NOTIFY_SIGNAL, TPL_CALLBACK, record, NULL);
    EFI_TPL level;

    topic("events.signal", "7.1.4");
    if (!event)
        return;
    level = boot->RaiseTPL(TPL_CALLBACK);
    check_status("held", boot->SignalEvent(event), EFI_SUCCESS, "at the function's level");
    check_status("held-again", boot->SignalEvent(event), EFI_SUCCESS,
                 "an event that is signalled can be signalled");
    check_number("held-calls", seen.calls, 0, "the function waits");
    boot->RestoreTPL(level);
    check_number("held-once", seen.calls, 1, "and is called once when the level falls");
    boot->CloseEvent(event);
}

static void EFIAPI signal_itself(EFI_EVENT event, void *context)
{
    record(event, context);
    if (seen.calls < 3)
        boot->SignalEvent(event);
}

static void from_its_own_function(void)
{
    EFI_EVENT event = create(EVT_NOTIFY_SIGNAL, TPL_CALLBACK, signal_itself, NULL);

    topic("events.signal", "7.1.4");
    if (!event)
        return;
    boot->SignalEvent(event);
    check_number("from-own-function", seen.calls, 3,
                 "signalled from its own function it is called again");
    boot->CloseEvent(event);
}

static UINT32 calls_when_signalled;

static void EFIAPI signal_other(EFI_EVENT event, void *other)
{
    (void)event;
    boot->SignalEvent(other);
    calls_when_signalled = seen.calls;
}

/* The inner event's level against that of the function that signals it. */
static void nested(const char *name, EFI_TPL inner_level, UINT32 expected, const char *what)
{
    EFI_EVENT inner = create(EVT_NOTIFY_SIGNAL, inner_level, record, NULL);
    EFI_EVENT outer = create(EVT_NOTIFY_SIGNAL, TPL_CALLBACK, signal_other, inner);

    topic("events.signal.nested", "7.1.4");
    if (!inner || !outer)
        return;
    boot->SignalEvent(outer);
    check_number(name, calls_when_signalled, expected, what);
    topic("events.signal.nested.end", "7.1.4");
    check_number(name, seen.calls, 1, "in the end it was called once");
    boot->CloseEvent(outer);
    boot->CloseEvent(inner);
}

static void without_function(void)
{
    EFI_EVENT event = create(0, 0, NULL, NULL);

    topic("events.signal", "7.1.4");
    if (!event)
        return;
    check_status("plain", boot->SignalEvent(event), EFI_SUCCESS, "an event without a function");
    check_status("plain-again", boot->SignalEvent(event), EFI_SUCCESS, "twice");
    check_status("plain-check", boot->CheckEvent(event), EFI_SUCCESS, "is signalled");
    check_status("plain-once", boot->CheckEvent(event), EFI_NOT_READY, "once");
    boot->CloseEvent(event);
}

static void wait_function_is_not_called(void)
{
    EFI_EVENT event = create(EVT_NOTIFY_WAIT, TPL_CALLBACK, record, NULL);

    topic("events.signal", "7.1.4");
    if (!event)
        return;
    boot->SignalEvent(event);
    check_number("wait-function", seen.calls, 0,
                 "a function for those who wait is not called by a signal");
    boot->CloseEvent(event);
}

void events_signal_tests(void)
{
    function_is_called(TPL_CALLBACK, "callback");
    function_is_called(TPL_NOTIFY, "notify");
    again();
    once_while_it_waits();
    from_its_own_function();
    nested("same-level", TPL_CALLBACK, 0,
           "an event of the same level waits for the function's end");
    nested("higher-level", TPL_NOTIFY, 1, "one of a higher level interrupts the function");
    without_function();
    wait_function_is_not_called();
}
