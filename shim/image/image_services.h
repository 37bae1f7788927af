/*
 * LoadImage, StartImage, Exit, UnloadImage as clients call them (UEFI 2.10 section 7.4). Boot
 * phase.
 */
#ifndef PVHEFI_SHIM_IMAGE_IMAGE_SERVICES_H
#define PVHEFI_SHIM_IMAGE_IMAGE_SERVICES_H

#include <efi.h>

void image_services_install(EFI_BOOT_SERVICES *table);

#endif
