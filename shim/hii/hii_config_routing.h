/*
 * EFI_HII_CONFIG_ROUTING_PROTOCOL (UEFI 2.10 section 35.4), which gnu-efi's headers lack: carries
 * configuration strings to the drivers that they are for. Every program of edk2's that uses HII
 * asserts that it is there. Boot phase.
 *
 * Drivers answer for themselves: default values that only stand in a driver's forms are not added.
 */
#ifndef PVHEFI_SHIM_HII_HII_CONFIG_ROUTING_H
#define PVHEFI_SHIM_HII_HII_CONFIG_ROUTING_H

#include <efi.h>

#define EFI_HII_CONFIG_ROUTING_PROTOCOL_GUID               \
    {                                                      \
        0x587e72d7, 0xcc50, 0x4f79,                        \
        {                                                  \
            0x82, 0x09, 0xca, 0x29, 0x1f, 0xc1, 0xa1, 0x0f \
        }                                                  \
    }

typedef struct hii_config_routing_protocol EFI_HII_CONFIG_ROUTING_PROTOCOL;

struct hii_config_routing_protocol {
    EFI_STATUS(EFIAPI *ExtractConfig)
    (const EFI_HII_CONFIG_ROUTING_PROTOCOL *this, const CHAR16 *request, const CHAR16 **progress,
     CHAR16 **results);
    EFI_STATUS(EFIAPI *ExportConfig)
    (const EFI_HII_CONFIG_ROUTING_PROTOCOL *this, CHAR16 **results);
    EFI_STATUS(EFIAPI *RouteConfig)
    (const EFI_HII_CONFIG_ROUTING_PROTOCOL *this, const CHAR16 *configuration,
     const CHAR16 **progress);
    EFI_STATUS(EFIAPI *BlockToConfig)
    (const EFI_HII_CONFIG_ROUTING_PROTOCOL *this, const CHAR16 *request, const UINT8 *block,
     UINTN block_bytes, CHAR16 **config, const CHAR16 **progress);
    EFI_STATUS(EFIAPI *ConfigToBlock)
    (const EFI_HII_CONFIG_ROUTING_PROTOCOL *this, const CHAR16 *config, UINT8 *block,
     UINTN *block_bytes, const CHAR16 **progress);
    EFI_STATUS(EFIAPI *GetAltConfig)
    (const EFI_HII_CONFIG_ROUTING_PROTOCOL *this, const CHAR16 *config, const EFI_GUID *guid,
     const CHAR16 *name, const EFI_DEVICE_PATH *path, const UINT16 *alternative, CHAR16 **results);
};

/* Adds the protocol to *handle (NULL: a new one). EFI_OUT_OF_RESOURCES. */
EFI_STATUS hii_config_routing_install(EFI_HANDLE *handle);

#endif
