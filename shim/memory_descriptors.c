#include "shim/memory_descriptors.h"

#include "loader/lib/string.h"
#include "shim/memory_type.h"

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

static bool continues_descriptor(const struct region_list *list, size_t index)
{
    const struct region *b = &list->at[index];
    const struct region *a = index > 0 ? b - 1 : NULL;

    return a && a->end == b->start && a->type == b->type && a->attributes == b->attributes;
}

size_t memory_descriptors_count(const struct region_list *list)
{
    size_t count = 0;

    for (size_t i = 0; i < list->count; i++)
        count += !continues_descriptor(list, i);
    return count;
}

void memory_descriptors_write(const struct region_list *list, void *ret_map)
{
    uint8_t *next = ret_map;
    EFI_MEMORY_DESCRIPTOR descriptor = {0};

    for (size_t i = 0; i < list->count; i++) {
        const struct region *region = &list->at[i];

        if (continues_descriptor(list, i)) {
            descriptor.NumberOfPages += (region->end - region->start) >> PAGE_SHIFT;
            next -= MEMORY_DESCRIPTOR_BYTES;
        } else {
            descriptor = describe(region);
        }
        memset(next, 0, MEMORY_DESCRIPTOR_BYTES);
        memcpy(next, &descriptor, sizeof(descriptor));
        next += MEMORY_DESCRIPTOR_BYTES;
    }
}
