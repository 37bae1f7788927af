/*
 * The firmware's own drivers for what disks hold: partitions and file systems. Boot phase.
 */
#ifndef PVHEFI_SHIM_BLOCK_STORAGE_H
#define PVHEFI_SHIM_BLOCK_STORAGE_H

#include <efi.h>

/*
 * Installs them; ConnectController binds them to disks. `image` is the firmware's handle.
 * EFI_OUT_OF_RESOURCES.
 */
EFI_STATUS storage_install(EFI_HANDLE image);

/* Connects all disks that there are, with their partitions: their tables and volumes are read. */
void storage_connect(void);

#endif
