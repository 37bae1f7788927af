/*
 * One request to xenstored and its reply, while watch events come in between. One at a time: the
 * next request waits until the former one is answered, so that an xenstored that never answers is
 * waited for only once. Boot phase.
 */
#ifndef PVHEFI_HYPERCALL_XENSTORE_EXCHANGE_H
#define PVHEFI_HYPERCALL_XENSTORE_EXCHANGE_H

#include <stdbool.h>
#include <stdint.h>

#include "hypercall/xenstore_message.h"

/*
 * 0 and the reply, finished, valid until the next call of any function here; else the negative Xen
 * errno that xenstored answered with; -XEN_E2BIG for a request that is too long; -XEN_ETIMEDOUT
 * after ten seconds without an answer, and for all further requests until it is there; -XEN_EIO for
 * a broken ring or a wrong reply; -XEN_ENODEV without xenstore.
 */
int xenstore_exchange(const struct xenstore_request *request,
                      const struct xenstore_message **ret_reply);

/*
 * Waits for one watch event, and hands it to xenstore_watch_fire(). 0; -XEN_ETIMEDOUT when there
 * was none until tsc_now_ns() was `deadline_ns` (0: only looks); -XEN_EIO, -XEN_ENODEV.
 */
int xenstore_exchange_listen(uint64_t deadline_ns);

/* Some request was given up: what it asked for may have been done. */
bool xenstore_exchange_gave_up(void);

/* Every request was answered and nothing is on its way. */
bool xenstore_exchange_is_idle(void);

#endif
