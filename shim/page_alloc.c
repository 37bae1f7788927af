#include "shim/page_alloc.h"

#include "shim/memory_descriptors.h"
#include "shim/memory_type.h"
#include "shim/region_list.h"

#define PAGE_SHIFT  12
#define PAGE_BYTES  (1ull << PAGE_SHIFT)
#define FOUR_GIB    (1ull << 32)
#define ADDRESS_END (1ull << 52)

static struct region_list list;
static uint64_t map_key;

static void set_range(uint64_t start, uint64_t end, uint32_t type, bool allocated)
{
    region_list_set(&list, start, end, type, allocated);
    map_key++;
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
    size_t index = region_list_index(&list, start);

    if (!pages || start % PAGE_BYTES || !range_end(start, pages, &end))
        return EFI_INVALID_PARAMETER;
    if (index < list.count && list.at[index].start < end)
        return EFI_INVALID_PARAMETER;
    if (!region_list_has_room(&list))
        return EFI_OUT_OF_RESOURCES;
    region_list_add(
        &list, (struct region){.start = start, .end = end, .attributes = attributes, .type = type});
    map_key++;
    return EFI_SUCCESS;
}

EFI_STATUS page_alloc_claim(uint64_t start, uint64_t end, uint32_t type)
{
    start &= ~(PAGE_BYTES - 1);
    end = (end + PAGE_BYTES - 1) & ~(PAGE_BYTES - 1);
    while (start < end) {
        size_t index = region_list_index(&list, start);
        struct region region;

        if (index == list.count || list.at[index].start >= end)
            break;
        region = list.at[index];
        if (region.start < start)
            region.start = start;
        if (region.end > end)
            region.end = end;
        if (!region_list_has_room(&list))
            return EFI_OUT_OF_RESOURCES;
        if (region_is_free(&region))
            set_range(region.start, region.end, type, true);
        start = region.end;
    }
    return EFI_SUCCESS;
}

/* The highest place for `bytes` at a multiple of `alignment` that ends at or below `limit`. */
static bool find_highest(uint64_t bytes, uint64_t alignment, uint64_t limit, uint64_t *ret_start)
{
    for (size_t i = list.count; i-- > 0;) {
        const struct region *region = &list.at[i];
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
    size_t index = region_list_index(&list, start);

    return index < list.count && region_is_free(&list.at[index]) && list.at[index].start <= start &&
           list.at[index].end - start >= bytes;
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
        return *address % PAGE_BYTES == 0 && find_at(*address, bytes) ? EFI_SUCCESS : EFI_NOT_FOUND;
    default:
        return EFI_INVALID_PARAMETER;
    }
}

EFI_STATUS page_alloc(EFI_ALLOCATE_TYPE how, uint32_t type, uint64_t pages,
                      EFI_PHYSICAL_ADDRESS *address)
{
    uint64_t start;
    EFI_STATUS status;

    if (!address || !memory_type_is_allocatable(type) || (unsigned int)how >= MaxAllocateType)
        return EFI_INVALID_PARAMETER;
    if (!pages || pages >> (52 - PAGE_SHIFT) || !region_list_has_room(&list))
        return how == AllocateAddress ? EFI_NOT_FOUND : EFI_OUT_OF_RESOURCES;
    start = *address;
    status = find_place(how, pages << PAGE_SHIFT, &start);
    if (status != EFI_SUCCESS)
        return status;
    set_range(start, start + (pages << PAGE_SHIFT), type, true);
    *address = start;
    return EFI_SUCCESS;
}

EFI_STATUS page_alloc_aligned(uint32_t type, uint64_t pages, uint64_t alignment,
                              EFI_PHYSICAL_ADDRESS *ret_address)
{
    uint64_t start;

    if (!memory_type_is_allocatable(type) || !pages || pages >> (52 - PAGE_SHIFT))
        return EFI_INVALID_PARAMETER;
    if (!region_list_has_room(&list) || !find_any(pages << PAGE_SHIFT, alignment, &start))
        return EFI_OUT_OF_RESOURCES;
    set_range(start, start + (pages << PAGE_SHIFT), type, true);
    *ret_address = start;
    return EFI_SUCCESS;
}

static bool range_is_allocated(uint64_t start, uint64_t end)
{
    while (start < end) {
        size_t index = region_list_index(&list, start);

        if (index == list.count || list.at[index].start > start || !list.at[index].allocated)
            return false;
        start = list.at[index].end;
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
    /* Whole allocations can be freed even when the list is full, or it would stay so. */
    if (!region_list_has_room_to_cut(&list, address, end))
        return EFI_OUT_OF_RESOURCES;
    while (address < end) {
        uint64_t part_end = list.at[region_list_index(&list, address)].end;

        if (part_end > end)
            part_end = end;
        set_range(address, part_end, EfiConventionalMemory, false);
        address = part_end;
    }
    return EFI_SUCCESS;
}

EFI_STATUS page_alloc_get_map(UINTN *map_bytes, EFI_MEMORY_DESCRIPTOR *map, UINTN *ret_key,
                              UINTN *ret_descriptor_bytes, UINT32 *ret_descriptor_version)
{
    size_t needed = memory_descriptors_count(&list) * MEMORY_DESCRIPTOR_BYTES;
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
    if (!map || !ret_key) {
        *map_bytes = offered;
        return EFI_INVALID_PARAMETER;
    }
    memory_descriptors_write(&list, map);
    *ret_key = map_key;
    return EFI_SUCCESS;
}

uint64_t page_alloc_map_key(void)
{
    return map_key;
}

bool page_alloc_type_at(uint64_t address, uint32_t *ret_type)
{
    size_t index = region_list_index(&list, address);

    if (index == list.count || list.at[index].start > address)
        return false;
    *ret_type = list.at[index].type;
    return true;
}

uint64_t page_alloc_free_pages(void)
{
    uint64_t pages = 0;

    for (size_t i = 0; i < list.count; i++) {
        if (region_is_free(&list.at[i]))
            pages += (list.at[i].end - list.at[i].start) >> PAGE_SHIFT;
    }
    return pages;
}

uint64_t page_alloc_largest_run(void)
{
    uint64_t largest = 0;

    for (size_t i = 0; i < list.count; i++) {
        uint64_t pages = (list.at[i].end - list.at[i].start) >> PAGE_SHIFT;

        if (region_is_free(&list.at[i]) && pages > largest)
            largest = pages;
    }
    return largest;
}
