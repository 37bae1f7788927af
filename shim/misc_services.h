/*
 * Stall, SetWatchdogTimer, GetNextMonotonicCount, CalculateCrc32, InstallConfigurationTable as
 * clients call them (UEFI 2.10 section 7.5). Boot phase.
 */
#ifndef PVHEFI_SHIM_MISC_SERVICES_H
#define PVHEFI_SHIM_MISC_SERVICES_H

#include <efi.h>

void misc_services_install(EFI_BOOT_SERVICES *table);

#endif
