/*
 * A partition as a device of its own: a handle with its device path, BlockIo and DiskIo, and what
 * the table says of it (UEFI 2.10 sections 10.3.5, 13.3 and 13.18). Boot phase.
 */
#ifndef PVHEFI_SHIM_PARTITION_PARTITION_H
#define PVHEFI_SHIM_PARTITION_PARTITION_H

#include <efi.h>

#include "shim/block/block_device.h"
#include "shim/partition/partition_table.h"

/*
 * A new handle below the disk with `path`. Logical partitions have the numbers from 5 on that
 * operating systems give them. EFI_OUT_OF_RESOURCES, EFI_INVALID_PARAMETER for a malformed path.
 */
EFI_STATUS partition_install(struct block_device *disk, const EFI_DEVICE_PATH *path,
                             const struct partition_entry *entry, EFI_HANDLE *ret_handle);

/* EFI_NOT_FOUND when the handle is none of these; EFI_ACCESS_DENIED when somebody does not let go.
 */
EFI_STATUS partition_uninstall(EFI_HANDLE handle);

#endif
