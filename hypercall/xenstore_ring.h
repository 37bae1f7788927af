/*
 * xenstore's ring (xen/include/public/io/xs_wire.h, Xen's docs/misc/xenstore-ring.txt): one page
 * shared with xenstored, a stream of bytes in each direction. Indices are free-running 32-bit
 * counters; only their differences mean something. The page is xenstored's to write as well, so
 * each index is read once and bounded. Boot phase.
 */
#ifndef PVHEFI_HYPERCALL_XENSTORE_RING_H
#define PVHEFI_HYPERCALL_XENSTORE_RING_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include <xen/io/xs_wire.h>
#include <xen/xen.h>

/*
 * Puts up to `bytes` bytes of requests into the ring, takes up to `bytes` bytes of replies out of
 * it. The number of bytes moved, 0 while xenstored is not there (yet, or again: `connection`) or
 * has to go on first; -XEN_EIO when its indices make no sense or it says so itself (`error`).
 *
 * *ret_was_full: xenstored waits for the room that there is now, and wants to be told.
 */
int xenstore_ring_put(struct xenstore_domain_interface *ring, const void *data, size_t bytes);
int xenstore_ring_get(struct xenstore_domain_interface *ring, void *ret_data, size_t bytes,
                      bool *ret_was_full);

/* Both directions are empty: everything was read by the other side. */
bool xenstore_ring_is_idle(const struct xenstore_domain_interface *ring);

#endif
