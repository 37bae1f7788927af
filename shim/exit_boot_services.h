/*
 * ExitBootServices (UEFI 2.10 section 7.4.6): the machine becomes the OS's.
 */
#ifndef PVHEFI_SHIM_EXIT_BOOT_SERVICES_H
#define PVHEFI_SHIM_EXIT_BOOT_SERVICES_H

#include <efi.h>

void exit_boot_services_install(EFI_BOOT_SERVICES *table, EFI_SYSTEM_TABLE *system_table);

#endif
