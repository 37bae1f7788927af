/*
 * Stands in for the hypercall instruction in host tests of the PV console: a Xen that knows a few
 * domain parameters, counts notifications and lets the test act as the backend.
 */
#ifndef PVHEFI_TESTS_UNIT_FAKE_HYPERCALL_H
#define PVHEFI_TESTS_UNIT_FAKE_HYPERCALL_H

#include <stdint.h>

#include <xen/xen.h>
#include <xen/hvm/params.h>

struct fake_hypercall {
    uint64_t param[HVM_NR_PARAMS]; /* HVM_PARAM_* */
    long param_result;             /* of HVMOP_get_param; a negative Xen errno: it fails */
    unsigned int sends;            /* EVTCHNOP_send */
    uint32_t last_port;
    unsigned int yields; /* SCHEDOP_yield */
    void (*on_yield)(void);
};

extern struct fake_hypercall fake_hypercall;

#endif
