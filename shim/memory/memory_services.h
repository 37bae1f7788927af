/*
 * AllocatePages, FreePages, GetMemoryMap, AllocatePool, FreePool as clients call them (UEFI 2.10
 * section 7.2), and CopyMem, SetMem (7.5). Boot phase.
 */
#ifndef PVHEFI_SHIM_MEMORY_MEMORY_SERVICES_H
#define PVHEFI_SHIM_MEMORY_MEMORY_SERVICES_H

#include <efi.h>

void memory_services_install(EFI_BOOT_SERVICES *table);

#endif
