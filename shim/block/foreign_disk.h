/*
 * Disks that others bring: a network boot program's SAN disk, a RAM disk. They have a BlockIo of
 * their own; this driver adds DiskIo and DiskIo2 (UEFI 2.10 sections 13.7 and 13.8), and makes of
 * them what partitions need. Boot phase.
 */
#ifndef PVHEFI_SHIM_BLOCK_FOREIGN_DISK_H
#define PVHEFI_SHIM_BLOCK_FOREIGN_DISK_H

#include <efi.h>

#include "shim/block/block_device.h"

/* `image` is the firmware's handle. EFI_OUT_OF_RESOURCES. */
EFI_STATUS foreign_disk_driver_install(EFI_HANDLE image);

/* The device on a handle that the driver manages, NULL for others. */
struct block_device *foreign_disk_find(EFI_HANDLE handle);

#endif
