/*
 * Whole messages to and from xenstored, over this domain's ring and event channel
 * (HVM_PARAM_STORE_*). A message is never left half sent or half received: what a deadline cut off
 * goes on in the next call, since the OS takes the ring over as it is. Boot phase.
 */
#ifndef PVHEFI_HYPERCALL_XENSTORE_CONNECTION_H
#define PVHEFI_HYPERCALL_XENSTORE_CONNECTION_H

#include <stdbool.h>
#include <stdint.h>

#include "hypercall/xenstore_message.h"

/* 0, or -XEN_ENODEV: this domain has no xenstore (dom0). Under Xen only. */
int xenstore_connection_open(void);

/*
 * Makes `request` the message to send, when the former one was answered. It is sent in
 * xenstore_connection_receive(), and has to stay until its reply is there.
 */
void xenstore_connection_send(const struct xenstore_message *request);

/*
 * Waits for the next message; it is finished (hypercall/xenstore_message.h) and stays until the
 * next call. -XEN_ETIMEDOUT when tsc_now_ns() has passed `deadline_ns` and none is there; -XEN_EIO,
 * then and ever after, when ring or message makes no sense, with one log_err line; -XEN_ENODEV when
 * it is not open.
 */
int xenstore_connection_receive(const struct xenstore_message **ret_message, uint64_t deadline_ns);

/* Nothing is on its way in either direction: the OS can take over. */
bool xenstore_connection_is_idle(void);

void xenstore_connection_close(void);

#endif
