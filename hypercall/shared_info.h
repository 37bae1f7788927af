/*
 * The page that Xen shares with each domain (struct shared_info, xen/include/public/xen.h): pending
 * bits of event channels, system time, wall clock. It is mapped in a hole of the guest's physical
 * memory while the firmware runs and taken out again before the OS starts, which maps it where it
 * likes. Boot phase.
 */
#ifndef PVHEFI_HYPERCALL_SHARED_INFO_H
#define PVHEFI_HYPERCALL_SHARED_INFO_H

#include <stdint.h>

#include <xen/xen.h>

#include "loader/x86/cpu.h"

/*
 * `hole_gfn` lies below 4 GiB, and there is nothing: a page of RAM would be lost to the guest for
 * good. 0 or a negative Xen errno.
 */
int shared_info_map(uint64_t hole_gfn);

/* NULL while it is not mapped. Xen writes to it at any time. */
struct shared_info *shared_info(void);

/* 0, also when it was not mapped, or a negative Xen errno. */
int shared_info_unmap(void);

/*
 * Some of its structures carry a version that is odd while Xen changes them: what was read between
 * two calls is one whole when both return the same even number. Xen never holds it odd for long;
 * this many tries mean that something is broken.
 */
#define SHARED_INFO_TRIES_MAX 1000u

static inline uint32_t shared_info_version(const uint32_t *version)
{
    uint32_t value;

    memory_barrier();
    value = *(const volatile uint32_t *)version;
    memory_barrier();
    return value;
}

#endif
