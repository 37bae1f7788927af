/*
 * DiskIo and DiskIo2 on a block device (UEFI 2.10 sections 13.7 and 13.8): reads and writes at any
 * byte, what drivers of file systems build upon. Boot phase.
 */
#ifndef PVHEFI_SHIM_BLOCK_DISK_IO_H
#define PVHEFI_SHIM_BLOCK_DISK_IO_H

#include <efi.h>

#include "shim/block/block_device.h"

extern const EFI_GUID disk_io_protocol_guid;

/* Adds both protocols. As block_io_install(); on an error none of them is there. */
EFI_STATUS disk_io_install(EFI_HANDLE *handle, struct block_device *device);

/* As block_io_uninstall(); on an error both are there. */
EFI_STATUS disk_io_uninstall(EFI_HANDLE handle);

#endif
