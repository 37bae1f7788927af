/*
 * The checksum in the header of every EFI table (UEFI 4.2): over HeaderSize bytes, with the field
 * itself as 0. Pure; every phase.
 */
#ifndef PVHEFI_SHIM_RUNTIME_TABLE_CRC_H
#define PVHEFI_SHIM_RUNTIME_TABLE_CRC_H

#include <efi.h>

#include "loader/lib/crc32.h"

static inline void table_crc_update(EFI_TABLE_HEADER *table)
{
    table->CRC32 = 0;
    table->CRC32 = crc32_compute(table, table->HeaderSize);
}

#endif
