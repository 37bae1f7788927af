/*
 * The pages of the pool: each holds slots of one size, for one memory type and one kind of objects,
 * or is the first one of a run that is one buffer. Boot phase.
 */
#ifndef PVHEFI_SHIM_MEMORY_POOL_PAGE_H
#define PVHEFI_SHIM_MEMORY_POOL_PAGE_H

#include <stddef.h>
#include <stdint.h>

#include "shim/memory/pool.h"

#define POOL_ALIGNMENT 16u
#define POOL_SLOT_MIN  32u
#define POOL_SLOT_MAX  1024u

/* What a page is for. */
struct pool_purpose {
    uint32_t type;
    uint16_t kind;       /* enum pool_kind */
    uint16_t slot_bytes; /* a multiple of POOL_ALIGNMENT; 0: the whole run is one buffer */
};

struct pool_page;

/* A free slot, in the page with the lowest address that has one. NULL when memory is out. */
void *pool_slot_new(struct pool_purpose purpose);

/* A buffer in pages of its own. NULL when memory is out. */
void *pool_run_new(uint32_t type, size_t bytes);

/*
 * The page in which `buffer`, any address, was given out for objects of `kind` and not yet freed;
 * NULL when it was not.
 */
struct pool_page *pool_page_of(const void *buffer, enum pool_kind kind);

/* Frees the slot or run at `buffer`, which lies in `page` as pool_page_of() says. */
void pool_page_free(struct pool_page *page, const void *buffer);

#endif
