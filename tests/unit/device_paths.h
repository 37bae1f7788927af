/*
 * Device paths for tests: vendor nodes that differ in one number.
 */
#ifndef PVHEFI_TESTS_UNIT_DEVICE_PATHS_H
#define PVHEFI_TESTS_UNIT_DEVICE_PATHS_H

#include <efi.h>

#include "shim/device_path/device_path.h"

#define PATH_NODE(number)                                                                     \
    {                                                                                         \
        .Header =                                                                             \
            DEVICE_PATH_NODE(HARDWARE_DEVICE_PATH, HW_VENDOR_DP, sizeof(VENDOR_DEVICE_PATH)), \
        .Guid = {.Data1 = (number)},                                                          \
    }

struct path_of_1 {
    VENDOR_DEVICE_PATH node[1];
    EFI_DEVICE_PATH end;
} __attribute__((packed));

struct path_of_2 {
    VENDOR_DEVICE_PATH node[2];
    EFI_DEVICE_PATH end;
} __attribute__((packed));

struct path_of_3 {
    VENDOR_DEVICE_PATH node[3];
    EFI_DEVICE_PATH end;
} __attribute__((packed));

#endif
