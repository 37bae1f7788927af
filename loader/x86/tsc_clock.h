/*
 * Time from the TSC, in the form of Xen's vcpu_time_info (xen/include/public/xen.h): a counter
 * value at a known instant, and a multiplier and shift from ticks to nanoseconds. Pure; boot and
 * runtime phase.
 */
#ifndef PVHEFI_LOADER_X86_TSC_CLOCK_H
#define PVHEFI_LOADER_X86_TSC_CLOCK_H

#include <stdint.h>

struct tsc_clock {
    uint64_t tsc_base;   /* counter value at ns_base */
    uint64_t ns_base;    /* what the clock counts from: an arbitrary start, or 1970 for wall time */
    uint32_t multiplier; /* ns = ((ticks << shift) * multiplier) >> 32; 0: no clock */
    int8_t shift;        /* negative: shift right */
};

static inline uint64_t tsc_clock_ticks_to_ns(const struct tsc_clock *clock, uint64_t ticks)
{
    uint64_t shifted = clock->shift < 0 ? ticks >> -clock->shift : ticks << clock->shift;

    return (uint64_t)(((unsigned __int128)shifted * clock->multiplier) >> 32);
}

static inline uint64_t tsc_clock_ns(const struct tsc_clock *clock, uint64_t tsc)
{
    return clock->ns_base + tsc_clock_ticks_to_ns(clock, tsc - clock->tsc_base);
}

#endif
