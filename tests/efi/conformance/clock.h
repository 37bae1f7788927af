/*
 * The firmware's clock, as tests look at it.
 */
#ifndef PVHEFI_TESTS_EFI_CONFORMANCE_CLOCK_H
#define PVHEFI_TESTS_EFI_CONFORMANCE_CLOCK_H

#include <stdbool.h>

#include <efi.h>

/* Does GetTime know the time? */
bool clock_is_there(void);

/* Seconds since some day long ago. */
UINT64 clock_seconds(const EFI_TIME *time);

#endif
