/*
 * Taking a protocol away from drivers that use it: before it is uninstalled or replaced, and when
 * somebody wants it for himself (UEFI 2.10 sections 7.3.3, 7.3.4, 7.3.9). Boot phase.
 */
#ifndef PVHEFI_SHIM_PROTOCOL_PROTOCOL_RELEASE_H
#define PVHEFI_SHIM_PROTOCOL_PROTOCOL_RELEASE_H

#include <stdint.h>

#include <efi.h>

/* Stops the drivers that use the protocol. EFI_ACCESS_DENIED when one does not give it up. */
EFI_STATUS protocol_stop_drivers(EFI_HANDLE handle, const EFI_GUID *guid);

/* UninstallProtocolInterface as clients know it: drivers that use the protocol are stopped first.
 */
EFI_STATUS protocol_uninstall(EFI_HANDLE handle, const EFI_GUID *guid, void *interface);

/* ReinstallProtocolInterface: they are stopped first and connected again afterwards. */
EFI_STATUS protocol_reinstall(EFI_HANDLE handle, const EFI_GUID *guid, void *old_interface,
                              void *new_interface);

/* OpenProtocol: an exclusive user has the drivers stopped that do not insist on the protocol. */
EFI_STATUS protocol_open(EFI_HANDLE handle, const EFI_GUID *guid, void **ret_interface,
                         EFI_HANDLE agent, EFI_HANDLE controller, uint32_t attributes);

#endif
