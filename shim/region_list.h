/*
 * A sorted list of memory regions: the page allocator's bookkeeping, without any policy. Pure.
 */
#ifndef PVHEFI_SHIM_REGION_LIST_H
#define PVHEFI_SHIM_REGION_LIST_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/*
 * A real boot uses about 60; a client that fragments memory beyond this is told
 * EFI_OUT_OF_RESOURCES.
 */
#define REGIONS_MAX 2048u

struct region {
    uint64_t start; /* byte addresses of whole pages, `end` exclusive */
    uint64_t end;
    uint64_t attributes; /* EFI_MEMORY_* cacheability that the memory can do */
    uint32_t type;       /* EFI_MEMORY_TYPE */
    bool allocated;      /* may be freed */
};

/* Sorted, not overlapping, no two neighbours that could be one. */
struct region_list {
    struct region at[REGIONS_MAX];
    size_t count;
};

/* Each change of one region needs room for two more. */
bool region_list_has_room(const struct region_list *list);

/* The same for a change of just [start, end): no room is needed where a region has its edge. */
bool region_list_has_room_to_cut(const struct region_list *list, uint64_t start, uint64_t end);

/* Index of the first region that ends beyond `address`; `count` when there is none. */
size_t region_list_index(const struct region_list *list, uint64_t address);

/* Adds a region where none is. The caller made sure that there is room. */
void region_list_add(struct region_list *list, struct region region);

/*
 * Gives [start, end), which lies in one region, a new type; splits and merges as needed. The caller
 * made sure that there is room.
 */
void region_list_set(struct region_list *list, uint64_t start, uint64_t end, uint32_t type,
                     bool allocated);

#endif
