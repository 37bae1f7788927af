/*
 * ConnectController and DisconnectController as clients call them (UEFI 2.10
 * sections 7.3.12, 7.3.13). Boot phase.
 */
#ifndef PVHEFI_SHIM_DRIVER_DRIVER_SERVICES_H
#define PVHEFI_SHIM_DRIVER_DRIVER_SERVICES_H

#include <efi.h>

void driver_services_install(EFI_BOOT_SERVICES *table);

#endif
