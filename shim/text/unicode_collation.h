/*
 * EFI_UNICODE_COLLATION_PROTOCOL and EFI_UNICODE_COLLATION2_PROTOCOL (UEFI 2.10 section 21.1):
 * comparing text, file name patterns, FAT names. The EFI shell does not start without. Boot phase.
 */
#ifndef PVHEFI_SHIM_TEXT_UNICODE_COLLATION_H
#define PVHEFI_SHIM_TEXT_UNICODE_COLLATION_H

#include <efi.h>

/* Not in gnu-efi's headers; the interface is that of the first protocol. */
#define EFI_UNICODE_COLLATION2_PROTOCOL_GUID               \
    {                                                      \
        0xa4c751fc, 0x23ae, 0x4c3e,                        \
        {                                                  \
            0x92, 0xe9, 0x49, 0x64, 0xcf, 0x63, 0xf3, 0x49 \
        }                                                  \
    }

/* Both on *handle, NULL for a new one. EFI_INVALID_PARAMETER, EFI_OUT_OF_RESOURCES. */
EFI_STATUS unicode_collation_install(EFI_HANDLE *handle);

#endif
