/*
 * Who runs: images start one another, and each goes back to who started it, by return or by Exit
 * (UEFI 2.10 sections 7.4.2 and 7.4.4). Boot phase.
 */
#ifndef PVHEFI_SHIM_IMAGE_IMAGE_RUN_H
#define PVHEFI_SHIM_IMAGE_IMAGE_RUN_H

#include <efi.h>

#include "shim/image/image_list.h"

/* The firmware's own image runs before all others. */
void image_run_firmware(struct image *image);

/*
 * Runs the entry point of an image that was not started yet; comes back by return or by
 * image_run_exit(), with the status and the exit data in the image, at the caller's TPL.
 */
void image_run(struct image *image, EFI_SYSTEM_TABLE *table);

/* Does not return when the image is the one that runs; else, and for the firmware's:
 * EFI_INVALID_PARAMETER. */
EFI_STATUS image_run_exit(struct image *image, EFI_STATUS status, UINTN exit_bytes,
                          CHAR16 *exit_data);

#endif
