/* SetTimer, measured against Stall. */
#include "tests/efi/conformance/check.h"
#include "tests/efi/conformance/events.h"
#include "tests/efi/conformance/fixture.h"

/* In the units of SetTimer and of Stall. */
#define TRIGGER_MS(ms) ((ms)*10000ull)
#define STALL_MS(ms)   ((ms)*1000ull)
/* Of 20 ms in 410 ms. */
#define PERIODS_MIN 16
#define PERIODS_MAX 22
/* A machine that its host does not let run is late, but not each time. */
#define TRIES 5

static UINT32 calls;

static void EFIAPI count_up(EFI_EVENT event, void *context)
{
    (void)event;
    (void)context;
    calls++;
}

static EFI_EVENT create(void)
{
    EFI_EVENT event = NULL;

    calls = 0;
    need_status(
        boot->CreateEvent(EVT_TIMER | EVT_NOTIFY_SIGNAL, TPL_CALLBACK, count_up, NULL, &event),
        "timer");
    return event;
}

/* Calls of a timer's function, looked at after a while. */
struct sightings {
    UINT32 early;
    UINT32 due;
    UINT32 once;
    UINT32 again;
};

static struct sightings watch_relative(EFI_EVENT event)
{
    struct sightings seen;

    calls = 0;
    boot->SetTimer(event, TimerRelative, TRIGGER_MS(100));
    boot->Stall(STALL_MS(60));
    seen.early = calls;
    boot->Stall(STALL_MS(80));
    seen.due = calls;
    boot->Stall(STALL_MS(150));
    seen.once = calls;
    boot->SetTimer(event, TimerRelative, TRIGGER_MS(20));
    boot->Stall(STALL_MS(60));
    seen.again = calls;
    return seen;
}

static void relative(void)
{
    EFI_EVENT event = create();
    struct sightings seen = {0, 0, 0, 0};

    topic("events.timer", "7.1.7");
    if (!event)
        return;
    for (UINT32 i = 0; i < TRIES; i++) {
        seen = watch_relative(event);
        if (seen.early == 0 && seen.due == 1 && seen.once == 1 && seen.again == 2)
            break;
    }
    check_status("relative", boot->SetTimer(event, TimerRelative, TRIGGER_MS(100)), EFI_SUCCESS,
                 "a timer is set");
    check_number("relative-early", seen.early, 0, "it does not fire before its time");
    check_number("relative-due", seen.due, 1, "it fires when that has come");
    check_number("relative-once", seen.once, 1, "and only once");
    check_number("relative-again", seen.again, 2, "it can be set again");
    boot->CloseEvent(event);
}

static UINT32 count_periods(EFI_EVENT event)
{
    for (UINT32 i = 0; i < TRIES; i++) {
        calls = 0;
        boot->SetTimer(event, TimerPeriodic, TRIGGER_MS(20));
        boot->Stall(STALL_MS(410));
        if (calls >= PERIODS_MIN && calls <= PERIODS_MAX)
            break;
    }
    return calls;
}

static void periodic(void)
{
    EFI_EVENT event = create();

    topic("events.timer", "7.1.7");
    if (!event)
        return;
    check_status("periodic", boot->SetTimer(event, TimerPeriodic, TRIGGER_MS(20)), EFI_SUCCESS,
                 "a periodic timer is set");
    check_range("periodic-count", count_periods(event), PERIODS_MIN, PERIODS_MAX,
                "it fires once in each period");
    check_status("cancel", boot->SetTimer(event, TimerCancel, 0), EFI_SUCCESS, "it is cancelled");
    calls = 0;
    boot->Stall(STALL_MS(60));
    check_number("cancelled", calls, 0, "and fires no more");
    boot->CloseEvent(event);
}

static void cancel(void)
{
    EFI_EVENT event = create();

    topic("events.timer", "7.1.7");
    if (!event)
        return;
    check_status("cancel-unset", boot->SetTimer(event, TimerCancel, 0), EFI_SUCCESS,
                 "a timer that is not set may be cancelled");
    boot->SetTimer(event, TimerRelative, TRIGGER_MS(30));
    boot->SetTimer(event, TimerCancel, 0);
    boot->Stall(STALL_MS(80));
    check_number("cancel-relative", calls, 0, "one that is set does not fire then");
    boot->SetTimer(event, TimerRelative, TRIGGER_MS(20));
    boot->SetTimer(event, TimerRelative, TRIGGER_MS(2000));
    boot->Stall(STALL_MS(80));
    check_number("replaced", calls, 0, "setting it anew replaces the old time");
    boot->SetTimer(event, TimerPeriodic, TRIGGER_MS(20));
    boot->SetTimer(event, TimerRelative, TRIGGER_MS(20));
    boot->Stall(STALL_MS(150));
    check_number("replaced-periodic", calls, 1, "and the kind");
    boot->CloseEvent(event);
}

