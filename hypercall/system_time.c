#include "hypercall/system_time.h"

#include <xen/errno.h>
#include <xen/xen.h>

#include "hypercall/shared_info.h"
#include "loader/x86/cpu.h"

int system_time_read(struct tsc_clock *ret_clock)
{
    const struct vcpu_time_info *time;

    if (!shared_info())
        return -XEN_ENODEV;
    /* The OS registers vcpu_info elsewhere; until then the boot CPU's is this one. */
    time = &shared_info()->vcpu_info[0].time;
    for (unsigned int i = 0; i < SHARED_INFO_TRIES_MAX; i++) {
        uint32_t version = shared_info_version(&time->version);
        struct tsc_clock clock = {
            .tsc_base = time->tsc_timestamp,
            .ns_base = time->system_time,
            .multiplier = time->tsc_to_system_mul,
            .shift = time->tsc_shift,
        };

        if (!(version & 1) && version == shared_info_version(&time->version)) {
            *ret_clock = clock;
            return clock.multiplier ? 0 : -XEN_ENODEV;
        }
        cpu_relax();
    }
    return -XEN_EAGAIN;
}
