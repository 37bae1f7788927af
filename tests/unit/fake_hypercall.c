#include "tests/unit/fake_hypercall.h"

#include <xen/errno.h>
#include <xen/event_channel.h>
#include <xen/grant_table.h>
#include <xen/hvm/hvm_op.h>
#include <xen/memory.h>
#include <xen/sched.h>

#include "hypercall/hypercall.h"

/* The next port that is free, behind those of the toolstack. */
#define FIRST_PORT 10u

struct fake_hypercall fake_hypercall = {.grant_version = 1};

static long get_param(struct xen_hvm_param *request)
{
    if (fake_hypercall.param_result)
        return fake_hypercall.param_result;
    if (request->domid != DOMID_SELF || request->index >= HVM_NR_PARAMS)
        return -XEN_EINVAL;
    request->value = fake_hypercall.param[request->index];
    return 0;
}

static long set_param(const struct xen_hvm_param *request)
{
    if (request->domid != DOMID_SELF || request->index >= HVM_NR_PARAMS)
        return -XEN_EINVAL;
    fake_hypercall.param[request->index] = request->value;
    if (fake_hypercall.on_set_param)
        fake_hypercall.on_set_param(request->index);
    return 0;
}

static long hvm_op(uint64_t operation, void *request)
{
    switch (operation) {
    case HVMOP_get_param:
        return get_param(request);
    case HVMOP_set_param:
        return set_param(request);
    default:
        return -XEN_ENOSYS;
    }
}

static long send(const struct evtchn_send *request)
{
    fake_hypercall.sends++;
    fake_hypercall.last_port = request->port;
    if (fake_hypercall.on_send)
        fake_hypercall.on_send();
    return 0;
}

static long alloc_unbound(struct evtchn_alloc_unbound *request)
{
    if (request->dom != DOMID_SELF)
        return -XEN_EPERM;
    fake_hypercall.remote_domid = request->remote_dom;
    request->port = FIRST_PORT + fake_hypercall.ports_open++;
    return 0;
}

static long close(const struct evtchn_close *request)
{
    if (request->port < FIRST_PORT || !fake_hypercall.ports_open)
        return -XEN_EINVAL;
    fake_hypercall.ports_open--;
    return 0;
}

static long event_channel_op(uint64_t operation, void *request)
{
    switch (operation) {
    case EVTCHNOP_send:
        return send(request);
    case EVTCHNOP_alloc_unbound:
        return alloc_unbound(request);
    case EVTCHNOP_close:
        return close(request);
    default:
        return -XEN_ENOSYS;
    }
}

static long yield(void)
{
    fake_hypercall.yields++;
    if (fake_hypercall.on_yield)
        fake_hypercall.on_yield();
    return 0;
}

static long poll(const struct sched_poll *request)
{
    if (request->nr_ports != 1)
        return -XEN_EINVAL;
    fake_hypercall.polls++;
    fake_hypercall.poll_port = *request->ports.p;
    fake_hypercall.poll_timeout_ns = request->timeout;
    return fake_hypercall.poll_result;
}

static long sched_op(uint64_t operation, void *request)
{
    switch (operation) {
    case SCHEDOP_yield:
        return yield();
    case SCHEDOP_poll:
        return poll(request);
    default:
        return -XEN_ENOSYS;
    }
}

static long add_to_physmap(const struct xen_add_to_physmap *request)
{
    if (fake_hypercall.map_result)
        return fake_hypercall.map_result;
    fake_hypercall.pages_mapped++;
    fake_hypercall.last_gfn = request->gpfn;
    fake_hypercall.last_space = request->space;
    fake_hypercall.last_index = request->idx;
    return 0;
}

static long remove_from_physmap(const struct xen_remove_from_physmap *request)
{
    if (fake_hypercall.unmap_result)
        return fake_hypercall.unmap_result;
    fake_hypercall.pages_mapped--;
    fake_hypercall.last_gfn = request->gpfn;
    return 0;
}

static long memory_op(uint64_t operation, void *request)
{
    switch (operation) {
    case XENMEM_add_to_physmap:
        return add_to_physmap(request);
    case XENMEM_remove_from_physmap:
        return remove_from_physmap(request);
    default:
        return -XEN_ENOSYS;
    }
}

static long grant_table_op(uint64_t operation, void *request)
{
    switch (operation) {
    case GNTTABOP_query_size:
        ((struct gnttab_query_size *)request)->max_nr_frames = fake_hypercall.grant_frames_max;
        ((struct gnttab_query_size *)request)->status = GNTST_okay;
        return 0;
    case GNTTABOP_get_version:
        ((struct gnttab_get_version *)request)->version = fake_hypercall.grant_version;
        return 0;
    default:
        return -XEN_ENOSYS;
    }
}

long hypercall(unsigned int operation, uint64_t a1, uint64_t a2, uint64_t a3, uint64_t a4,
               uint64_t a5)
{
    void *request = (void *)(uintptr_t)a2;

    (void)a3;
    (void)a4;
    (void)a5;
    switch (operation) {
    case __HYPERVISOR_hvm_op:
        return hvm_op(a1, request);
    case __HYPERVISOR_event_channel_op:
        return event_channel_op(a1, request);
    case __HYPERVISOR_sched_op:
        return sched_op(a1, request);
    case __HYPERVISOR_memory_op:
        return memory_op(a1, request);
    case __HYPERVISOR_grant_table_op:
        return grant_table_op(a1, request);
    default:
        return -XEN_ENOSYS;
    }
}
