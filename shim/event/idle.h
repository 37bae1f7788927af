/*
 * When the CPU may sleep although a client only asks whether something has come, and for how long.
 * What is typed under Xen wakes it at once, and so does a timer event; anything else may be noticed
 * later by a sixteenth of the time that the client has waited for it already. Boot phase.
 */
#ifndef PVHEFI_SHIM_EVENT_IDLE_H
#define PVHEFI_SHIM_EVENT_IDLE_H

#include <stdint.h>

/* How long to sleep before looking again, for somebody who has waited for `waited_ns`. */
uint64_t idle_pause_ns(uint64_t waited_ns);

/*
 * A client looked for news of `what`, a key or an event, and there are none: GRUB and iPXE wait for
 * keys in this way. Sleeps when that is all that the client has done for a while.
 */
void idle_after_vain_poll(const void *what);

/* The client does something else between its polls: it shall not be slowed down. */
void idle_work_done(void);

#endif
