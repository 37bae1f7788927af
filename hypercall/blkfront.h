/*
 * The front end of one PV disk ("vbd"): a ring of requests to a backend in another domain
 * (xen/include/public/io/blkif.h). Boot phase; errors as in hypercall/xenbus.h.
 *
 * Data goes by grant straight from and to the caller's pages when it is aligned to the disk's
 * sectors, else through pages of this file's own. Several requests are in flight at a time.
 */
#ifndef PVHEFI_HYPERCALL_BLKFRONT_H
#define PVHEFI_HYPERCALL_BLKFRONT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "hypercall/blk_backend.h"
#include "hypercall/blk_ring.h"
#include "hypercall/evtchn.h"
#include "hypercall/xenbus.h"

#define BLKFRONT_RING_ORDER_MAX 1u
#define BLKFRONT_RING_PAGES_MAX (1u << BLKFRONT_RING_ORDER_MAX)
#define BLKFRONT_SLOTS_MAX      64u

enum blkfront_operation {
    BLKFRONT_READ,
    BLKFRONT_WRITE,
    BLKFRONT_FLUSH
};

/* A request that the backend has: blkfront_io.c's. */
struct blkfront_slot {
    bool is_busy;
    bool is_bounced;
    uint8_t operation; /* BLKIF_OP_* as the response must name it */
    void *buffer;      /* the caller's */
    size_t bytes;
    void *cookie;
    unsigned int segments;
    grant_ref_t *refs;                      /* of the segments' pages */
    void *bounce;                           /* BLKFRONT_BOUNCE_BYTES, NULL until it is needed */
    struct blkif_request_segment *indirect; /* a page, NULL until it is needed */
    grant_ref_t indirect_ref;
};

struct blkfront {
    struct xenbus_device bus;
    uint32_t vdev; /* as in docs/man/xen-vbd-interface(7) */
    struct blk_offer offer;
    struct blk_medium medium;

    struct blk_ring ring;
    unsigned int ring_order;
    grant_ref_t ring_refs[BLKFRONT_RING_PAGES_MAX];
    unsigned int ring_refs_granted;
    evtchn_port_t port; /* 0: none */
    int error;          /* not 0: no request is started any more, for this reason */

    unsigned int slots;
    unsigned int max_segments;
    struct blkfront_slot *slot;
    grant_ref_t *refs;      /* of all slots */
    unsigned int in_flight; /* requests */
    uint64_t last_progress_ns;

    /* The caller's, set before the first request: told the end of each. */
    void (*done)(struct blkfront *front, void *cookie, int result);
};

/* Finds device/vbd/<name>; *front stays where it is until the end. Nothing is connected yet. */
int blkfront_open(struct blkfront *front, const char *name);

/*
 * Two steps, so that several backends come up at the same time: the first offers the ring, the
 * second waits for the backend, until tsc_now_ns() is `deadline_ns`. Afterwards `medium` is known.
 * -XEN_ETIMEDOUT, -XEN_ENODEV when the backend goes, -XEN_ENOMEM. After an error blkfront_close()
 * takes back what was done.
 */
int blkfront_offer(struct blkfront *front, uint64_t deadline_ns);
int blkfront_connect(struct blkfront *front, uint64_t deadline_ns);

/*
 * Starts a request from `sector`, in units of 512 bytes; both that and `bytes` are multiples of the
 * medium's sectors. Returns how many bytes were started, perhaps fewer than asked; 0 when so many
 * requests are in flight that the caller must wait; a negative Xen errno when it would wait for
 * ever: -XEN_ENODEV after the backend is gone, -XEN_ENOMEM. Then blkfront_push() shows what was
 * started to the backend.
 */
long blkfront_start(struct blkfront *front, enum blkfront_operation operation, uint64_t sector,
                    void *buffer, size_t bytes, void *cookie);

/* The same for a flush: 1 when it was started, 0 to wait, -XEN_EOPNOTSUPP: there is no need. */
int blkfront_start_flush(struct blkfront *front, void *cookie);

void blkfront_push(struct blkfront *front);

/*
 * Tells `done` of what has ended: 0, -XEN_EIO, -XEN_EOPNOTSUPP (a flush), -XEN_ENODEV. A backend
 * that goes or does not answer for half a minute ends everything that is in flight.
 */
void blkfront_poll(struct blkfront *front);

/* Sleeps until there may be something to poll, at most until tsc_now_ns() is `deadline_ns`. */
void blkfront_wait(struct blkfront *front, uint64_t deadline_ns);

/*
 * False when the backend serves no longer: call blkfront_detach() then, when nothing is in flight.
 * Cheap: asks xenstore only when something has changed.
 */
bool blkfront_check(struct blkfront *front);

/*
 * Lets go of a backend that is taken away: what is in flight ends, grants are ended, the event
 * channel is closed. Nothing is freed.
 */
void blkfront_detach(struct blkfront *front);

/*
 * The same, and leaves the device as new for the OS. Nothing is freed: the memory map must not
 * change any more. Warns when the backend does not follow. Also for one that never connected.
 */
void blkfront_close(struct blkfront *front);

#endif
