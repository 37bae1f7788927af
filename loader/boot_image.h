/*
 * The last steps to a running program, wherever it was loaded from. Boot phase.
 */
#ifndef PVHEFI_LOADER_BOOT_IMAGE_H
#define PVHEFI_LOADER_BOOT_IMAGE_H

#include <efi.h>

/*
 * Starts a loaded image with `cmdline` as its load options, none when it is empty. Returns what the
 * image returned, with a line about it; EFI_OUT_OF_RESOURCES before it was started.
 */
EFI_STATUS boot_image_start(EFI_HANDLE image, const char *cmdline);

#endif
