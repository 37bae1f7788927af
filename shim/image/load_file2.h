/*
 * EFI_LOAD_FILE2_PROTOCOL (UEFI 2.10 section 13.2), which gnu-efi's headers lack.
 */
#ifndef PVHEFI_SHIM_IMAGE_LOAD_FILE2_H
#define PVHEFI_SHIM_IMAGE_LOAD_FILE2_H

#include <efi.h>

#define EFI_LOAD_FILE2_PROTOCOL_GUID                       \
    {                                                      \
        0x4006c0c1, 0xfcb3, 0x403e,                        \
        {                                                  \
            0x99, 0x6d, 0x4a, 0x6c, 0x87, 0x24, 0xe0, 0x6d \
        }                                                  \
    }

typedef struct load_file2 EFI_LOAD_FILE2_PROTOCOL;

struct load_file2 {
    EFI_STATUS(EFIAPI *LoadFile)
    (EFI_LOAD_FILE2_PROTOCOL *this, EFI_DEVICE_PATH *path, BOOLEAN boot_policy, UINTN *bytes,
     void *buffer);
};

#endif
