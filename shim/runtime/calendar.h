/*
 * EFI_TIME (UEFI 2.10 section 8.3.1) and the proleptic Gregorian calendar. Pure; every phase.
 */
#ifndef PVHEFI_SHIM_RUNTIME_CALENDAR_H
#define PVHEFI_SHIM_RUNTIME_CALENDAR_H

#include <stdbool.h>
#include <stdint.h>

#include <efi.h>

#define CALENDAR_NS_PER_SECOND UINT64_C(1000000000)

/* UTC: TimeZone 0, no daylight saving. `unix_ns` reaches into the year 2554. */
EFI_TIME calendar_from_unix_ns(uint64_t unix_ns);

/* Every field is in the range that the specification gives, and the day exists in that month. */
bool calendar_is_valid(const EFI_TIME *time);

#endif
