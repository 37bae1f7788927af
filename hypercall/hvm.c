#include "hypercall/hvm.h"

#include <xen/hvm/hvm_op.h>

#include "hypercall/hypercall.h"

int hvm_get_param(uint32_t index, uint64_t *ret_value)
{
    struct xen_hvm_param request = {.domid = DOMID_SELF, .index = index};
    long result = hypercall(__HYPERVISOR_hvm_op, HVMOP_get_param, (uintptr_t)&request, 0, 0, 0);

    if (result == 0)
        *ret_value = request.value;
    return (int)result;
}

int hvm_set_param(uint32_t index, uint64_t value)
{
    struct xen_hvm_param request = {.domid = DOMID_SELF, .index = index, .value = value};

    return (int)hypercall(__HYPERVISOR_hvm_op, HVMOP_set_param, (uintptr_t)&request, 0, 0, 0);
}
