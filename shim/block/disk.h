/*
 * Everything by which clients reach a block device, at once: BlockIo, BlockIo2, DiskIo, DiskIo2.
 * The device path is the caller's to install, before. Boot phase.
 */
#ifndef PVHEFI_SHIM_BLOCK_DISK_H
#define PVHEFI_SHIM_BLOCK_DISK_H

#include <efi.h>

#include "shim/block/block_device.h"

/* As block_io_install(); on an error none of them is there. */
EFI_STATUS disk_install(EFI_HANDLE *handle, struct block_device *device);

/* As block_io_uninstall(); on an error all are there. */
EFI_STATUS disk_uninstall(EFI_HANDLE handle);

#endif
