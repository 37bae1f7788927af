#include "tables/memory_attributes.h"

#include <stdbool.h>

#include "loader/lib/string.h"
#include "shim/memory/memory_type.h"

#define TABLE_VERSION 1
#define PAGE_SHIFT    12

struct builder {
    EFI_MEMORY_DESCRIPTOR *entries;
    uint32_t count;
    size_t capacity;
    bool overflow;
};

static void add(struct builder *builder, uint32_t type, uint64_t start, uint64_t end,
                uint64_t attributes)
{
    if (start == end)
        return;
    if (builder->count == builder->capacity) {
        builder->overflow = true;
        return;
    }
    builder->entries[builder->count++] = (EFI_MEMORY_DESCRIPTOR){
        .Type = type,
        .PhysicalStart = start,
        .NumberOfPages = (end - start) >> PAGE_SHIFT,
        .Attribute = attributes | EFI_MEMORY_RUNTIME,
    };
}

/* Code of drivers that clients loaded: what may be protected is theirs to know. */
static void add_region(struct builder *builder, const EFI_MEMORY_DESCRIPTOR *region,
                       const struct runtime_layout *layout)
{
    uint64_t start = region->PhysicalStart;
    uint64_t end = start + (region->NumberOfPages << PAGE_SHIFT);

    if (region->Type == EfiRuntimeServicesData) {
        add(builder, region->Type, start, end, EFI_MEMORY_XP);
        return;
    }
    if (layout->start < start || layout->end > end) {
        add(builder, region->Type, start, end, 0);
        return;
    }
    add(builder, region->Type, start, layout->start, 0);
    add(builder, region->Type, layout->start, layout->text_end, MEMORY_ATTRIBUTE_RO);
    add(builder, region->Type, layout->text_end, layout->end, EFI_MEMORY_XP);
    add(builder, region->Type, layout->end, end, 0);
}

EFI_STATUS memory_attributes_build(const void *map, size_t map_bytes, size_t descriptor_bytes,
                                   const struct runtime_layout *layout,
                                   struct memory_attributes_table *ret_table,
                                   EFI_MEMORY_DESCRIPTOR *ret_entries, size_t capacity)
{
    struct builder builder = {.entries = ret_entries, .capacity = capacity};

    for (size_t offset = 0; offset + descriptor_bytes <= map_bytes; offset += descriptor_bytes) {
        EFI_MEMORY_DESCRIPTOR region;

        memcpy(&region, (const uint8_t *)map + offset, sizeof(region));
        if (memory_type_is_runtime(region.Type))
            add_region(&builder, &region, layout);
    }
    *ret_table = (struct memory_attributes_table){
        .version = TABLE_VERSION,
        .entries = builder.count,
        .descriptor_bytes = sizeof(EFI_MEMORY_DESCRIPTOR),
    };
    return builder.overflow ? EFI_BUFFER_TOO_SMALL : EFI_SUCCESS;
}
