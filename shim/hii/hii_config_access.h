/*
 * EFI_HII_CONFIG_ACCESS_PROTOCOL (UEFI 2.10 section 35.5), which gnu-efi's headers lack: what a
 * driver with settings installs on its handle.
 */
#ifndef PVHEFI_SHIM_HII_HII_CONFIG_ACCESS_H
#define PVHEFI_SHIM_HII_HII_CONFIG_ACCESS_H

#include <efi.h>

#define EFI_HII_CONFIG_ACCESS_PROTOCOL_GUID                \
    {                                                      \
        0x330d4706, 0xf2a0, 0x4e4f,                        \
        {                                                  \
            0xa3, 0x69, 0xb6, 0x6f, 0xa8, 0xd5, 0x43, 0x85 \
        }                                                  \
    }

typedef struct hii_config_access_protocol EFI_HII_CONFIG_ACCESS_PROTOCOL;

struct hii_config_access_protocol {
    EFI_STATUS(EFIAPI *ExtractConfig)
    (const EFI_HII_CONFIG_ACCESS_PROTOCOL *this, const CHAR16 *request, const CHAR16 **progress,
     CHAR16 **results);
    EFI_STATUS(EFIAPI *RouteConfig)
    (const EFI_HII_CONFIG_ACCESS_PROTOCOL *this, const CHAR16 *configuration,
     const CHAR16 **progress);
    /* For browsers of forms. */
    EFI_STATUS(EFIAPI *Callback)
    (const EFI_HII_CONFIG_ACCESS_PROTOCOL *this, UINTN action, UINT16 question, UINT8 type,
     void *value, UINTN *request);
};

#endif
