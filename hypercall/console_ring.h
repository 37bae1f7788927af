/*
 * The PV console's ring (xen/include/public/io/console.h): one page shared with xenconsoled.
 * Indices are free-running 32-bit counters; only their differences mean something. The page is the
 * backend's to write as well, so each index is read once and bounded. Boot phase.
 */
#ifndef PVHEFI_HYPERCALL_CONSOLE_RING_H
#define PVHEFI_HYPERCALL_CONSOLE_RING_H

#include <stddef.h>
#include <stdint.h>

#include <xen/io/console.h>
#include <xen/xen.h>

/*
 * Puts up to `bytes` bytes into the output ring and returns how many fitted: 0 when it is full or
 * when the backend's index makes no sense.
 */
size_t console_ring_put(struct xencons_interface *ring, const char *text, size_t bytes);

/* Takes up to `bytes` bytes of input and returns how many there were. */
size_t console_ring_get(struct xencons_interface *ring, char *ret_text, size_t bytes);

#endif
