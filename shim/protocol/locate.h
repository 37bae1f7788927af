/*
 * Finding handles and protocols (UEFI 2.10 sections 7.3.6–7.3.8, 7.3.14–7.3.16). Boot phase.
 */
#ifndef PVHEFI_SHIM_PROTOCOL_LOCATE_H
#define PVHEFI_SHIM_PROTOCOL_LOCATE_H

#include <efi.h>

/* LocateHandle: *bytes in and out. EFI_INVALID_PARAMETER, EFI_NOT_FOUND, EFI_BUFFER_TOO_SMALL. */
EFI_STATUS locate_handle(EFI_LOCATE_SEARCH_TYPE how, const EFI_GUID *guid, const void *key,
                         UINTN *bytes, EFI_HANDLE *ret_handles);

/* LocateHandleBuffer: the buffer is the caller's to free. The same errors, EFI_OUT_OF_RESOURCES. */
EFI_STATUS locate_handle_buffer(EFI_LOCATE_SEARCH_TYPE how, const EFI_GUID *guid, const void *key,
                                UINTN *ret_count, EFI_HANDLE **ret_handles);

/* LocateProtocol: the first instance, or the next new one of a registration. */
EFI_STATUS locate_protocol(const EFI_GUID *guid, const void *registration, void **ret_interface);

/*
 * LocateDevicePath: the handle with `guid` whose device path is the longest beginning of *path,
 * which then points behind it. EFI_INVALID_PARAMETER, EFI_NOT_FOUND.
 */
EFI_STATUS locate_device_path(const EFI_GUID *guid, EFI_DEVICE_PATH **path, EFI_HANDLE *ret_handle);

/* ProtocolsPerHandle: the buffer is the caller's to free. */
EFI_STATUS locate_protocols_of(EFI_HANDLE handle, EFI_GUID ***ret_guids, UINTN *ret_count);

#endif
