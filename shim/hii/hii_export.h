/*
 * Package lists of the HII database as bytes again (UEFI 2.10 section 34.8.6). Boot phase.
 */
#ifndef PVHEFI_SHIM_HII_HII_EXPORT_H
#define PVHEFI_SHIM_HII_HII_EXPORT_H

#include <efi.h>

#include "shim/hii/hii_database_protocol.h"

/*
 * ExportPackageLists, NULL for all of them: *bytes in and out. EFI_NOT_FOUND, EFI_BUFFER_TOO_SMALL.
 */
EFI_STATUS hii_export(EFI_HII_HANDLE handle, UINTN *bytes, void *ret_lists);

#endif
