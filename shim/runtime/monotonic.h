/*
 * The monotonic counter (UEFI 2.10 sections 7.5.5 and 8.5.2). Its high half shall grow over resets,
 * for which a PC has non-volatile memory. Here it starts from the wall clock's seconds: a guest
 * that was reset starts at a later second than its predecessor did. Without a clock it starts at 0,
 * and so it does again after a reset. A predecessor that advanced the high half more often than
 * once a second is not surpassed.
 */
#ifndef PVHEFI_SHIM_RUNTIME_MONOTONIC_H
#define PVHEFI_SHIM_RUNTIME_MONOTONIC_H

#include <efi.h>

/* Needs the clock; once, when the image starts. */
void monotonic_start(void);

/* Advances the high half and clears the low one. EFI_INVALID_PARAMETER without `ret_high`. */
EFI_STATUS EFIAPI monotonic_get_next_high(UINT32 *ret_high);

#endif
