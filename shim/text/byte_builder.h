/*
 * Bytes that grow at their end, in EfiBootServicesData from the pool, up to a limit. Whoever fills
 * one need not look at each step: a failure sticks, and taking the result tells of it. Boot phase.
 */
#ifndef PVHEFI_SHIM_TEXT_BYTE_BUILDER_H
#define PVHEFI_SHIM_TEXT_BYTE_BUILDER_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct byte_builder {
    uint8_t *bytes; /* moves with any byte_builder_add() */
    size_t size;
    size_t capacity;
    size_t limit;
    bool failed; /* no memory, or more than `limit` */
};

#define BYTE_BUILDER(limit_bytes)      \
    {                                  \
        .limit = (size_t)(limit_bytes) \
    }

/* `bytes` more, zeroed; NULL when the builder has failed. */
uint8_t *byte_builder_add(struct byte_builder *builder, size_t bytes);

/* Forgets what was added since the size was `size`. */
void byte_builder_cut(struct byte_builder *builder, size_t size);

/* The bytes, the caller's to pool_free(); NULL when the builder has failed. It is empty then. */
void *byte_builder_take(struct byte_builder *builder);

/* Gives the memory back. */
void byte_builder_drop(struct byte_builder *builder);

#endif
