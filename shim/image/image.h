/*
 * EFI images in memory: loading, starting, leaving, unloading (UEFI 2.10 section 7.4). Boot phase.
 */
#ifndef PVHEFI_SHIM_IMAGE_IMAGE_H
#define PVHEFI_SHIM_IMAGE_IMAGE_H

#include <stddef.h>
#include <stdint.h>

#include <efi.h>

struct image;

/*
 * A handle for the firmware itself, which lies from `start` to `end`; the parent of what the boot
 * manager loads. EFI_OUT_OF_RESOURCES.
 */
EFI_STATUS image_firmware_init(EFI_SYSTEM_TABLE *system_table, const char *start, const char *end,
                               EFI_HANDLE *ret_handle);

/*
 * LoadImage from memory; `path` (copied, may be NULL) says where the file came from.
 * EFI_INVALID_PARAMETER, EFI_UNSUPPORTED, EFI_LOAD_ERROR, EFI_OUT_OF_RESOURCES; a log_err line says
 * why.
 */
EFI_STATUS image_load(EFI_HANDLE parent, EFI_DEVICE_PATH *path, const void *source,
                      size_t source_bytes, EFI_HANDLE *ret_handle);

/* StartImage. Returns what the image returned or passed to Exit; applications are gone then. */
EFI_STATUS image_start(EFI_HANDLE handle, UINTN *ret_exit_bytes, CHAR16 **ret_exit_data);

/* Exit: does not return when `handle` is the running image; unloads one that was never started. */
EFI_STATUS image_exit(EFI_HANDLE handle, EFI_STATUS status, UINTN exit_bytes, CHAR16 *exit_data);

/* UnloadImage. */
EFI_STATUS image_unload(EFI_HANDLE handle);

/* The image's LoadedImage protocol, NULL when `handle` is no image. */
EFI_LOADED_IMAGE_PROTOCOL *image_protocol(EFI_HANDLE handle);

/* The loaded image that `address` lies in, NULL when there is none. */
const struct image *image_find(uint64_t address);

uint64_t image_base(const struct image *image);

#endif
