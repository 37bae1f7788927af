/*
 * Requests to a PV block backend as they lie in the ring (xen/include/public/io/blkif.h): a range
 * of memory becomes segments, each a part of one page. Pure; boot phase.
 */
#ifndef PVHEFI_HYPERCALL_BLK_REQUEST_H
#define PVHEFI_HYPERCALL_BLK_REQUEST_H

#include <stddef.h>
#include <stdint.h>

#include <xen/io/blkif.h>
#include <xen/xen.h>

/* Sectors are 512 bytes in all of the protocol, whatever the disk's own sectors are. */
#define BLK_SECTOR_BYTES 512u

/* Segments that a page of them holds, for an indirect request. */
#define BLK_SEGMENTS_PER_PAGE (4096u / sizeof(struct blkif_request_segment))

/* Both are multiples of a sector. */
struct blk_range {
    uint64_t address;
    size_t bytes;
};

/* Pages that the range touches: as many segments it needs. */
unsigned int blk_request_segments(struct blk_range range);

/* At most `bytes` bytes from `address`, as many as `segments` segments hold. */
size_t blk_request_fit(uint64_t address, size_t bytes, unsigned int segments);

/* Segment `i` of the range; its page was granted as `ref`. */
struct blkif_request_segment blk_request_segment(struct blk_range range, unsigned int i,
                                                 grant_ref_t ref);

struct blk_command {
    uint8_t operation; /* BLKIF_OP_READ, BLKIF_OP_WRITE, BLKIF_OP_FLUSH_DISKCACHE, … */
    uint16_t vdev;
    uint64_t id;
    uint64_t sector;
};

/* `segments` up to BLKIF_MAX_SEGMENTS_PER_REQUEST, 0 for a flush; seg[] is for the caller to fill.
 */
struct blkif_request blk_request_direct(const struct blk_command *command, unsigned int segments);

/*
 * The segments lie in a page of their own that was granted as `ref`; at most BLK_SEGMENTS_PER_PAGE.
 */
struct blkif_request blk_request_indirect(const struct blk_command *command, unsigned int segments,
                                          grant_ref_t ref);

#endif
