/* A client that spins without calling a service: its timers fire all the same, and harm nothing. */
#include "tests/efi/conformance/check.h"
#include "tests/efi/conformance/events.h"
#include "tests/efi/conformance/fixture.h"

/* No processor's counter is slower than 1 GHz by much, or faster than 5. */
#define CYCLES_MAX 10000000000ull
/* Of 10 ms in 300 ms. */
#define PERIODS_MIN 22
#define PERIODS_MAX 33
/* A machine that its host does not let run is late, but not each time. */
#define TRIES 5

static volatile UINT32 calls;

static UINT64 cycles(void)
{
    UINT32 low;
    UINT32 high;

    __asm__ volatile("rdtsc" : "=a"(low), "=d"(high));
    return (UINT64)high << 32 | low;
}

/* Uses the registers that functions may use. */
static void EFIAPI count_up(EFI_EVENT event, void *context)
{
    (void)event;
    (void)context;
    __asm__ volatile("pcmpeqd %%xmm0, %%xmm0; movdqa %%xmm0, %%xmm1; movdqa %%xmm0, %%xmm5;"
                     "fninit"
                     :
                     :
                     : "xmm0", "xmm1", "xmm5");
    calls++;
}

static bool spin_until(UINT32 wanted)
{
    UINT64 start = cycles();

    while (calls < wanted) {
        if (cycles() - start > CYCLES_MAX)
            return false;
        __asm__ volatile("pause");
    }
    return true;
}

static EFI_EVENT start_timer(void)
{
    EFI_EVENT event = NULL;

    calls = 0;
    if (need_status(
            boot->CreateEvent(EVT_TIMER | EVT_NOTIFY_SIGNAL, TPL_CALLBACK, count_up, NULL, &event),
            "timer"))
        boot->SetTimer(event, TimerPeriodic, 100000);
    return event;
}

static void fires_while_spinning(void)
{
    EFI_EVENT event = start_timer();
    UINT32 before;

    topic("events.interrupt", "7.1");
    if (!event)
        return;
    check("fires", spin_until(5), "a timer fires while a client calls no service");
    boot->RaiseTPL(TPL_CALLBACK);
    before = calls;
    boot->Stall(100000);
    check("held", calls == before, "but not at its function's level");
    boot->RestoreTPL(TPL_APPLICATION);
    check("released", calls > before, "until that is left");
    boot->SetTimer(event, TimerCancel, 0);
    boot->CloseEvent(event);
}

/* Fills registers, spins until the timer came by, and looks at them again. */
static void registers_are_kept(void)
{
    static const UINT64 pattern[2]
        __attribute__((aligned(16))) = {0x0123456789abcdef, 0xfedcba9876543210};
    UINT64 after[2][2] __attribute__((aligned(16)));
    EFI_EVENT event = start_timer();
    UINT64 turns = 2000000000ull;
    UINT16 control = 0x027f;
    UINT16 control_after;

    topic("events.interrupt", "7.1");
    if (!event)
        return;
    __asm__ volatile("fldcw %[control]\n\t"
                     "movdqa %[pattern], %%xmm0\n\t"
                     "movdqa %[pattern], %%xmm5\n\t"
                     "1: pause\n\t"
                     "dec %[turns]\n\t"
                     "jz 2f\n\t"
                     "cmpl $3, %[calls]\n\t"
                     "jb 1b\n\t"
                     "2: movdqa %%xmm0, %[first]\n\t"
                     "movdqa %%xmm5, %[second]\n\t"
                     "fnstcw %[after]\n\t"
                     "fninit"
                     : [turns] "+r"(turns), [first] "=m"(after[0]), [second] "=m"(after[1]),
                       [after] "=m"(control_after)
                     : [pattern] "m"(pattern), [calls] "m"(calls), [control] "m"(control)
                     : "xmm0", "xmm5", "memory", "cc");
    boot->SetTimer(event, TimerCancel, 0);
    boot->CloseEvent(event);
    check("vector-registers",
          calls >= 3 && after[0][0] == pattern[0] && after[0][1] == pattern[1] &&
              after[1][0] == pattern[0] && after[1][1] == pattern[1],
          "vector registers survive a timer's function");
    check_number("x87-control", control_after, control, "so does the x87 control word");
}

static UINT32 count_while_waiting(EFI_EVENT once)
{
    UINTN index;

    for (UINT32 i = 0; i < TRIES; i++) {
        boot->SetTimer(once, TimerRelative, 3000000);
        calls = 0;
        boot->WaitForEvent(1, &once, &index);
        if (calls >= PERIODS_MIN && calls <= PERIODS_MAX)
            break;
    }
    return calls;
}

/* The way a firmware halts in its idle loop must not depend on a timer of the client's. */
static void fires_while_waiting(void)
{
    EFI_EVENT event = start_timer();
    EFI_EVENT once = NULL;

    topic("events.interrupt", "7.1");
    if (!event || !need_status(boot->CreateEvent(EVT_TIMER, 0, NULL, NULL, &once), "timer"))
        return;
    check_range("wait-count", count_while_waiting(once), PERIODS_MIN, PERIODS_MAX,
                "300 ms in WaitForEvent are 30 periods of 10 ms");
    boot->SetTimer(event, TimerCancel, 0);
    boot->CloseEvent(event);
    boot->CloseEvent(once);
}

void events_interrupt_tests(void)
{
    fires_while_spinning();
    registers_are_kept();
    fires_while_waiting();
}
