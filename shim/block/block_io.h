/*
 * BlockIo on a block device (UEFI 2.10 section 13.9): what boot loaders look for disks by, GRUB
 * first of all. Boot phase.
 */
#ifndef PVHEFI_SHIM_BLOCK_BLOCK_IO_H
#define PVHEFI_SHIM_BLOCK_BLOCK_IO_H

#include <efi.h>

#include "shim/block/block_device.h"

extern const EFI_GUID block_io_protocol_guid;

/*
 * Adds the protocol to *handle (NULL: a new one). `device` must stay where it is as long as the
 * protocol is there. EFI_OUT_OF_RESOURCES, and the errors of handle_install().
 */
EFI_STATUS block_io_install(EFI_HANDLE *handle, struct block_device *device);

/* EFI_NOT_FOUND when there is none of this file; else the errors of handle_uninstall(). */
EFI_STATUS block_io_uninstall(EFI_HANDLE handle);

/* The device below the handle's BlockIo; NULL when there is none, or somebody else's. */
struct block_device *block_io_device(EFI_HANDLE handle);

#endif
