/*
 * HVMOP_*: xen/include/public/hvm/hvm_op.h and params.h. Boot phase.
 */
#ifndef PVHEFI_HYPERCALL_HVM_H
#define PVHEFI_HYPERCALL_HVM_H

#include <stdint.h>

#include <xen/hvm/params.h>
#include <xen/xen.h>

/* HVM_PARAM_* of this domain. 0 or a negative Xen errno; *ret_value only on success. */
int hvm_get_param(uint32_t index, uint64_t *ret_value);
int hvm_set_param(uint32_t index, uint64_t value);

#endif
