/*
 * BlockIo2 on a block device (UEFI 2.10 section 13.10): requests that end some time after the call,
 * when their token's event is signalled. Boot phase.
 */
#ifndef PVHEFI_SHIM_BLOCK_BLOCK_IO2_H
#define PVHEFI_SHIM_BLOCK_BLOCK_IO2_H

#include <efi.h>

#include "shim/block/block_device.h"

/* As block_io_install(). */
EFI_STATUS block_io2_install(EFI_HANDLE *handle, struct block_device *device);

/* As block_io_uninstall(). Requests that are in flight end first, with EFI_ABORTED. */
EFI_STATUS block_io2_uninstall(EFI_HANDLE handle);

#endif
