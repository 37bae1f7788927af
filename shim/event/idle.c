#include "shim/event/idle.h"

#include <stdbool.h>

#include "loader/x86/tsc.h"
#include "shim/event/timer.h"
#include "shim/event/tpl.h"

#define PAUSE_NS_MIN 1000000ull
#define PAUSE_NS_MAX 250000000ull
/* For so long a client may poll as fast as it can, but only a poll that follows soon counts. */
#define PATIENCE_NS    100000000ull
#define PATIENCE_POLLS 250u
#define SOON_NS        50000ull
/* Where Xen emulates the TSC a look at the clock takes most of the time between two polls. */
#define SOON_CLOCK_READS 16u
/* Xen or the client may have had something else to do: so many polls count no more. */
#define LATE_POLLS 8u

/* Polls in vain, most of them with nothing between. */
static struct {
    const void *first; /* what was polled first: a whole round is over when it is polled again */
    uint64_t start_ns;
    uint64_t last_ns;
    unsigned int polls;
} streak;

uint64_t idle_pause_ns(uint64_t waited_ns)
{
    uint64_t pause = waited_ns / 16;

    if (pause < PAUSE_NS_MIN)
        return PAUSE_NS_MIN;
    return pause < PAUSE_NS_MAX ? pause : PAUSE_NS_MAX;
}

static bool is_soon(uint64_t ns)
{
    static uint64_t soon_ns;

    if (!soon_ns) {
        uint64_t start = tsc_now_ns();

        soon_ns = SOON_NS + SOON_CLOCK_READS * (tsc_now_ns() - start);
    }
    return ns < soon_ns;
}

static void count_poll(const void *what, uint64_t now)
{
    if (!streak.polls) {
        streak.first = what;
        streak.start_ns = now;
    }
    if (!streak.polls || is_soon(now - streak.last_ns))
        streak.polls += streak.polls < PATIENCE_POLLS;
    else
        streak.polls -= streak.polls < LATE_POLLS ? streak.polls : LATE_POLLS;
    streak.last_ns = now;
}

void idle_after_vain_poll(const void *what)
{
    uint64_t now = tsc_now_ns();

    count_poll(what, now);
    if (streak.polls < PATIENCE_POLLS || what != streak.first ||
        now - streak.start_ns < PATIENCE_NS || tpl_current() >= TPL_HIGH_LEVEL)
        return;
    timer_idle(idle_pause_ns(now - streak.start_ns));
    streak.last_ns = tsc_now_ns();
}

void idle_work_done(void)
{
    streak.polls = 0;
}
