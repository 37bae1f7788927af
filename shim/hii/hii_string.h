/*
 * EFI_HII_STRING_PROTOCOL (UEFI 2.10 section 34.3), which gnu-efi's headers lack: the strings of
 * the HII database by id and language. Every text of the EFI shell comes from here. Boot phase.
 */
#ifndef PVHEFI_SHIM_HII_HII_STRING_H
#define PVHEFI_SHIM_HII_HII_STRING_H

#include <efi.h>

#include "shim/hii/hii_database_protocol.h"
#include "shim/hii/hii_font_info.h"

#define EFI_HII_STRING_PROTOCOL_GUID                       \
    {                                                      \
        0x0fd96974, 0x23aa, 0x4cdc,                        \
        {                                                  \
            0xb9, 0xcb, 0x98, 0xd1, 0x77, 0x50, 0x32, 0x2a \
        }                                                  \
    }

typedef struct hii_string_protocol EFI_HII_STRING_PROTOCOL;

struct hii_string_protocol {
    EFI_STATUS(EFIAPI *NewString)
    (const EFI_HII_STRING_PROTOCOL *this, EFI_HII_HANDLE list, UINT16 *id, const CHAR8 *language,
     const CHAR16 *language_name, const CHAR16 *text, const EFI_FONT_INFO *font);
    EFI_STATUS(EFIAPI *GetString)
    (const EFI_HII_STRING_PROTOCOL *this, const CHAR8 *language, EFI_HII_HANDLE list, UINT16 id,
     CHAR16 *text, UINTN *bytes, EFI_FONT_INFO **font);
    EFI_STATUS(EFIAPI *SetString)
    (const EFI_HII_STRING_PROTOCOL *this, EFI_HII_HANDLE list, UINT16 id, const CHAR8 *language,
     const CHAR16 *text, const EFI_FONT_INFO *font);
    EFI_STATUS(EFIAPI *GetLanguages)
    (const EFI_HII_STRING_PROTOCOL *this, EFI_HII_HANDLE list, CHAR8 *languages, UINTN *bytes);
    EFI_STATUS(EFIAPI *GetSecondaryLanguages)
    (const EFI_HII_STRING_PROTOCOL *this, EFI_HII_HANDLE list, const CHAR8 *language,
     CHAR8 *languages, UINTN *bytes);
};

/* Adds the protocol to *handle (NULL: a new one). EFI_OUT_OF_RESOURCES. */
EFI_STATUS hii_string_install(EFI_HANDLE *handle);

#endif
