/*
 * Comparing GUIDs. Pure.
 */
#ifndef PVHEFI_SHIM_GUID_H
#define PVHEFI_SHIM_GUID_H

#include <stdbool.h>
#include <stdint.h>

#include <efi.h>

/* Any address: no GUID of a client needs to be aligned. */
static inline uint64_t guid_half(const EFI_GUID *guid, unsigned int half)
{
    uint64_t value;

    __builtin_memcpy(&value, (const uint8_t *)guid + half * sizeof(value), sizeof(value));
    return value;
}

/* Less than 0, 0 or more, in an order that is always the same. */
static inline int guid_compare(const EFI_GUID *a, const EFI_GUID *b)
{
    unsigned int half = guid_half(a, 0) == guid_half(b, 0);
    uint64_t left = guid_half(a, half);
    uint64_t right = guid_half(b, half);

    return (left > right) - (left < right);
}

static inline bool guid_equal(const EFI_GUID *a, const EFI_GUID *b)
{
    return guid_compare(a, b) == 0;
}

#endif
