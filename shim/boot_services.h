/*
 * The boot services table (UEFI 2.10 section 4.4).
 */
#ifndef PVHEFI_SHIM_BOOT_SERVICES_H
#define PVHEFI_SHIM_BOOT_SERVICES_H

#include <efi.h>

/* Fills the one table; it stays the firmware's. Puts it into `system_table`. */
void boot_services_install(EFI_SYSTEM_TABLE *system_table);

#endif
