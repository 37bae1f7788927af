/*
 * EVTCHNOP_*: xen/include/public/event_channel.h. The channels that the toolstack made (console,
 * xenstore) are the OS's: never closed, never reset. Boot phase.
 */
#ifndef PVHEFI_HYPERCALL_EVTCHN_H
#define PVHEFI_HYPERCALL_EVTCHN_H

#include <stdint.h>

#include <xen/xen.h>
#include <xen/event_channel.h>

/* Wakes the other end. 0 or a negative Xen errno. */
int evtchn_send(evtchn_port_t port);

#endif
