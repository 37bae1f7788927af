#include "shim/memory/memory_descriptors.h"

#include "loader/lib/string.h"
#include "shim/memory/memory_type.h"

#define PAGE_SHIFT 12

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

static bool continue_alike(const struct region *a, const struct region *b)
{
    return a->end == b->start && a->type == b->type && a->attributes == b->attributes;
}

/* The one that begins with *region, which then is the first one of the next, NULL at the end. */
static EFI_MEMORY_DESCRIPTOR take_descriptor(const struct region **region)
{
    const struct region *last = *region;
    EFI_MEMORY_DESCRIPTOR descriptor = describe(last);
    const struct region *next;

    while ((next = region_next(last)) && continue_alike(last, next)) {
        descriptor.NumberOfPages += (next->end - next->start) >> PAGE_SHIFT;
        last = next;
    }
    *region = next;
    return descriptor;
}

static void write_at(uint8_t *map, size_t index, EFI_MEMORY_DESCRIPTOR descriptor)
{
    uint8_t *place = map + index * MEMORY_DESCRIPTOR_BYTES;

    memset(place, 0, MEMORY_DESCRIPTOR_BYTES);
    memcpy(place, &descriptor, sizeof(descriptor));
}

size_t memory_descriptors_count(const struct region_map *map)
{
    size_t count = 0;

    for (const struct region *region = region_map_first(map); region; count++)
        take_descriptor(&region);
    return count;
}

void memory_descriptors_write(const struct region_map *map, void *ret_map)
{
    size_t count = 0;

    for (const struct region *region = region_map_first(map); region; count++)
        write_at(ret_map, count, take_descriptor(&region));
}

size_t memory_descriptors_write_runtime(const struct region_map *map, void *ret_map, size_t room)
{
    const struct region *region = region_map_first(map);
    size_t count = 0;

    while (region) {
        EFI_MEMORY_DESCRIPTOR descriptor = take_descriptor(&region);

        if (!(descriptor.Attribute & EFI_MEMORY_RUNTIME))
            continue;
        if (count < room)
            write_at(ret_map, count, descriptor);
        count++;
    }
    return count;
}
