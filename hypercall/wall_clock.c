#include "hypercall/wall_clock.h"

#include <xen/errno.h>
#include <xen/xen.h>

#include "hypercall/hvm.h"
#include "hypercall/shared_info.h"
#include "hypercall/system_time.h"
#include "loader/x86/cpu.h"

#define NS_PER_S 1000000000ull

static int read_wall_ns(const struct shared_info *info, uint64_t *ret_ns)
{
    for (unsigned int i = 0; i < SHARED_INFO_TRIES_MAX; i++) {
        uint32_t version = shared_info_version(&info->wc_version);
        uint64_t seconds = (uint64_t)info->wc_sec_hi << 32 | info->wc_sec;
        uint64_t ns = info->wc_nsec;

        if (!(version & 1) && version == shared_info_version(&info->wc_version)) {
            *ret_ns = seconds * NS_PER_S + ns;
            return 0;
        }
        cpu_relax();
    }
    return -XEN_EAGAIN;
}

/*
 * Xen writes a PVH domain's wall clock, which has been zero since the domain was made, when the
 * guest says how it wants to hear of events (hvm_latch_shinfo_size() in Xen), which PV drivers do
 * first of all. It is said here with what holds already: not at all.
 */
static int ask_for_wall_clock(void)
{
    return hvm_set_param(HVM_PARAM_CALLBACK_IRQ, 0);
}

int wall_clock_read(struct tsc_clock *ret_clock)
{
    struct tsc_clock clock;
    uint64_t start_ns;
    int result = system_time_read(&clock);

    if (!result)
        result = ask_for_wall_clock();
    if (!result)
        result = read_wall_ns(shared_info(), &start_ns);
    if (result)
        return result;
    if (start_ns == 0)
        return -XEN_ENODEV;
    /* wc_* is the moment when Xen's system time was 0. */
    clock.ns_base += start_ns;
    *ret_clock = clock;
    return 0;
}
