/*
 * Binding drivers to controllers (UEFI 2.10 sections 7.3.12 and 7.3.13). Boot phase.
 */
#ifndef PVHEFI_SHIM_DRIVER_DRIVER_H
#define PVHEFI_SHIM_DRIVER_DRIVER_H

#include <stdbool.h>

#include <efi.h>

/* ConnectController. EFI_INVALID_PARAMETER, EFI_NOT_FOUND, EFI_OUT_OF_RESOURCES. */
EFI_STATUS driver_connect(EFI_HANDLE controller, const EFI_HANDLE *chosen,
                          EFI_DEVICE_PATH *remaining, bool recursive);

/* DisconnectController: `driver` and `child` may be NULL for all of them. */
EFI_STATUS driver_disconnect(EFI_HANDLE controller, EFI_HANDLE driver, EFI_HANDLE child);

#endif
