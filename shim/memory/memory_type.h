/*
 * Memory types and attributes of UEFI 2.10 section 7.2 that gnu-efi's headers lack. Pure.
 */
#ifndef PVHEFI_SHIM_MEMORY_MEMORY_TYPE_H
#define PVHEFI_SHIM_MEMORY_MEMORY_TYPE_H

#include <stdbool.h>
#include <stdint.h>

#include <efi.h>

/* Table 7.6 goes on where gnu-efi's enumeration ends. */
#define MEMORY_TYPE_PERSISTENT 14u
#define MEMORY_TYPE_UNACCEPTED 15u
#define MEMORY_TYPE_SPEC_END   16u
/* 0x70000000–0x7fffffff belong to OEMs, 0x80000000–0xffffffff to OS loaders. */
#define MEMORY_TYPE_OEM_START 0x70000000u

#define MEMORY_ATTRIBUTE_SP        0x0000000000040000ull
#define MEMORY_ATTRIBUTE_RO        0x0000000000020000ull
#define MEMORY_ATTRIBUTE_CACHEABLE (EFI_MEMORY_UC | EFI_MEMORY_WC | EFI_MEMORY_WT | EFI_MEMORY_WB)

/* May a client ask AllocatePages or AllocatePool for this type? */
static inline bool memory_type_is_allocatable(uint32_t type)
{
    if (type >= MEMORY_TYPE_OEM_START)
        return true;
    return type < MEMORY_TYPE_PERSISTENT && type != EfiConventionalMemory;
}

static inline bool memory_type_is_runtime(uint32_t type)
{
    return type == EfiRuntimeServicesCode || type == EfiRuntimeServicesData;
}

#endif
