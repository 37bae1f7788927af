/*
 * GetInfo and SetInfo of EFI_FILE_PROTOCOL (UEFI 2.10 sections 13.5.13 to 13.5.18). Boot phase,
 * TPL_CALLBACK.
 */
#ifndef PVHEFI_SHIM_FILE_FILE_INFO_H
#define PVHEFI_SHIM_FILE_FILE_INFO_H

#include "shim/file/file_handle.h"

/* As EFI_FILE_INFO: EFI_BUFFER_TOO_SMALL, with the size that it takes. */
EFI_STATUS file_info_put(const struct file_facts *facts, const struct file_name *name, UINTN *bytes,
                         void *buffer);

/* Errors as the specification names them for the function, and those of the file system. */
EFI_STATUS file_info_get(struct file_handle *file, const EFI_GUID *type, UINTN *bytes,
                         void *buffer);
EFI_STATUS file_info_set(struct file_handle *file, const EFI_GUID *type, UINTN bytes,
                         const void *buffer);

#endif
