/*
 * Stands in for the hypercall instruction in host tests: a Xen that knows what the firmware asks
 * for, counts it, and lets the test act as the other end. Pages that it is asked to map are where
 * the test put them before.
 */
#ifndef PVHEFI_TESTS_UNIT_FAKE_HYPERCALL_H
#define PVHEFI_TESTS_UNIT_FAKE_HYPERCALL_H

#include <stdint.h>

#include <xen/hvm/params.h>
#include <xen/xen.h>

struct fake_hypercall {
    uint64_t param[HVM_NR_PARAMS]; /* HVM_PARAM_* */
    long param_result;             /* of HVMOP_get_param; a negative Xen errno: it fails */
    void (*on_set_param)(uint32_t index);
    unsigned int sends; /* EVTCHNOP_send */
    uint32_t last_port;
    void (*on_send)(void);
    unsigned int yields; /* SCHEDOP_yield */
    void (*on_yield)(void);
    unsigned int polls; /* SCHEDOP_poll: of one port */
    uint32_t poll_port;
    uint64_t poll_timeout_ns;
    long poll_result;
    unsigned int ports_open; /* EVTCHNOP_alloc_unbound, EVTCHNOP_close */
    uint16_t remote_domid;
    unsigned int pages_mapped; /* XENMEM_add_to_physmap, XENMEM_remove_from_physmap */
    uint64_t last_gfn;
    unsigned int last_space; /* XENMAPSPACE_* */
    uint64_t last_index;
    long map_result;
    long unmap_result;
    uint32_t grant_frames_max; /* GNTTABOP_query_size */
    uint32_t grant_version;    /* GNTTABOP_get_version */
};

extern struct fake_hypercall fake_hypercall;

#endif
