/* CloseEvent. */
#include "tests/efi/conformance/check.h"
#include "tests/efi/conformance/events.h"
#include "tests/efi/conformance/fixture.h"

static void before_its_function_runs(void)
{
    UINT32 calls = 0;
    EFI_EVENT event = counting_event(TPL_CALLBACK, &calls);
    EFI_TPL level;

    topic("events.close", "7.1.3");
    if (!event)
        return;
    level = boot->RaiseTPL(TPL_NOTIFY);
    boot->SignalEvent(event);
    check_status("works", boot->CloseEvent(event), EFI_SUCCESS, "an event is closed");
    boot->RestoreTPL(level);
    check_number("not-called", calls, 0, "its function is not called any more");
}

static void timer_that_is_set(void)
{
    UINT32 calls = 0;
    EFI_EVENT event = NULL;

    topic("events.close", "7.1.3");
    if (!need_status(boot->CreateEvent(EVT_TIMER, 0, NULL, NULL, &event), "event"))
        return;
    boot->SetTimer(event, TimerPeriodic, 100000);
    check_status("timer", boot->CloseEvent(event), EFI_SUCCESS, "a timer that is set is closed");
    event = counting_event(TPL_CALLBACK, &calls);
    boot->Stall(50000);
    check_number("timer-stopped", calls, 0, "it signals nobody who has its place now");
    boot->CloseEvent(event);
}

static EFI_STATUS closed;

static void EFIAPI close_itself(EFI_EVENT event, void *context)
{
    (void)context;
    closed = boot->CloseEvent(event);
}

static void from_its_own_function(void)
{
    EFI_EVENT event;

    topic("events.close", "7.1.3");
    if (!need_status(boot->CreateEvent(EVT_NOTIFY_SIGNAL, TPL_CALLBACK, close_itself, NULL, &event),
                     "event"))
        return;
    closed = EFI_NOT_READY;
    boot->SignalEvent(event);
    check_status("from-own-function", closed, EFI_SUCCESS,
                 "an event may be closed by its own function");
}

void events_close_tests(void)
{
    before_its_function_runs();
    timer_that_is_set();
    from_its_own_function();
}
