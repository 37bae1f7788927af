#include "shim/memory/page_alloc.h"

#include "shim/memory/memory_descriptors.h"
#include "shim/memory/memory_type.h"
#include "shim/memory/region_map.h"

#define PAGE_SHIFT  12
#define PAGE_BYTES  (1ull << PAGE_SHIFT)
#define FOUR_GIB    (1ull << 32)
#define ADDRESS_END (1ull << 52)

/* Enough for one change, for the next one, and for what gets the page that makes more room. */
#define ROOM_MIN (2 * REGION_MAP_ROOM + 1)
/* Giving that page back can take as much again. */
#define ROOM_MAX (ROOM_MIN + REGION_MAP_ROOM)

static struct region_store store;
static struct region_map map = REGION_MAP_EMPTY(store);
static uint64_t map_key;

static void set_range(uint64_t start, uint64_t end, uint32_t type, bool allocated)
{
    region_map_set(&map, start, end, type, allocated);
    map_key++;
}

static bool can_set_range(uint64_t start, uint64_t end)
{
    return region_map_has_room_to_cut(&map, start, end);
}

static bool region_is_free(const struct region *region)
{
    return region->type == EfiConventionalMemory;
}

/* Where `pages` pages from `start` on end; false when no CPU has such addresses. */
static bool range_end(uint64_t start, uint64_t pages, uint64_t *ret_end)
{
    if (start > ADDRESS_END || pages > (ADDRESS_END - start) >> PAGE_SHIFT)
        return false;
    *ret_end = start + (pages << PAGE_SHIFT);
    return true;
}

EFI_STATUS page_alloc_add(uint64_t start, uint64_t pages, uint32_t type, uint64_t attributes)
{
    uint64_t end;
    const struct region *region = region_map_find(&map, start);

    if (!pages || start % PAGE_BYTES || !range_end(start, pages, &end))
        return EFI_INVALID_PARAMETER;
    if (region && region->start < end)
        return EFI_INVALID_PARAMETER;
    if (!region_store_room(&store))
        return EFI_OUT_OF_RESOURCES;
    region_map_add(
        &map, (struct region){.start = start, .end = end, .attributes = attributes, .type = type});
    map_key++;
    return EFI_SUCCESS;
}

EFI_STATUS page_alloc_claim(uint64_t start, uint64_t end, uint32_t type)
{
    start &= ~(PAGE_BYTES - 1);
    end = (end + PAGE_BYTES - 1) & ~(PAGE_BYTES - 1);
    while (start < end) {
        const struct region *region = region_map_find(&map, start);
        uint64_t part_end;

        if (!region || region->start >= end)
            break;
        if (start < region->start)
            start = region->start;
        part_end = region->end < end ? region->end : end;
        if (region_is_free(region) && !can_set_range(start, part_end))
            return EFI_OUT_OF_RESOURCES;
        if (region_is_free(region))
            set_range(start, part_end, type, true);
        start = part_end;
    }
    return EFI_SUCCESS;
}

static bool find_any(uint64_t bytes, uint64_t alignment, uint64_t *ret_start)
{
    return region_map_find_free(&map, bytes, alignment, FOUR_GIB, ret_start) ||
           region_map_find_free(&map, bytes, alignment, ADDRESS_END, ret_start);
}

static bool find_at(uint64_t start, uint64_t bytes)
{
    const struct region *region = region_map_find(&map, start);

    return region && region_is_free(region) && region->start <= start &&
           region->end - start >= bytes;
}

/* When the pages for descriptions are nearly full, takes one more, from memory like any other. */
static void make_room(void)
{
    uint64_t page;

    if (region_store_room(&store) >= ROOM_MIN || !find_any(PAGE_BYTES, PAGE_BYTES, &page) ||
        !can_set_range(page, page + PAGE_BYTES))
        return;
    set_range(page, page + PAGE_BYTES, EfiBootServicesData, false);
    region_store_add_page(&store, (void *)(uintptr_t)page);
}

static void return_room(void)
{
    void *unused;

    while ((unused = region_store_remove_page(&store, ROOM_MAX)))
        set_range((uintptr_t)unused, (uintptr_t)unused + PAGE_BYTES, EfiConventionalMemory, false);
}

/* `max` is the highest address that may still belong to the range; ~0 is a usual value. */
static uint64_t limit_from_max(uint64_t max)
{
    return max >= ADDRESS_END ? ADDRESS_END : (max + 1) & ~(PAGE_BYTES - 1);
}

static EFI_STATUS find_place(EFI_ALLOCATE_TYPE how, uint64_t bytes, uint64_t *address)
{
    switch (how) {
    case AllocateAnyPages:
        return find_any(bytes, PAGE_BYTES, address) ? EFI_SUCCESS : EFI_OUT_OF_RESOURCES;
    case AllocateMaxAddress:
        return region_map_find_free(&map, bytes, PAGE_BYTES, limit_from_max(*address), address)
                   ? EFI_SUCCESS
                   : EFI_OUT_OF_RESOURCES;
    case AllocateAddress:
        return *address % PAGE_BYTES == 0 && find_at(*address, bytes) ? EFI_SUCCESS : EFI_NOT_FOUND;
    default:
        return EFI_INVALID_PARAMETER;
    }
}

