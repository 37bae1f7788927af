/*
 * SetWatchdogTimer (UEFI 2.10 section 7.5.1): a boot loader that hangs is ended. Boot phase.
 */
#ifndef PVHEFI_SHIM_WATCHDOG_H
#define PVHEFI_SHIM_WATCHDOG_H

#include <efi.h>

void watchdog_install(EFI_BOOT_SERVICES *table);

#endif
