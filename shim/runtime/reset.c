#include "shim/runtime/reset.h"

#include <stdint.h>

#include <xen/sched.h>
#include <xen/xen.h>

#include "hypercall/hypercall.h"
#include "shim/runtime/state.h"
#include "shim/runtime/x86/privileged.h"

/* Not on the stack: an OS may call with a stack that Xen cannot find through the page tables in
 * use. */
static struct sched_shutdown shutdown;

static unsigned int shutdown_reason(EFI_RESET_TYPE type, EFI_STATUS status)
{
    if (type != EfiResetShutdown)
        return SHUTDOWN_reboot;
    return EFI_ERROR(status) ? SHUTDOWN_crash : SHUTDOWN_poweroff;
}

static void reset_by_xen(EFI_RESET_TYPE type, EFI_STATUS status)
{
    shutdown.reason = shutdown_reason(type, status);
    hypercall(__HYPERVISOR_sched_op, SCHEDOP_shutdown, (uintptr_t)&shutdown, 0, 0, 0);
}

/* A shutdown that the platform has no register for becomes a cold reset, as the specification says.
 */
static void reset_by_ports(EFI_RESET_TYPE type)
{
    const struct runtime_parameters *parameters = &runtime_state.parameters;

    if (type == EfiResetShutdown && parameters->power_off.width != 0)
        privileged_write_port(&parameters->power_off);
    else
        privileged_write_port(&parameters->reset);
}

/* The data after the string names a platform-specific type; none is known here. */
EFI_STATUS EFIAPI reset_system(EFI_RESET_TYPE type, EFI_STATUS status, UINTN data_bytes,
                               CHAR16 *data)
{
    (void)data_bytes;
    (void)data;
    privileged_mask_interrupts();
    if (runtime_state.parameters.platform == RUNTIME_PLATFORM_XEN)
        reset_by_xen(type, status);
    else
        reset_by_ports(type);
    privileged_stop();
}
