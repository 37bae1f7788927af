/*
 * The bus driver that makes handles for the partitions of disks (UEFI 2.10 sections 11.1 and
 * 13.3.2). It holds the disk's DiskIo; the disk is one of shim/block/disk.h or
 * shim/block/foreign_disk.h. Boot phase.
 */
#ifndef PVHEFI_SHIM_PARTITION_PARTITION_DRIVER_H
#define PVHEFI_SHIM_PARTITION_PARTITION_DRIVER_H

#include <efi.h>

/* `image` is the firmware's handle. EFI_OUT_OF_RESOURCES. */
EFI_STATUS partition_driver_install(EFI_HANDLE image);

#endif
