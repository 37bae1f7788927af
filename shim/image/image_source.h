/*
 * Reads the file that LoadImage is to load by its device path (UEFI 2.10 section 7.4.1): from a
 * file system, else through LoadFile2, else through LoadFile. All of them are drivers that may say
 * anything: sizes are bounded, and nothing is used that was not returned. Boot phase.
 */
#ifndef PVHEFI_SHIM_IMAGE_IMAGE_SOURCE_H
#define PVHEFI_SHIM_IMAGE_IMAGE_SOURCE_H

#include <stdbool.h>
#include <stddef.h>

#include <efi.h>

/*
 * *ret_file is the caller's to free with pool_free(). `boot_policy`: the boot manager asks, and any
 * file that the path's device chooses will do. EFI_INVALID_PARAMETER for a malformed path,
 * EFI_NOT_FOUND, EFI_LOAD_ERROR for an empty or endless file, EFI_OUT_OF_RESOURCES, and what the
 * device's driver says, such as EFI_DEVICE_ERROR.
 */
EFI_STATUS image_source_read(EFI_DEVICE_PATH *path, bool boot_policy, void **ret_file,
                             size_t *ret_bytes);

#endif
