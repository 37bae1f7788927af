/*
 * SCHEDOP_*: xen/include/public/sched.h. Boot phase.
 */
#ifndef PVHEFI_HYPERCALL_SCHED_H
#define PVHEFI_HYPERCALL_SCHED_H

#include <stdint.h>

#include <xen/sched.h>
#include <xen/xen.h>

/* Ends the domain; `reason` is SHUTDOWN_poweroff, SHUTDOWN_reboot or SHUTDOWN_crash. */
_Noreturn void sched_shutdown(unsigned int reason);

/* Lets Xen run somebody else, for instance the backend that this guest waits for. */
void sched_yield(void);

/*
 * Sleeps until event channel `port` is pending, which may be so already, an interrupt comes, or
 * Xen's system time (hypercall/system_time.h) is `timeout_ns`. 0 or a negative Xen errno.
 */
int sched_poll(evtchn_port_t port, uint64_t timeout_ns);

#endif