static void at_once(void)
{
    EFI_EVENT event = create();

    topic("events.timer", "7.1.7");
    if (!event)
        return;
    check_status("zero", boot->SetTimer(event, TimerRelative, 0), EFI_SUCCESS,
                 "a time of 0 is the next tick");
    boot->Stall(STALL_MS(50));
    check_number("zero-fired", calls, 1, "at which it fires, once");
    calls = 0;
    check_status("zero-period", boot->SetTimer(event, TimerPeriodic, 0), EFI_SUCCESS,
                 "a period of 0 is every tick");
    boot->Stall(STALL_MS(300));
    check("zero-period-fired", calls >= 3, "at which it fires, again and again");
    boot->CloseEvent(event);
}

static void far_away(void)
{
    EFI_EVENT event = create();

    topic("events.timer", "7.1.7");
    if (!event)
        return;
    check_status("far", boot->SetTimer(event, TimerRelative, 1ull << 62), EFI_SUCCESS,
                 "a time thousands of years away");
    boot->Stall(STALL_MS(30));
    check_number("far-not-fired", calls, 0, "does not come yet");
    boot->CloseEvent(event);
}

static void at_a_high_level(void)
{
    EFI_EVENT event = create();
    EFI_TPL level;

    topic("events.timer", "7.1.7");
    if (!event)
        return;
    boot->SetTimer(event, TimerPeriodic, TRIGGER_MS(10));
    level = boot->RaiseTPL(TPL_CALLBACK);
    boot->Stall(STALL_MS(100));
    check_number("level-held", calls, 0, "at its function's level it waits");
    boot->RestoreTPL(level);
    check_range("level-left", calls, 1, 2, "what was due many times is called once");
    boot->CloseEvent(event);
}

static void wait_for_both(EFI_EVENT *events, UINTN *order)
{
    boot->SetTimer(events[0], TimerRelative, TRIGGER_MS(90));
    boot->SetTimer(events[1], TimerRelative, TRIGGER_MS(30));
    for (UINTN i = 0; i < 2; i++)
        boot->WaitForEvent(2, events, &order[i]);
}

static void in_order_of_time(void)
{
    EFI_EVENT events[2] = {NULL, NULL};
    UINTN order[2] = {0, 0};

    topic("events.timer", "7.1.7");
    if (!need_status(boot->CreateEvent(EVT_TIMER, 0, NULL, NULL, &events[0]), "timer") ||
        !need_status(boot->CreateEvent(EVT_TIMER, 0, NULL, NULL, &events[1]), "timer"))
        return;
    for (UINT32 i = 0; i < TRIES && order[0] != 1; i++)
        wait_for_both(events, order);
    check_number("earlier-first", order[0], 1, "the earlier of two timers fires first");
    check_number("later-second", order[1], 0, "the later one afterwards");
    boot->CloseEvent(events[0]);
    boot->CloseEvent(events[1]);
}

static void EFIAPI set_again(EFI_EVENT event, void *context)
{
    (void)context;
    if (++calls < 4)
        boot->SetTimer(event, TimerRelative, TRIGGER_MS(10));
}

static void from_its_own_function(void)
{
    EFI_EVENT event;

    topic("events.timer", "7.1.7");
    if (!need_status(
            boot->CreateEvent(EVT_TIMER | EVT_NOTIFY_SIGNAL, TPL_CALLBACK, set_again, NULL, &event),
            "timer"))
        return;
    calls = 0;
    boot->SetTimer(event, TimerRelative, TRIGGER_MS(10));
    boot->Stall(STALL_MS(200));
    check_number("from-own-function", calls, 4, "a timer's function may set it again");
    boot->CloseEvent(event);
}

static void wrong_parameters(void)
{
    UINT32 count;
    EFI_EVENT plain = counting_event(TPL_CALLBACK, &count);
    EFI_EVENT event = create();

    topic("events.timer", "7.1.7");
    if (!event || !plain)
        return;
    check_status("no-timer", boot->SetTimer(plain, TimerRelative, 1), EFI_INVALID_PARAMETER,
                 "an event that is no timer");
    check_status("kind-3", boot->SetTimer(event, TimerTypeMax, 1), EFI_INVALID_PARAMETER,
                 "there is no fourth kind");
    check_status("kind-negative", boot->SetTimer(event, (EFI_TIMER_DELAY)-1, 1),
                 EFI_INVALID_PARAMETER, "nor one with number -1");
    check_status("null", boot->SetTimer(NULL, TimerRelative, 1), EFI_INVALID_PARAMETER,
                 "NULL is no event");
    boot->CloseEvent(event);
    boot->CloseEvent(plain);
}

void events_timer_tests(void)
{
    relative();
    periodic();
    cancel();
    at_once();
    far_away();
    at_a_high_level();
    in_order_of_time();
    from_its_own_function();
    wrong_parameters();
}
