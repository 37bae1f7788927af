/*
 * Paths that the tests put together, and the protocol that does so, too.
 */
#ifndef PVHEFI_TESTS_EFI_CONFORMANCE_PATHS_SAMPLE_H
#define PVHEFI_TESTS_EFI_CONFORMANCE_PATHS_SAMPLE_H

#include <stdbool.h>

#include <efi.h>

#include "tests/unit/device_paths.h"

/* A node; two; two in one instance and one in another. */
extern struct path_of_1 path_short;
extern struct path_of_2 path_long;
struct path_of_instances {
    VENDOR_DEVICE_PATH first[2];
    EFI_DEVICE_PATH end_of_instance;
    VENDOR_DEVICE_PATH second[1];
    EFI_DEVICE_PATH end;
} __attribute__((packed));
extern struct path_of_instances path_instances;
extern EFI_DEVICE_PATH path_empty;

#define AS_PATH(path) ((EFI_DEVICE_PATH *)(path))

/* EFI_DEVICE_PATH_UTILITIES_PROTOCOL, NULL when there is none. */
EFI_DEVICE_PATH_UTILITIES_PROTOCOL *path_utilities(void);

/* What the firmware made is these bytes, and the caller's to free. Frees it. */
void check_path(const char *name, EFI_DEVICE_PATH *made, const void *expected, UINTN bytes,
                const char *what);

#endif
