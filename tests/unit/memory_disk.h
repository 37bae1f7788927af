/*
 * A block device whose blocks lie in memory, for tests of what stands on one. It can answer late,
 * fail, and tell what it was asked.
 */
#ifndef PVHEFI_TESTS_UNIT_MEMORY_DISK_H
#define PVHEFI_TESTS_UNIT_MEMORY_DISK_H

#include <stdbool.h>
#include <stdint.h>

#include "shim/block/block_device.h"

#define MEMORY_DISK_BYTES    (256u << 10)
#define MEMORY_DISK_MEDIA_ID 7u
#define MEMORY_DISK_IO_ALIGN 16u

struct memory_disk {
    struct block_device device;
    struct list waiting;
    bool is_late;          /* requests wait until memory_disk_answer(), or until somebody waits */
    EFI_STATUS error;      /* not EFI_SUCCESS: what becomes of requests */
    uint64_t bad_lba;      /* the same for this block alone; UINT64_MAX: none */
    unsigned int requests; /* seen so far */
    unsigned int flushes;
    size_t largest_bytes;
    char content[MEMORY_DISK_BYTES]; /* each byte differs from its neighbours and from block to
                                        block */
};

/* A new disk in place of the old one, with blocks of `block_bytes`. */
struct memory_disk *memory_disk_new(uint32_t block_bytes);

/* What is on a new disk at `offset`. */
char memory_disk_byte(uint64_t offset);

/* A window of `blocks` blocks on the disk. */
struct block_device *memory_disk_partition(struct memory_disk *disk, uint64_t first_lba,
                                           uint64_t blocks);

/* Completes what waits: at most `count` requests, the oldest first. */
void memory_disk_answer(struct memory_disk *disk, unsigned int count);

#endif
