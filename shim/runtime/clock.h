/*
 * Time services (UEFI 2.10 section 8.3). The time is Xen's wall clock at boot, carried on by the
 * TSC; a guest has no clock that it could set and no timer that could wake it up. While a domain is
 * saved or migrated its TSC stands still, and Xen's new wall clock is in a page that is the OS's by
 * then: there is no time any more. Boot and runtime phase.
 */
#ifndef PVHEFI_SHIM_RUNTIME_CLOCK_H
#define PVHEFI_SHIM_RUNTIME_CLOCK_H

#include <stdbool.h>
#include <stdint.h>

#include <efi.h>

/* Whether the wall-clock time is known. */
bool clock_is_known(void);

/* Seconds since 1970; 0 when unknown. */
uint64_t clock_read_seconds(void);

/*
 * EFI_INVALID_PARAMETER without `ret_time`; EFI_UNSUPPORTED when the time is unknown;
 * EFI_DEVICE_ERROR when the domain was restored or migrated since.
 */
EFI_STATUS EFIAPI clock_get_time(EFI_TIME *ret_time, EFI_TIME_CAPABILITIES *ret_capabilities);

/* EFI_INVALID_PARAMETER for a time out of range, EFI_UNSUPPORTED otherwise. */
EFI_STATUS EFIAPI clock_set_time(EFI_TIME *time);
EFI_STATUS EFIAPI clock_set_wakeup_time(BOOLEAN enable, EFI_TIME *time);

/* EFI_INVALID_PARAMETER when a result has no place to go, EFI_UNSUPPORTED otherwise. */
EFI_STATUS EFIAPI clock_get_wakeup_time(BOOLEAN *ret_enabled, BOOLEAN *ret_pending,
                                        EFI_TIME *ret_time);

#endif
