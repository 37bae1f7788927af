/*
 * EVTCHNOP_*: xen/include/public/event_channel.h. The channels that the toolstack made (console,
 * xenstore) are the OS's: never closed, never reset. Boot phase.
 */
#ifndef PVHEFI_HYPERCALL_EVTCHN_H
#define PVHEFI_HYPERCALL_EVTCHN_H

#include <stdint.h>

#include <xen/event_channel.h>
#include <xen/xen.h>

/* Wakes the other end. 0 or a negative Xen errno. */
int evtchn_send(evtchn_port_t port);

/* A new channel that `remote` may bind to, to be closed by evtchn_close(). 0 or a negative Xen
 * errno. */
int evtchn_alloc_unbound(domid_t remote, evtchn_port_t *ret_port);

/* 0 or a negative Xen errno. */
int evtchn_close(evtchn_port_t port);

/*
 * Forgets that the other end has sent. Call it before looking at what the channel is about: what is
 * sent after the look then ends evtchn_wait().
 */
void evtchn_clear(evtchn_port_t port);

/*
 * Lets Xen run somebody else until the other end has sent since evtchn_clear(), at most until
 * tsc_now_ns() is `deadline_ns`. May return early: the caller looks again, and calls again.
 */
void evtchn_wait(evtchn_port_t port, uint64_t deadline_ns);

#endif
