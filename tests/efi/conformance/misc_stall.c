/* Stall, measured by the processor's time-stamp counter. */
#include "tests/efi/conformance/check.h"
#include "tests/efi/conformance/misc.h"

#define SHORT_US 20000
#define LONG_US  200000
#define TRIES    5
/* No counter runs slower. */
#define CYCLES_PER_US_MIN 50

static UINT64 cycles(void)
{
    UINT32 low;
    UINT32 high;

    __asm__ volatile("rdtsc" : "=a"(low), "=d"(high));
    return (UINT64)high << 32 | low;
}

static UINT64 measure(UINTN microseconds)
{
    UINT64 start = cycles();

    boot->Stall(microseconds);
    return cycles() - start;
}

/* An emulator whose host is busy is late, but seldom each time. */
static UINT64 measure_best(UINTN microseconds)
{
    UINT64 best = ~0ull;

    for (unsigned int i = 0; i < TRIES; i++) {
        UINT64 this = measure(microseconds);

        if (this < best)
            best = this;
    }
    return best;
}

static void durations(void)
{
    UINT64 nothing = measure_best(0);
    UINT64 some = measure_best(SHORT_US);
    UINT64 more = measure_best(LONG_US);

    topic("misc.stall", "7.5.2");
    check_status("returns", boot->Stall(1), EFI_SUCCESS, "one microsecond passes");
    check("waits", some > CYCLES_PER_US_MIN * SHORT_US, "it really waits");
    check("nothing", nothing < some / 2, "but not for 0 microseconds");
    check_range("proportional", more * 10 / some, 70, 130, "ten times as long takes ten times");
}

static void at_any_level(void)
{
    static const EFI_TPL levels[] = {TPL_CALLBACK, TPL_NOTIFY, TPL_HIGH_LEVEL};
    UINT64 expected = measure_best(SHORT_US);

    topic("misc.stall", "7.5.2");
    for (unsigned int i = 0; i < COUNT_OF(levels); i++) {
        EFI_TPL before = boot->RaiseTPL(levels[i]);
        UINT64 took = measure_best(SHORT_US);

        boot->RestoreTPL(before);
        check(numbered("level-", (unsigned int)levels[i]),
              took > expected * 7 / 10 && took < expected * 3, "it waits at this level");
    }
}

static UINT32 seconds_of(const EFI_TIME *time)
{
    return ((UINT32)time->Hour * 60 + time->Minute) * 60 + time->Second;
}

/* Both clocks may be read just before they tick, and the day may end meanwhile. */
static void by_the_clock(void)
{
    EFI_TIME before;
    EFI_TIME after;
    UINT32 passed;

    topic("misc.stall", "7.5.2");
    if (runtime->GetTime(&before, NULL) != EFI_SUCCESS) {
        skip("clock", "the clock does not tell the time");
        return;
    }
    boot->Stall(2500000);
    runtime->GetTime(&after, NULL);
    passed = (seconds_of(&after) + 86400 - seconds_of(&before)) % 86400;
    check_range("clock", passed, 2, 5, "2.5 seconds are as long as the clock says");
}

void misc_stall_tests(void)
{
    durations();
    at_any_level();
    by_the_clock();
}
