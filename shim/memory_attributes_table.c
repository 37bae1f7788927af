#include "shim/memory_attributes_table.h"

#include <stdint.h>

#include "loader/lib/log.h"
#include "shim/page_alloc.h"
#include "shim/runtime_image.h"
#include "tables/config_table.h"
#include "tables/memory_attributes.h"

#define PAGE_BYTES  4096ull
#define TABLE_PAGES 2
/* The whole map is copied for the making; a map that is too long leaves the table as it was. */
#define MAP_PAGES 24

static const EFI_GUID guid = EFI_MEMORY_ATTRIBUTES_TABLE_GUID;
static EFI_PHYSICAL_ADDRESS table;
static EFI_PHYSICAL_ADDRESS map;

EFI_STATUS memory_attributes_table_install(void)
{
    EFI_STATUS status = page_alloc(AllocateAnyPages, EfiBootServicesData, TABLE_PAGES, &table);

    if (status == EFI_SUCCESS)
        status = page_alloc(AllocateAnyPages, EfiBootServicesData, MAP_PAGES, &map);
    if (status != EFI_SUCCESS)
        return status;
    memory_attributes_table_update();
    return config_table_install(&guid, (void *) (uintptr_t) table);
}

void memory_attributes_table_update(void)
{
    struct runtime_layout layout = runtime_image_layout();
    UINTN map_bytes = MAP_PAGES * PAGE_BYTES;
    UINTN key;
    UINTN descriptor_bytes;
    EFI_STATUS status = page_alloc_get_map(&map_bytes, (EFI_MEMORY_DESCRIPTOR *) (uintptr_t) map,
                                           &key, &descriptor_bytes, NULL);

    if (status == EFI_SUCCESS)
        status = memory_attributes_build((const void *) (uintptr_t) map, map_bytes,
                                         descriptor_bytes, &layout,
                                         (struct memory_attributes_table *) (uintptr_t) table,
                                         TABLE_PAGES * PAGE_BYTES);
    if (status != EFI_SUCCESS)
        log_warn("memory attributes: too many memory descriptors, the table is incomplete");
}
