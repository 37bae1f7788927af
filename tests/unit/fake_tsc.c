#include "tests/unit/fake_tsc.h"

#include "loader/x86/tsc.h"

struct fake_tsc fake_tsc;

uint64_t tsc_now_ns(void)
{
    uint64_t now = fake_tsc.now_ns;

    fake_tsc.now_ns += fake_tsc.step_ns;
    return now;
}

void tsc_wait_ns(uint64_t ns)
{
    fake_tsc.now_ns += ns;
}
