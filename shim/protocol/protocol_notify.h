/*
 * RegisterProtocolNotify (UEFI 2.10 section 7.3.5): events that fire when a protocol appears. Boot
 * phase, up to TPL_NOTIFY.
 */
#ifndef PVHEFI_SHIM_PROTOCOL_PROTOCOL_NOTIFY_H
#define PVHEFI_SHIM_PROTOCOL_PROTOCOL_NOTIFY_H

#include <efi.h>

struct protocol;

/* The key that the client passes back to LocateHandle and LocateProtocol. EFI_OUT_OF_RESOURCES. */
EFI_STATUS protocol_notify_register(const EFI_GUID *guid, EFI_EVENT event, void **ret_registration);

/* A protocol was installed or reinstalled: signals who waits for it. */
void protocol_notify(const EFI_GUID *guid);

/* The event is closed: forget it. */
void protocol_notify_forget(EFI_EVENT event);

/*
 * The oldest instance that this registration has not seen, which counts as seen from now on. NULL
 * when there is none or `registration` is unknown.
 */
struct protocol *protocol_notify_next(const void *registration);

#endif
