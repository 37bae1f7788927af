/*
 * The ISO 9660 driver: CD-ROMs and their images. It shares the disc with the driver of partitions,
 * which finds bootable images on it. Boot phase.
 */
#ifndef PVHEFI_SHIM_ISO9660_ISO_DRIVER_H
#define PVHEFI_SHIM_ISO9660_ISO_DRIVER_H

#include <efi.h>

/* `image` is the firmware's handle. EFI_OUT_OF_RESOURCES. */
EFI_STATUS iso_driver_install(EFI_HANDLE image);

#endif
