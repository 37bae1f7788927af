#include "hypercall/wall_clock.h"

#include <xen/xen.h>
#include <xen/errno.h>

#include "hypercall/memory.h"
#include "loader/x86/cpu.h"

#define PAGE_SHIFT 12
#define NS_PER_S   1000000000ull
/* Xen never holds a version odd for long: this many tries mean that something is broken. */
#define TRIES_MAX 1000u

static uint32_t version_read(const uint32_t *version)
{
    uint32_t value = *(const volatile uint32_t *)version;

    memory_barrier();
    return value;
}

static int read_wall_ns(const struct shared_info *info, uint64_t *ret_ns)
{
    for (unsigned int i = 0; i < TRIES_MAX; i++) {
        uint32_t version = version_read(&info->wc_version);
        uint64_t seconds = (uint64_t)info->wc_sec_hi << 32 | info->wc_sec;
        uint64_t ns = info->wc_nsec;

        memory_barrier();
        if (!(version & 1) && version == version_read(&info->wc_version)) {
            *ret_ns = seconds * NS_PER_S + ns;
            return 0;
        }
        cpu_relax();
    }
    return -XEN_EAGAIN;
}

static int read_system_time(const struct vcpu_time_info *time, struct tsc_clock *ret_clock)
{
    for (unsigned int i = 0; i < TRIES_MAX; i++) {
        uint32_t version = version_read(&time->version);
        struct tsc_clock clock = {
            .tsc_base = time->tsc_timestamp,
            .ns_base = time->system_time,
            .multiplier = time->tsc_to_system_mul,
            .shift = time->tsc_shift,
        };

        memory_barrier();
        if (!(version & 1) && version == version_read(&time->version)) {
            *ret_clock = clock;
            return clock.multiplier ? 0 : -XEN_ENODEV;
        }
        cpu_relax();
    }
    return -XEN_EAGAIN;
}

int wall_clock_read(uint64_t hole_gfn, struct tsc_clock *ret_clock)
{
    const struct shared_info *info = (const void *)(uintptr_t)(hole_gfn << PAGE_SHIFT);
    struct tsc_clock clock;
    uint64_t start_ns;
    int result = memory_map_shared_info(hole_gfn);

    if (result)
        return result;
    result = read_wall_ns(info, &start_ns);
    if (!result)
        result = read_system_time(&info->vcpu_info[0].time, &clock);
    if (memory_unmap(hole_gfn) || result)
        return result ? result : -XEN_EBUSY;
    /* wc_* is the moment when Xen's system time was 0. */
    clock.ns_base += start_ns;
    *ret_clock = clock;
    return 0;
}
