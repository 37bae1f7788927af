/*
 * SetWatchdogTimer (UEFI 2.10 section 7.5.1): a boot loader that hangs is ended. Boot phase.
 */
#ifndef PVHEFI_SHIM_EVENT_WATCHDOG_H
#define PVHEFI_SHIM_EVENT_WATCHDOG_H

#include <stdint.h>

#include <efi.h>

/* What the boot manager gives a program (7.5.1). */
#define WATCHDOG_BOOT_SECONDS 300u

/* Restarts the guest after so many seconds, 0: never. EFI_DEVICE_ERROR without memory. */
EFI_STATUS watchdog_set(uint64_t seconds);

void watchdog_install(EFI_BOOT_SERVICES *table);

#endif
