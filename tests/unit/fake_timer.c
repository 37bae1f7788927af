#include "tests/unit/fake_timer.h"

#include "shim/event/timer.h"
#include "tests/unit/fake_tsc.h"

#define IDLE_NS 1000000u

struct fake_timer fake_timer;

void timer_update(void)
{
    fake_timer.updates++;
}

bool timer_is_running(void)
{
    return false;
}

void timer_idle(uint64_t limit_ns)
{
    fake_timer.idles++;
    fake_timer.idle_limit_ns = limit_ns;
    fake_tsc.now_ns += limit_ns < IDLE_NS ? limit_ns : IDLE_NS;
}

void timer_wait_ns(uint64_t ns)
{
    fake_timer.waited_ns = ns;
    fake_tsc.now_ns += ns;
}

void timer_stop(void)
{
}
