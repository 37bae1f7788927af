/*
 * Where the descriptions of memory regions lie: one after the other without a gap, so that they
 * take as few pages as possible, and give back those that they do not need any more. Pure.
 */
#ifndef PVHEFI_SHIM_MEMORY_REGION_STORE_H
#define PVHEFI_SHIM_MEMORY_REGION_STORE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "loader/lib/tree.h"

#define REGION_STORE_PAGE_BYTES 4096u
/* A boot uses about 60; and there must be room for what the machine has before there is a page. */
#define REGION_STORE_FIRST 250u

struct region {
    struct tree_node node; /* in struct region_map */
    uint64_t start;        /* byte addresses of whole pages, `end` exclusive */
    uint64_t end;
    uint64_t attributes;   /* EFI_MEMORY_* cacheability that the memory can do */
    uint64_t largest_free; /* bytes of the largest free region here and below in the tree */
    uint32_t type;         /* EFI_MEMORY_TYPE */
    bool allocated;        /* may be freed */
};

struct region_page;

/* All zero: an empty one. */
struct region_store {
    struct region first[REGION_STORE_FIRST];
    struct region_page *last_page; /* each knows the one before it */
    size_t count;
    size_t pages;
};

/* How many more regions there is room for. */
size_t region_store_room(const struct region_store *store);

/* A place for one more, behind the others. The caller made sure that there is room. */
struct region *region_store_push(struct region_store *store);

/* The last one, which is no longer in the store; what it holds can still be read. */
struct region *region_store_pop(struct region_store *store);

/* Gives the store one more page. */
void region_store_add_page(struct region_store *store, void *page);

/* Takes the last page away and returns it, as long as room for `room` regions remains; or NULL. */
void *region_store_remove_page(struct region_store *store, size_t room);

#endif
