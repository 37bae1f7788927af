/*
 * The EFI system table (UEFI 2.10 section 4.3). Boot phase; the runtime image takes care of it
 * later.
 */
#ifndef PVHEFI_TABLES_SYSTEM_TABLE_H
#define PVHEFI_TABLES_SYSTEM_TABLE_H

#include <stdint.h>

#include <efi.h>

#include "tables/runtime_data.h"

#define UEFI_REVISION_2_10 ((2u << 16) | 100u)

/* The system table in `data` (zeroed) with what does not depend on anything else. */
void system_table_init(struct runtime_data *data);

/* Makes a table's CRC anew after a change. */
void table_update_crc(EFI_TABLE_HEADER *header);

#endif
