#include "tests/efi/benchmark/instructions.h"

#define TURNS              1000u
#define INSTRUCTIONS       (2 * TURNS)
#define TRIES              16u
#define RATIO_MAX          1024u
#define TOLERANCE_FRACTION 50u

static UINT64 ticks_each = 1;

static UINT64 read_counter(void)
{
    UINT32 low;
    UINT32 high;

    __asm__ volatile("rdtsc" : "=a"(low), "=d"(high));
    return (UINT64)high << 32 | low;
}

static UINT64 ticks_of_loop(void)
{
    UINT64 start = read_counter();

    for (UINT32 turns = TURNS; turns;)
        __asm__ volatile("1: dec %0\n\tjnz 1b" : "+r"(turns));
    return read_counter() - start;
}

/* The fewest of several times: interrupts make it more. */
static UINT64 fewest_ticks(void)
{
    UINT64 fewest = ticks_of_loop();

    for (UINTN i = 1; i < TRIES; i++) {
        UINT64 ticks = ticks_of_loop();

        if (ticks < fewest)
            fewest = ticks;
    }
    return fewest;
}

static bool is_near(UINT64 value, UINT64 wanted)
{
    return value >= wanted && value - wanted <= wanted / TOLERANCE_FRACTION;
}

bool instructions_init(void)
{
    UINT64 first = fewest_ticks();

    ticks_each = first / INSTRUCTIONS;
    return ticks_each && ticks_each <= RATIO_MAX && is_near(first, ticks_each * INSTRUCTIONS) &&
           is_near(fewest_ticks(), ticks_each * INSTRUCTIONS);
}

UINT64 instructions_now(void)
{
    return read_counter() / ticks_each;
}
