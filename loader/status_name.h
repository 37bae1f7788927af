/*
 * EFI_STATUS in words, for messages. Pure.
 */
#ifndef PVHEFI_LOADER_STATUS_NAME_H
#define PVHEFI_LOADER_STATUS_NAME_H

#include <efi.h>

/* The specification's name (UEFI 2.10 appendix D), "unknown status" for others. */
const char *status_name(EFI_STATUS status);

#endif
