/*
 * Keeps the published memory attributes table (tables/memory_attributes.h) in step with the memory
 * map. Boot phase.
 */
#ifndef PVHEFI_SHIM_MEMORY_ATTRIBUTES_TABLE_H
#define PVHEFI_SHIM_MEMORY_ATTRIBUTES_TABLE_H

#include <efi.h>

#include "tables/runtime_data.h"

/* Publishes the table in `data`. EFI_OUT_OF_RESOURCES. */
EFI_STATUS memory_attributes_table_install(struct runtime_data *data);

/* Describes the runtime memory of this moment; allocates nothing, so the map's key stays. */
void memory_attributes_table_update(void);

#endif
