/*
 * All memory regions in the order of their addresses: the page allocator's bookkeeping, without any
 * policy. What changes or searches it takes time that grows with the logarithm of their number.
 * Pure.
 */
#ifndef PVHEFI_SHIM_MEMORY_REGION_MAP_H
#define PVHEFI_SHIM_MEMORY_REGION_MAP_H

#include <stdbool.h>
#include <stdint.h>

#include "shim/memory/region_store.h"

/*
 * Not overlapping, no two neighbours that could be one. Pointers to regions are good until the next
 * change.
 */
struct region_map {
    struct tree tree;
    struct region_store *store;
};

/* For REGION_MAP_EMPTY. */
int region_compare(const void *address, const struct tree_node *node);
bool region_update(struct tree_node *node);

/* `of` is an empty struct region_store. */
#define REGION_MAP_EMPTY(of)                                                         \
    {                                                                                \
        .tree = {.compare = region_compare, .update = region_update}, .store = &(of) \
    }

/* Each change of one region needs room in the store for two more. */
#define REGION_MAP_ROOM 2u

/* The same for a change of just [start, end): no room is needed where a region has its edge. */
bool region_map_has_room_to_cut(const struct region_map *map, uint64_t start, uint64_t end);

/* The first region that ends beyond `address`; NULL when there is none. */
struct region *region_map_find(const struct region_map *map, uint64_t address);

/* NULL at the end. */
struct region *region_map_first(const struct region_map *map);
struct region *region_next(const struct region *region);

/*
 * The highest place for `bytes` in free memory at a multiple of `alignment` that ends at or below
 * `limit`; false when there is none. An alignment of more than a page may have it look at every
 * region that is large enough.
 */
bool region_map_find_free(const struct region_map *map, uint64_t bytes, uint64_t alignment,
                          uint64_t limit, uint64_t *ret_start);

/* Bytes of the largest free region. */
uint64_t region_map_largest_free(const struct region_map *map);

/* Adds a region where none is: `start`, `end`, `attributes`, `type`, `allocated`. The caller made
 * sure that there is room. */
void region_map_add(struct region_map *map, struct region region);

/*
 * Gives [start, end), which lies in one region, a new type; splits and merges as needed. The caller
 * made sure that there is room.
 */
void region_map_set(struct region_map *map, uint64_t start, uint64_t end, uint32_t type,
                    bool allocated);

#endif
