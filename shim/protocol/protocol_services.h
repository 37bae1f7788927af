/*
 * The protocol handler services as clients call them (UEFI 2.10 section 7.3). Boot phase.
 */
#ifndef PVHEFI_SHIM_PROTOCOL_PROTOCOL_SERVICES_H
#define PVHEFI_SHIM_PROTOCOL_PROTOCOL_SERVICES_H

#include <efi.h>

void protocol_services_install(EFI_BOOT_SERVICES *table);

#endif
