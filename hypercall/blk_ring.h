/*
 * The ring that a PV block front end shares with its backend (xen/include/public/io/ring.h and
 * blkif.h). Indices are free-running 32-bit counters. The pages are the backend's to write as well:
 * what it says is copied once, then bounded. Pure; boot phase.
 */
#ifndef PVHEFI_HYPERCALL_BLK_RING_H
#define PVHEFI_HYPERCALL_BLK_RING_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include <xen/io/blkif.h>
#include <xen/xen.h>

struct blk_ring {
    struct blkif_sring *shared;
    uint32_t entries; /* a power of two */
    uint32_t produced;
    uint32_t consumed; /* at most `entries` behind */
};

struct blk_response {
    uint64_t id;
    uint8_t operation;
    int16_t status; /* BLKIF_RSP_* */
};

/* `shared` are `bytes` bytes of whole pages, contiguous and zeroed. */
void blk_ring_init(struct blk_ring *ring, struct blkif_sring *shared, size_t bytes);

/* Puts a request behind the others; there must be room. blk_ring_push() shows it to the backend. */
void blk_ring_put(struct blk_ring *ring, const struct blkif_request *request);

/* True when the backend sleeps and must be told by its event channel. */
bool blk_ring_push(struct blk_ring *ring);

/*
 * Takes the next response: 1, or 0 when there is none. -XEN_EIO when the backend claims to have
 * answered more than it was asked: nothing that it says can be relied upon then.
 */
int blk_ring_take(struct blk_ring *ring, struct blk_response *ret_response);

/* Asks for an event with the next response. True when one has come already: take it first. */
bool blk_ring_ask_for_event(struct blk_ring *ring);

#endif
