/*
 * EFI_DEVICE_PATH_FROM_TEXT_PROTOCOL (UEFI 2.10 section 10.6.5): the EFI shell and boot menus make
 * device paths of what was typed. Boot phase.
 */
#ifndef PVHEFI_SHIM_DEVICE_PATH_DEVICE_PATH_FROM_TEXT_H
#define PVHEFI_SHIM_DEVICE_PATH_DEVICE_PATH_FROM_TEXT_H

#include <efi.h>

/* On *handle, NULL for a new one. EFI_INVALID_PARAMETER, EFI_OUT_OF_RESOURCES. */
EFI_STATUS device_path_from_text_install(EFI_HANDLE *handle);

#endif
