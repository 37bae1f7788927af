/*
 * EFI_DEVICE_PATH_UTILITIES_PROTOCOL (UEFI 2.10 section 10.5): boot loaders and the EFI shell build
 * device paths with it. Boot phase.
 */
#ifndef PVHEFI_SHIM_DEVICE_PATH_DEVICE_PATH_UTILITIES_H
#define PVHEFI_SHIM_DEVICE_PATH_DEVICE_PATH_UTILITIES_H

#include <efi.h>

/* On *handle, NULL for a new one. EFI_INVALID_PARAMETER, EFI_OUT_OF_RESOURCES. */
EFI_STATUS device_path_utilities_install(EFI_HANDLE *handle);

#endif
