#include "shim/page_alloc.h"

#include "loader/lib/string.h"
#include "shim/memory_type.h"

#define PAGE_SHIFT   12
#define PAGE_BYTES   (1ull << PAGE_SHIFT)
#define FOUR_GIB     (1ull << 32)
#define ADDRESS_END  (1ull << 52)

/*
 * Each change needs two more at most. A real boot uses about 60; a client that fragments memory beyond
 * this is told EFI_OUT_OF_RESOURCES.
 */
#define REGIONS_MAX 2048u

/* Clients must use the descriptor size that GetMemoryMap returns: make it differ from sizeof. */
#define DESCRIPTOR_BYTES (sizeof(EFI_MEMORY_DESCRIPTOR) + 8)

struct region {
    uint64_t start; /* byte addresses of whole pages, `end` exclusive */
    uint64_t end;
    uint64_t attributes;
    uint32_t type;
    bool allocated; /* may be freed */
};

/* Sorted, not overlapping, no two neighbours that could be one. */
static struct region regions[REGIONS_MAX];
static size_t region_count;
static uint64_t map_key;

static bool room_for_change(void)
{
    return region_count + 2 <= REGIONS_MAX;
}

/* Index of the first region that ends beyond `address`. */
static size_t region_index(uint64_t address)
{
    size_t low = 0;
    size_t high = region_count;

    while (low < high) {
        size_t middle = low + (high - low) / 2;

        if (regions[middle].end <= address)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

static void region_insert(size_t index, struct region region)
{
    memmove(&regions[index + 1], &regions[index], (region_count - index) * sizeof(region));
    regions[index] = region;
    region_count++;
}

static void region_remove(size_t index)
{
    region_count--;
    memmove(&regions[index], &regions[index + 1], (region_count - index) * sizeof(regions[0]));
}

static bool regions_are_alike(const struct region *a, const struct region *b)
{
    return a->end == b->start && a->type == b->type && a->attributes == b->attributes &&
           a->allocated == b->allocated;
}

/* Makes `index` one with its neighbours where possible. */
static void region_merge(size_t index)
{
    if (index + 1 < region_count && regions_are_alike(&regions[index], &regions[index + 1])) {
        regions[index].end = regions[index + 1].end;
        region_remove(index + 1);
    }
    if (index > 0 && regions_are_alike(&regions[index - 1], &regions[index])) {
        regions[index - 1].end = regions[index].end;
        region_remove(index);
    }
}

/* Cuts the region at `address`, if that lies inside one. */
static void region_split(uint64_t address)
{
    size_t index = region_index(address);

    if (index == region_count || regions[index].start >= address)
        return;
    region_insert(index + 1, regions[index]);
    regions[index].end = address;
    regions[index + 1].start = address;
}

/* Gives [start, end), which lies in one region, a new type. There is room for it. */
static void region_set(uint64_t start, uint64_t end, uint32_t type, bool allocated)
{
    size_t index;

    region_split(start);
    region_split(end);
    index = region_index(start);
    regions[index].type = type;
    regions[index].allocated = allocated;
    region_merge(index);
    map_key++;
}

static bool region_is_free(const struct region *region)
{
    return region->type == EfiConventionalMemory;
}

EFI_STATUS page_alloc_add(uint64_t start, uint64_t pages, uint32_t type, uint64_t attributes)
{
    uint64_t end = start + (pages << PAGE_SHIFT);
    size_t index = region_index(start);

    if (!pages || start % PAGE_BYTES || pages >> (52 - PAGE_SHIFT) || end > ADDRESS_END)
        return EFI_INVALID_PARAMETER;
    if (index < region_count && regions[index].start < end)
        return EFI_INVALID_PARAMETER;
    if (!room_for_change())
        return EFI_OUT_OF_RESOURCES;
    region_insert(index, (struct region){.start = start,
                                         .end = end,
                                         .attributes = attributes,
                                         .type = type});
    region_merge(index);
    map_key++;
    return EFI_SUCCESS;
}

EFI_STATUS page_alloc_claim(uint64_t start, uint64_t end, uint32_t type)
{
    start &= ~(PAGE_BYTES - 1);
    end = (end + PAGE_BYTES - 1) & ~(PAGE_BYTES - 1);
    while (start < end) {
        size_t index = region_index(start);
        struct region region;

        if (index == region_count || regions[index].start >= end)
            break;
        region = regions[index];
        if (region.start < start)
            region.start = start;
        if (region.end > end)
            region.end = end;
        if (!room_for_change())
            return EFI_OUT_OF_RESOURCES;
        if (region_is_free(&region))
            region_set(region.start, region.end, type, true);
        start = region.end;
    }
    return EFI_SUCCESS;
}

/* The highest place for `bytes` at a multiple of `alignment` that ends at or below `limit`. */
static bool find_highest(uint64_t bytes, uint64_t alignment, uint64_t limit, uint64_t *ret_start)
{
    for (size_t i = region_count; i-- > 0;) {
        const struct region *region = &regions[i];
        uint64_t end = region->end < limit ? region->end : limit;
        uint64_t start;

        if (!region_is_free(region) || end < region->start || end - region->start < bytes)
            continue;
        start = (end - bytes) & ~(alignment - 1);
        if (start >= region->start) {
            *ret_start = start;
            return true;
        }
    }
    return false;
}

static bool find_any(uint64_t bytes, uint64_t alignment, uint64_t *ret_start)
{
    return find_highest(bytes, alignment, FOUR_GIB, ret_start) ||
           find_highest(bytes, alignment, ADDRESS_END, ret_start);
}

static bool find_at(uint64_t start, uint64_t bytes)
{
    size_t index = region_index(start);

    return index < region_count && region_is_free(&regions[index]) &&
           regions[index].start <= start && regions[index].end - start >= bytes;
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
        return find_highest(bytes, PAGE_BYTES, limit_from_max(*address), address)
                   ? EFI_SUCCESS
                   : EFI_OUT_OF_RESOURCES;
    case AllocateAddress:
        if (*address % PAGE_BYTES)
            return EFI_INVALID_PARAMETER;
        return find_at(*address, bytes) ? EFI_SUCCESS : EFI_NOT_FOUND;
    default:
        return EFI_INVALID_PARAMETER;
    }
}

EFI_STATUS page_alloc(EFI_ALLOCATE_TYPE how, uint32_t type, uint64_t pages,
                      EFI_PHYSICAL_ADDRESS *address)
{
    uint64_t start;
    EFI_STATUS status;

    if (!address || !memory_type_is_allocatable(type) || (unsigned int) how >= MaxAllocateType)
        return EFI_INVALID_PARAMETER;
    if (!pages || pages >> (52 - PAGE_SHIFT) || !room_for_change())
        return how == AllocateAddress ? EFI_NOT_FOUND : EFI_OUT_OF_RESOURCES;
    start = *address;
    status = find_place(how, pages << PAGE_SHIFT, &start);
    if (status != EFI_SUCCESS)
        return status;
    region_set(start, start + (pages << PAGE_SHIFT), type, true);
    *address = start;
    return EFI_SUCCESS;
}

EFI_STATUS page_alloc_aligned(uint32_t type, uint64_t pages, uint64_t alignment,
                              EFI_PHYSICAL_ADDRESS *ret_address)
{
    uint64_t start;

    if (!memory_type_is_allocatable(type) || !pages || pages >> (52 - PAGE_SHIFT))
        return EFI_INVALID_PARAMETER;
    if (!room_for_change() || !find_any(pages << PAGE_SHIFT, alignment, &start))
        return EFI_OUT_OF_RESOURCES;
    region_set(start, start + (pages << PAGE_SHIFT), type, true);
    *ret_address = start;
    return EFI_SUCCESS;
}

static bool range_is_allocated(uint64_t start, uint64_t end)
{
    while (start < end) {
        size_t index = region_index(start);

        if (index == region_count || regions[index].start > start || !regions[index].allocated)
            return false;
        start = regions[index].end;
    }
    return true;
}

EFI_STATUS page_free(uint64_t address, uint64_t pages)
{
    uint64_t end = address + (pages << PAGE_SHIFT);

    if (address % PAGE_BYTES || !pages)
        return EFI_INVALID_PARAMETER;
    if (pages >> (52 - PAGE_SHIFT) || end > ADDRESS_END || !range_is_allocated(address, end))
        return EFI_NOT_FOUND;
    if (!room_for_change())
        return EFI_OUT_OF_RESOURCES;
    while (address < end) {
        uint64_t part_end = regions[region_index(address)].end;

        if (part_end > end)
            part_end = end;
        region_set(address, part_end, EfiConventionalMemory, false);
        address = part_end;
    }
    return EFI_SUCCESS;
}

static EFI_MEMORY_DESCRIPTOR describe(const struct region *region)
{
    return (EFI_MEMORY_DESCRIPTOR){
        .Type = region->type,
        .PhysicalStart = region->start,
        .NumberOfPages = (region->end - region->start) >> PAGE_SHIFT,
        .Attribute =
            region->attributes | (memory_type_is_runtime(region->type) ? EFI_MEMORY_RUNTIME : 0),
    };
}

/* Whether a region is free to the client or given by the firmware does not show in the map. */
static bool show_as_one(const struct region *a, const struct region *b)
{
    return a->end == b->start && a->type == b->type && a->attributes == b->attributes;
}

static size_t descriptor_count(void)
{
    size_t count = 0;

    for (size_t i = 0; i < region_count; i++)
        count += i == 0 || !show_as_one(&regions[i - 1], &regions[i]);
    return count;
}

static void write_map(uint8_t *map)
{
    EFI_MEMORY_DESCRIPTOR descriptor = {0};

    map -= DESCRIPTOR_BYTES;
    for (size_t i = 0; i < region_count; i++) {
        if (i > 0 && show_as_one(&regions[i - 1], &regions[i])) {
            descriptor.NumberOfPages += (regions[i].end - regions[i].start) >> PAGE_SHIFT;
        } else {
            descriptor = describe(&regions[i]);
            map += DESCRIPTOR_BYTES;
            memset(map + sizeof(descriptor), 0, DESCRIPTOR_BYTES - sizeof(descriptor));
        }
        memcpy(map, &descriptor, sizeof(descriptor));
    }
}

EFI_STATUS page_alloc_get_map(UINTN *map_bytes, EFI_MEMORY_DESCRIPTOR *map, UINTN *ret_key,
                              UINTN *ret_descriptor_bytes, UINT32 *ret_descriptor_version)
{
    size_t needed = descriptor_count() * DESCRIPTOR_BYTES;
    size_t offered;

    if (!map_bytes)
        return EFI_INVALID_PARAMETER;
    offered = *map_bytes;
    *map_bytes = needed;
    if (ret_descriptor_bytes)
        *ret_descriptor_bytes = DESCRIPTOR_BYTES;
    if (ret_descriptor_version)
        *ret_descriptor_version = EFI_MEMORY_DESCRIPTOR_VERSION;
    if (offered < needed)
        return EFI_BUFFER_TOO_SMALL;
    if (!map || !ret_key) {
        *map_bytes = offered;
        return EFI_INVALID_PARAMETER;
    }
    write_map((uint8_t *) map);
    *ret_key = map_key;
    return EFI_SUCCESS;
}

uint64_t page_alloc_map_key(void)
{
    return map_key;
}

bool page_alloc_type_at(uint64_t address, uint32_t *ret_type)
{
    size_t index = region_index(address);

    if (index == region_count || regions[index].start > address)
        return false;
    *ret_type = regions[index].type;
    return true;
}

uint64_t page_alloc_free_pages(void)
{
    uint64_t pages = 0;

    for (size_t i = 0; i < region_count; i++) {
        if (region_is_free(&regions[i]))
            pages += (regions[i].end - regions[i].start) >> PAGE_SHIFT;
    }
    return pages;
}

uint64_t page_alloc_largest_run(void)
{
    uint64_t largest = 0;

    for (size_t i = 0; i < region_count; i++) {
        uint64_t pages = (regions[i].end - regions[i].start) >> PAGE_SHIFT;

        if (region_is_free(&regions[i]) && pages > largest)
            largest = pages;
    }
    return largest;
}
