/*
 * Capsule services (UEFI 2.10 section 8.5.3): there is nothing in a guest that a capsule could
 * update, the firmware is a file of the host. Wrong calls are told so, right ones get
 * EFI_UNSUPPORTED. Boot and runtime phase.
 */
#ifndef PVHEFI_SHIM_RUNTIME_CAPSULE_H
#define PVHEFI_SHIM_RUNTIME_CAPSULE_H

#include <efi.h>

EFI_STATUS EFIAPI capsule_update(EFI_CAPSULE_HEADER **headers, UINTN count,
                                 EFI_PHYSICAL_ADDRESS scatter_gather_list);
EFI_STATUS EFIAPI capsule_query_capabilities(EFI_CAPSULE_HEADER **headers, UINTN count,
                                             UINT64 *ret_maximum_size,
                                             EFI_RESET_TYPE *ret_reset_type);

#endif
