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

int sched_poll(evtchn_port_t port, uint64_t timeout_ns)
{
    struct sched_poll request = {.nr_ports = 1, .timeout = timeout_ns};

    set_xen_guest_handle(request.ports, &port);
    return (int)hypercall(__HYPERVISOR_sched_op, SCHEDOP_poll, (uintptr_t)&request, 0, 0, 0);
}
