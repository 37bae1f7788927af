/*
 * Who uses which protocol (UEFI 2.10 sections 7.3.7, 7.3.9–7.3.11). Boot phase, up to TPL_NOTIFY.
 */
#ifndef PVHEFI_SHIM_PROTOCOL_OPEN_PROTOCOL_H
#define PVHEFI_SHIM_PROTOCOL_OPEN_PROTOCOL_H

#include <stdint.h>

#include <efi.h>

/*
 * The firmware's own handle, for which HandleProtocol opens protocols (7.3.7). Until it is named,
 * such uses leave no trace.
 */
void open_protocol_set_firmware(EFI_HANDLE handle);

/* HandleProtocol. */
EFI_STATUS open_protocol_for_firmware(EFI_HANDLE handle, const EFI_GUID *guid,
                                      void **ret_interface);

/* OpenProtocol; every error of the specification's table. */
EFI_STATUS open_protocol(EFI_HANDLE handle, const EFI_GUID *guid, void **ret_interface,
                         EFI_HANDLE agent, EFI_HANDLE controller, uint32_t attributes);

/* CloseProtocol: EFI_INVALID_PARAMETER, EFI_NOT_FOUND. */
EFI_STATUS close_protocol(EFI_HANDLE handle, const EFI_GUID *guid, EFI_HANDLE agent,
                          EFI_HANDLE controller);

/* OpenProtocolInformation: the buffer is the caller's to free. */
EFI_STATUS open_protocol_information(EFI_HANDLE handle, const EFI_GUID *guid,
                                     EFI_OPEN_PROTOCOL_INFORMATION_ENTRY **ret_entries,
                                     UINTN *ret_count);

#endif
