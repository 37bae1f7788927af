#include "shim/memory_attributes_table.h"

#include <stdint.h>

#include "loader/lib/log.h"
#include "shim/memory_descriptors.h"
#include "shim/page_alloc.h"
#include "shim/runtime_image.h"
#include "tables/config_table.h"

#define PAGE_BYTES 4096ull
/* Room for a copy of the longest map that the page allocator can have. */
#define MAP_BYTES (REGIONS_MAX * MEMORY_DESCRIPTOR_BYTES)

static struct runtime_data *data;
static EFI_PHYSICAL_ADDRESS map;

EFI_STATUS memory_attributes_table_install(struct runtime_data *runtime_data)
{
    static const EFI_GUID guid = EFI_MEMORY_ATTRIBUTES_TABLE_GUID;
    EFI_STATUS status =
        page_alloc(AllocateAnyPages, EfiBootServicesData, MAP_BYTES / PAGE_BYTES, &map);

    if (status != EFI_SUCCESS)
        return status;
    data = runtime_data;
    memory_attributes_table_update();
    return config_table_install(&guid, &data->memory_attributes);
}

void memory_attributes_table_update(void)
{
    struct runtime_layout layout = runtime_image_layout();
    UINTN map_bytes = MAP_BYTES;
    UINTN key;
    UINTN descriptor_bytes;
    EFI_STATUS status = page_alloc_get_map(&map_bytes, (EFI_MEMORY_DESCRIPTOR *)(uintptr_t)map,
                                           &key, &descriptor_bytes, NULL);

    if (status == EFI_SUCCESS)
        status = memory_attributes_build((const void *)(uintptr_t)map, map_bytes, descriptor_bytes,
                                         &layout, &data->memory_attributes, data->memory_attribute,
                                         MEMORY_ATTRIBUTES_MAX);
    if (status != EFI_SUCCESS)
        log_warn("memory attributes: too many runtime allocations, the table is incomplete");
}
