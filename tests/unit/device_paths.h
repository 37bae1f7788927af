/*
 * Device paths for tests: vendor nodes that differ in one number, an end.
 */
#ifndef PVHEFI_TESTS_UNIT_DEVICE_PATHS_H
#define PVHEFI_TESTS_UNIT_DEVICE_PATHS_H

#include <efi.h>

#define PATH_END                                              \
    {                                                         \
        END_DEVICE_PATH_TYPE, END_ENTIRE_DEVICE_PATH_SUBTYPE, \
        {                                                     \
            sizeof(EFI_DEVICE_PATH), 0                        \
        }                                                     \
    }

#define PATH_NODE(number)                                                                \
    {                                                                                    \
        .Header = {HARDWARE_DEVICE_PATH, HW_VENDOR_DP, {sizeof(VENDOR_DEVICE_PATH), 0}}, \
        .Guid = {.Data1 = (number)},                                                     \
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
