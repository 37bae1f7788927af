/*
 * Images that really run in host tests: a PE file whose entry point goes on in a function of the
 * test, loaded into the arena (fake_memory.h) by the firmware's own loader.
 */
#ifndef PVHEFI_TESTS_UNIT_IMAGE_FIXTURE_H
#define PVHEFI_TESTS_UNIT_IMAGE_FIXTURE_H

#include <stdint.h>

#include <efi.h>

#include "tests/unit/pe_builder.h"

#define SUBSYSTEM_APPLICATION    10
#define SUBSYSTEM_BOOT_DRIVER    11
#define SUBSYSTEM_RUNTIME_DRIVER 12

extern EFI_SYSTEM_TABLE image_system_table;
extern EFI_HANDLE image_firmware;
extern const char image_firmware_memory[100];

/* cmocka setup: memory, and a handle for the firmware. */
int image_setup(void **state);

/* A sound file of this subsystem; `function` NULL: its code is not to be run. */
struct pe_file image_file(uint16_t subsystem, EFI_IMAGE_ENTRY_POINT function);

/* Loaded without a path, or the test fails. */
EFI_HANDLE image_load_file(const struct pe_file *file);

/* The same with a path or NULL, and without judging. */
EFI_STATUS image_try_load(const struct pe_file *file, void *path, EFI_HANDLE *ret_handle);

/* Refused with a message that has this in it, and nothing of it is left. */
void image_is_refused(const struct pe_file *file, EFI_STATUS status, const char *message);

/* image_file() and image_load_file(). */
EFI_HANDLE image_load_new(uint16_t subsystem, EFI_IMAGE_ENTRY_POINT function);

/* Where a loaded one begins. */
uint64_t image_base_of(EFI_HANDLE image);

/* StartImage by somebody who wants no exit data. */
EFI_STATUS image_start_only(EFI_HANDLE image);

/* Entry points that write down what they are given: EFI_SUCCESS, EFI_NOT_READY. */
EFI_STATUS EFIAPI image_return_success(EFI_HANDLE image, EFI_SYSTEM_TABLE *table);
EFI_STATUS EFIAPI image_return_error(EFI_HANDLE image, EFI_SYSTEM_TABLE *table);

extern struct image_seen {
    EFI_HANDLE handle;
    EFI_SYSTEM_TABLE *table;
} image_seen;

#endif
