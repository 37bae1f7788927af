#include "shim/memory_attributes_table.h"

#include <stdint.h>

#include "loader/lib/log.h"
#include "shim/memory/memory_descriptors.h"
#include "shim/memory/page_alloc.h"
#include "shim/runtime_image.h"
#include "tables/config_table.h"

static struct runtime_data *data;

EFI_STATUS memory_attributes_table_install(struct runtime_data *runtime_data)
{
    static const EFI_GUID guid = EFI_MEMORY_ATTRIBUTES_TABLE_GUID;

    data = runtime_data;
    memory_attributes_table_update();
    return config_table_install(&guid, &data->memory_attributes);
}

void memory_attributes_table_update(void)
{
    uint8_t map[MEMORY_ATTRIBUTES_MAX * MEMORY_DESCRIPTOR_BYTES];
    struct runtime_layout layout = runtime_image_layout();
    size_t count = page_alloc_get_runtime_map(map, MEMORY_ATTRIBUTES_MAX);
    size_t taken = count < MEMORY_ATTRIBUTES_MAX ? count : MEMORY_ATTRIBUTES_MAX;
    EFI_STATUS status = memory_attributes_build(
        map, taken * MEMORY_DESCRIPTOR_BYTES, MEMORY_DESCRIPTOR_BYTES, &layout,
        &data->memory_attributes, data->memory_attribute, MEMORY_ATTRIBUTES_MAX);

    if (status != EFI_SUCCESS || taken < count)
        log_warn("memory attributes: too many runtime allocations, the table is incomplete");
}
