/*
 * Comparing GUIDs. Pure.
 */
#ifndef PVHEFI_SHIM_GUID_H
#define PVHEFI_SHIM_GUID_H

#include <stdbool.h>

#include <efi.h>

#include "loader/lib/string.h"

static inline bool guid_equal(const EFI_GUID *a, const EFI_GUID *b)
{
    return memcmp(a, b, sizeof(*a)) == 0;
}

#endif
