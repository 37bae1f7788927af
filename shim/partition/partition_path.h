/*
 * Device path nodes of partitions (UEFI 2.10 sections 10.3.5.1 and 10.3.5.2). Pure.
 */
#ifndef PVHEFI_SHIM_PARTITION_PARTITION_PATH_H
#define PVHEFI_SHIM_PARTITION_PARTITION_PATH_H

#include <efi.h>

#include "shim/partition/partition_table.h"

/* HD() or CDROM() and the end of a path. */
union partition_path {
    EFI_DEVICE_PATH header;
    uint8_t bytes[48];
};

union partition_path partition_path_make(const struct partition_entry *entry);

#endif
