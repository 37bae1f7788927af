/*
 * The FAT driver: EFI system partitions are such volumes (UEFI 2.10 section 13.3). Boot phase.
 */
#ifndef PVHEFI_SHIM_FAT_FAT_DRIVER_H
#define PVHEFI_SHIM_FAT_FAT_DRIVER_H

#include <efi.h>

#include "shim/fat/fat_volume.h"

/* `image` is the firmware's handle, `clock` tells the time for what is changed.
 * EFI_OUT_OF_RESOURCES. */
EFI_STATUS fat_driver_install(EFI_HANDLE image, fat_clock *clock);

#endif
