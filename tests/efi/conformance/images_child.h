/*
 * Images that the program makes itself. The entry point of each jumps into a function of the
 * program's: a child is an image of its own to the firmware, and ordinary code of the test's.
 */
#ifndef PVHEFI_TESTS_EFI_CONFORMANCE_IMAGES_CHILD_H
#define PVHEFI_TESTS_EFI_CONFORMANCE_IMAGES_CHILD_H

#include <stdbool.h>

#include <efi.h>

#include "tests/unit/pe_builder.h"

#define APPLICATION    10
#define BOOT_DRIVER    11
#define RUNTIME_DRIVER 12

struct pe_file child_file(UINT16 subsystem, EFI_IMAGE_ENTRY_POINT entry);

/* LoadImage from a buffer, without a path. */
EFI_STATUS child_load_file(const struct pe_file *file, EFI_HANDLE *ret_child);

/* child_file() loaded; NULL, with an ERROR line, when that fails. */
EFI_HANDLE child_load(UINT16 subsystem, EFI_IMAGE_ENTRY_POINT entry);

/* NULL when `child` is no image (any more). */
EFI_LOADED_IMAGE_PROTOCOL *child_protocol(EFI_HANDLE child);

/* Does nothing, well. */
EFI_STATUS EFIAPI child_succeeds(EFI_HANDLE image, EFI_SYSTEM_TABLE *table);

#endif
