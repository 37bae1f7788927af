/*
 * Xen's wall clock, as shared_info carries it (xen/include/public/xen.h). Boot phase.
 */
#ifndef PVHEFI_HYPERCALL_WALL_CLOCK_H
#define PVHEFI_HYPERCALL_WALL_CLOCK_H

#include "loader/x86/tsc_clock.h"

/*
 * 0 and a clock whose nanoseconds count from 1970 UTC; -XEN_ENODEV while shared_info is not mapped
 * or Xen does not fill it in, -XEN_EAGAIN when Xen never leaves it alone. Sets that events call
 * nobody (HVM_PARAM_CALLBACK_IRQ), which is how a domain starts.
 */
int wall_clock_read(struct tsc_clock *ret_clock);

#endif
