/*
 * Event, timer and task priority services as clients call them (UEFI 2.10 section 7.1). Boot phase.
 */
#ifndef PVHEFI_SHIM_EVENT_EVENT_SERVICES_H
#define PVHEFI_SHIM_EVENT_EVENT_SERVICES_H

#include <efi.h>

void event_services_install(EFI_BOOT_SERVICES *table);

#endif
