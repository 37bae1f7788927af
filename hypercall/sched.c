#include "hypercall/sched.h"

#include "hypercall/hypercall.h"
#include "loader/x86/cpu.h"

void sched_shutdown(unsigned int reason)
{
    struct sched_shutdown request = {.reason = reason};

    hypercall(__HYPERVISOR_sched_op, SCHEDOP_shutdown, (uintptr_t)&request, 0, 0, 0);
    cpu_halt_forever();
}

void sched_yield(void)
{
    hypercall(__HYPERVISOR_sched_op, SCHEDOP_yield, 0, 0, 0, 0);
}
