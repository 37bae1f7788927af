/*
 * How clients name a font (UEFI 2.10 section 34.1), which gnu-efi's headers lack.
 */
#ifndef PVHEFI_SHIM_HII_HII_FONT_INFO_H
#define PVHEFI_SHIM_HII_HII_FONT_INFO_H

#include <efi.h>

typedef struct {
    UINT32 FontStyle;
    UINT16 FontSize;
    CHAR16 FontName[]; /* NUL-terminated */
} EFI_FONT_INFO;

#endif
