/*
 * Xen's system time: nanoseconds since the host started, which timeouts are given in
 * (struct vcpu_time_info, xen/include/public/xen.h). Boot phase.
 */
#ifndef PVHEFI_HYPERCALL_SYSTEM_TIME_H
#define PVHEFI_HYPERCALL_SYSTEM_TIME_H

#include "loader/x86/tsc_clock.h"

/*
 * The clock as it is now. 0; -XEN_ENODEV while shared_info is not mapped or Xen gives no frequency,
 * -XEN_EAGAIN when it never stands still.
 */
int system_time_read(struct tsc_clock *ret_clock);

#endif
