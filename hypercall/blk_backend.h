/*
 * What a PV block backend says of itself and of its disk in xenstore
 * (xen/include/public/io/blkif.h, "Backend XenBus Nodes"). Boot phase; errors as in
 * hypercall/xenbus.h, and -XEN_EINVAL for a disk that makes no sense, with a log_err line.
 */
#ifndef PVHEFI_HYPERCALL_BLK_BACKEND_H
#define PVHEFI_HYPERCALL_BLK_BACKEND_H

#include <stdbool.h>
#include <stdint.h>

/* What is known as soon as the backend waits for a front end. */
struct blk_offer {
    unsigned int ring_order;   /* log2 of the pages that its ring may have */
    unsigned int max_segments; /* of a request; above BLKIF_MAX_SEGMENTS_PER_REQUEST: indirect */
};

/* What is known when it is connected. */
struct blk_medium {
    uint64_t sectors; /* of sector_bytes; 0: a drive without a medium */
    uint32_t sector_bytes;
    uint32_t physical_sector_bytes;
    bool is_read_only;
    bool is_removable;
    bool can_flush;
    bool can_barrier;
};

/* `dir` is the backend's directory. */
int blk_backend_read_offer(const char *dir, struct blk_offer *ret_offer);
int blk_backend_read_medium(const char *dir, struct blk_medium *ret_medium);

#endif
