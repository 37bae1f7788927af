/*
 * A medium in the test's memory, with a count of what was asked of it, blocks that cannot be read,
 * and a moment at which it stops taking writes: the guest was destroyed.
 */
#ifndef PVHEFI_TESTS_UNIT_MEMORY_MEDIUM_H
#define PVHEFI_TESTS_UNIT_MEMORY_MEDIUM_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "shim/medium/medium.h"

#define MEMORY_MEDIUM_NO_LIMIT UINT64_MAX

struct memory_medium {
    struct medium medium;
    uint8_t *content;
    uint64_t bad_start; /* reads that touch bad_start … bad_end - 1 fail */
    uint64_t bad_end;
    uint64_t blocks_to_write; /* the next ones are lost, as is the rest of their request */
    unsigned int reads;
    unsigned int writes;
    unsigned int flushes;
    uint64_t blocks_written;
    size_t largest_read;
    const void *largest_read_buffer;
};

/* `content` stays the caller's. */
void memory_medium_init(struct memory_medium *memory, void *content, uint64_t bytes,
                        uint32_t block_bytes);

/* Forgets what was counted so far. */
void memory_medium_reset_counts(struct memory_medium *memory);

#endif
