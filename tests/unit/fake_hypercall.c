#include "tests/unit/fake_hypercall.h"

#include <xen/errno.h>
#include <xen/event_channel.h>
#include <xen/sched.h>
#include <xen/hvm/hvm_op.h>

#include "hypercall/hypercall.h"

struct fake_hypercall fake_hypercall;

static long get_param(struct xen_hvm_param *request)
{
    if (fake_hypercall.param_result)
        return fake_hypercall.param_result;
    if (request->domid != DOMID_SELF || request->index >= HVM_NR_PARAMS)
        return -XEN_EINVAL;
    request->value = fake_hypercall.param[request->index];
    return 0;
}

static long send(const struct evtchn_send *request)
{
    fake_hypercall.sends++;
    fake_hypercall.last_port = request->port;
    return 0;
}

static long yield(void)
{
    fake_hypercall.yields++;
    if (fake_hypercall.on_yield)
        fake_hypercall.on_yield();
    return 0;
}

long hypercall(unsigned int operation, uint64_t a1, uint64_t a2, uint64_t a3, uint64_t a4,
               uint64_t a5)
{
    (void)a3;
    (void)a4;
    (void)a5;
    if (operation == __HYPERVISOR_hvm_op && a1 == HVMOP_get_param)
        return get_param((struct xen_hvm_param *)(uintptr_t)a2);
    if (operation == __HYPERVISOR_event_channel_op && a1 == EVTCHNOP_send)
        return send((const struct evtchn_send *)(uintptr_t)a2);
    if (operation == __HYPERVISOR_sched_op && a1 == SCHEDOP_yield)
        return yield();
    return -XEN_ENOSYS;
}
