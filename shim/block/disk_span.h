/*
 * A range of bytes on a disk as what a disk can move: whole blocks, and parts of the blocks at the
 * two ends. Pure.
 */
#ifndef PVHEFI_SHIM_BLOCK_DISK_SPAN_H
#define PVHEFI_SHIM_BLOCK_DISK_SPAN_H

#include <stddef.h>
#include <stdint.h>

enum {
    DISK_SPAN_HEAD,
    DISK_SPAN_MIDDLE,
    DISK_SPAN_TAIL,
    DISK_SPAN_PIECES
};

struct disk_piece {
    uint64_t lba;
    uint32_t offset; /* in the block, of a head */
    size_t bytes;    /* 0: there is no such piece; less than a block in head and tail */
};

/* The pieces follow each other on the disk; bytes within a single block are a head alone. */
struct disk_span {
    struct disk_piece piece[DISK_SPAN_PIECES];
};

/* offset + bytes must not wrap, `block_bytes` not be 0. */
struct disk_span disk_span(uint64_t offset, size_t bytes, uint32_t block_bytes);

#endif
