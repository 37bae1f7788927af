/*
 * Which attributes a variable may have (UEFI 2.10 sections 8.2.1, 8.2.3 and 8.2.4). Pure; every
 * phase.
 */
#ifndef PVHEFI_SHIM_RUNTIME_VARIABLE_ATTRIBUTES_H
#define PVHEFI_SHIM_RUNTIME_VARIABLE_ATTRIBUTES_H

#include <stdint.h>

#include <efi.h>

/* Newer than gnu-efi. */
#define EFI_VARIABLE_ENHANCED_AUTHENTICATED_ACCESS 0x00000080

#define VARIABLE_ACCESS (EFI_VARIABLE_BOOTSERVICE_ACCESS | EFI_VARIABLE_RUNTIME_ACCESS)

/*
 * For SetVariable. EFI_INVALID_PARAMETER: reserved bits, runtime without boot access, non-volatile
 * alone, or a hardware error record. EFI_UNSUPPORTED: authenticated writes, of which there are none
 * here.
 */
EFI_STATUS variable_attributes_check_set(uint32_t attributes);

/* For QueryVariableInfo, which says EFI_UNSUPPORTED of every attribute that the platform does not
 * offer. */
EFI_STATUS variable_attributes_check_query(uint32_t attributes);

#endif
