/*
 * Xen's wall clock, as shared_info carries it (xen/include/public/xen.h). Boot phase.
 */
#ifndef PVHEFI_HYPERCALL_WALL_CLOCK_H
#define PVHEFI_HYPERCALL_WALL_CLOCK_H

#include <stdint.h>

#include "loader/x86/tsc_clock.h"

/*
 * Maps shared_info at `hole_gfn` (below 4 GiB, nothing there), reads the time and takes it out
 * again: mapped for good it would cost the OS a page. 0 and a clock whose nanoseconds count from
 * 1970 UTC, or a negative Xen errno.
 */
int wall_clock_read(uint64_t hole_gfn, struct tsc_clock *ret_clock);

#endif
