/*
 * A device of the test's own that images are loaded from, as a device path names them.
 */
#ifndef PVHEFI_TESTS_EFI_CONFORMANCE_IMAGES_DEVICE_H
#define PVHEFI_TESTS_EFI_CONFORMANCE_IMAGES_DEVICE_H

#include <stdbool.h>

#include <efi.h>

/* Long enough for a device and two names. */
#define IMAGE_PATH_BYTES 256

/* One for every test: a vendor's hardware. */
struct image_path {
    UINT8 bytes[IMAGE_PATH_BYTES];
};

/* The device's own path, and behind it nodes for the names that are not NULL. */
struct image_path image_path(const CHAR16 *first, const CHAR16 *second);
EFI_DEVICE_PATH *image_path_start(struct image_path *path);

/* Nobody's device. */
struct image_path image_path_of_nobody(void);

/* Are both paths the same, their ends included? */
bool image_path_is(const EFI_DEVICE_PATH *path, const EFI_DEVICE_PATH *other);

/* The path on a new handle; NULL, with an ERROR line, when that fails. */
EFI_HANDLE image_device_new(void);
void image_device_remove(EFI_HANDLE device);

#endif