/* Room is made afterwards: before, it could take the very page that is asked for. */
static EFI_STATUS take(uint64_t start, uint64_t bytes, uint32_t type, uint64_t *ret_start)
{
    if (!can_set_range(start, start + bytes))
        return EFI_OUT_OF_RESOURCES;
    set_range(start, start + bytes, type, true);
    make_room();
    return_room();
    *ret_start = start;
    return EFI_SUCCESS;
}

EFI_STATUS page_alloc(EFI_ALLOCATE_TYPE how, uint32_t type, uint64_t pages,
                      EFI_PHYSICAL_ADDRESS *address)
{
    uint64_t start;
    EFI_STATUS status;

    if (!address || !memory_type_is_allocatable(type) || (unsigned int)how >= MaxAllocateType)
        return EFI_INVALID_PARAMETER;
    if (!pages || pages >> (52 - PAGE_SHIFT))
        return how == AllocateAddress ? EFI_NOT_FOUND : EFI_OUT_OF_RESOURCES;
    start = *address;
    status = find_place(how, pages << PAGE_SHIFT, &start);
    if (status != EFI_SUCCESS)
        return status;
    return take(start, pages << PAGE_SHIFT, type, address);
}

EFI_STATUS page_alloc_aligned(uint32_t type, uint64_t pages, uint64_t alignment,
                              EFI_PHYSICAL_ADDRESS *ret_address)
{
    uint64_t start;

    if (!memory_type_is_allocatable(type) || !pages || pages >> (52 - PAGE_SHIFT))
        return EFI_INVALID_PARAMETER;
    if (!find_any(pages << PAGE_SHIFT, alignment, &start))
        return EFI_OUT_OF_RESOURCES;
    return take(start, pages << PAGE_SHIFT, type, ret_address);
}

static bool range_is_allocated(uint64_t start, uint64_t end)
{
    while (start < end) {
        const struct region *region = region_map_find(&map, start);

        if (!region || region->start > start || !region->allocated)
            return false;
        start = region->end;
    }
    return true;
}

EFI_STATUS page_free(uint64_t address, uint64_t pages)
{
    uint64_t end;

    if (address % PAGE_BYTES || !pages)
        return EFI_INVALID_PARAMETER;
    if (!range_end(address, pages, &end) || !range_is_allocated(address, end))
        return EFI_NOT_FOUND;
    /* Before: what is freed may not be writable yet. */
    make_room();
    /* Whole allocations can be freed even when there is no room, or it would stay so. */
    if (!can_set_range(address, end))
        return EFI_OUT_OF_RESOURCES;
    while (address < end) {
        uint64_t part_end = region_map_find(&map, address)->end;

        if (part_end > end)
            part_end = end;
        set_range(address, part_end, EfiConventionalMemory, false);
        address = part_end;
    }
    return_room();
    return EFI_SUCCESS;
}

EFI_STATUS page_alloc_get_map(UINTN *map_bytes, EFI_MEMORY_DESCRIPTOR *ret_map, UINTN *ret_key,
                              UINTN *ret_descriptor_bytes, UINT32 *ret_descriptor_version)
{
    size_t needed = memory_descriptors_count(&map) * MEMORY_DESCRIPTOR_BYTES;
    size_t offered;

    if (!map_bytes)
        return EFI_INVALID_PARAMETER;
    offered = *map_bytes;
    *map_bytes = needed;
    if (ret_descriptor_bytes)
        *ret_descriptor_bytes = MEMORY_DESCRIPTOR_BYTES;
    if (ret_descriptor_version)
        *ret_descriptor_version = EFI_MEMORY_DESCRIPTOR_VERSION;
    if (offered < needed)
        return EFI_BUFFER_TOO_SMALL;
    if (!ret_map || !ret_key) {
        *map_bytes = offered;
        return EFI_INVALID_PARAMETER;
    }
    memory_descriptors_write(&map, ret_map);
    *ret_key = map_key;
    return EFI_SUCCESS;
}

size_t page_alloc_get_runtime_map(void *ret_map, size_t room)
{
    return memory_descriptors_write_runtime(&map, ret_map, room);
}

uint64_t page_alloc_map_key(void)
{
    return map_key;
}

bool page_alloc_type_at(uint64_t address, uint32_t *ret_type)
{
    const struct region *region = region_map_find(&map, address);

    if (!region || region->start > address)
        return false;
    *ret_type = region->type;
    return true;
}

uint64_t page_alloc_free_pages(void)
{
    uint64_t pages = 0;

    for (const struct region *r = region_map_first(&map); r; r = region_next(r)) {
        if (region_is_free(r))
            pages += (r->end - r->start) >> PAGE_SHIFT;
    }
    return pages;
}

uint64_t page_alloc_largest_run(void)
{
    return region_map_largest_free(&map) >> PAGE_SHIFT;
}
