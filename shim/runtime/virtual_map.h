/*
 * Virtual memory services (UEFI 2.10 section 8.4). Linux calls SetVirtualAddressMap once, early,
 * with the old addresses still mapped. The image itself has no addresses in it; what moves are the
 * pointers of the runtime and system tables and those to the variables.
 */
#ifndef PVHEFI_SHIM_RUNTIME_VIRTUAL_MAP_H
#define PVHEFI_SHIM_RUNTIME_VIRTUAL_MAP_H

#include <efi.h>

/*
 * EFI_UNSUPPORTED before ExitBootServices and after the first success. EFI_INVALID_PARAMETER for a
 * wrong descriptor version, a descriptor size below ours (larger ones are a newer revision's) or no
 * map. EFI_NO_MAPPING when the image, the variables or the system table with what it points to
 * would be without virtual address, or in pieces. All is checked before anything changes.
 * EFI_NOT_FOUND is not used: the memory map is gone by then, so what the OS maps beyond that is its
 * own affair.
 */
EFI_STATUS EFIAPI virtual_map_set(UINTN map_bytes, UINTN descriptor_bytes,
                                  UINT32 descriptor_version, EFI_MEMORY_DESCRIPTOR *map);

/*
 * For runtime drivers, while SetVirtualAddressMap is under way. EFI_INVALID_PARAMETER for no
 * pointer, or a null one that is not EFI_OPTIONAL_PTR; EFI_NOT_FOUND for what is not in the map, at
 * other times for everything.
 */
EFI_STATUS EFIAPI virtual_map_convert_pointer(UINTN disposition, VOID **pointer);

#endif
