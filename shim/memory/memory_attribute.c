#include "shim/memory/memory_attribute.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "loader/x86/paging.h"
#include "shim/memory/memory_type.h"
#include "shim/protocol/handle.h"

#define PAGE_BYTES 4096ull
#define ATTRIBUTES (EFI_MEMORY_RP | EFI_MEMORY_XP | MEMORY_ATTRIBUTE_RO)

/* The bit of each attribute, and what it is where the attribute is set. */
static const struct {
    uint64_t attribute;
    uint64_t bit;
    bool is_set;
} bits[] = {
    {EFI_MEMORY_RP, PAGE_BIT_PRESENT, false},
    {MEMORY_ATTRIBUTE_RO, PAGE_BIT_WRITE, false},
    {EFI_MEMORY_XP, PAGE_BIT_NX, true},
};

static uint64_t attributes_of(uint64_t page_bits)
{
    uint64_t attributes = 0;

    for (size_t i = 0; i < sizeof(bits) / sizeof(bits[0]); i++)
        if (!(page_bits & bits[i].bit) == !bits[i].is_set)
            attributes |= bits[i].attribute;
    return attributes;
}

/* What is set here is no policy any more. */
static struct page_change change_to(uint64_t attributes, bool set)
{
    struct page_change change = {.mask = attributes & EFI_MEMORY_XP ? PAGE_BIT_POLICY : 0};

    for (size_t i = 0; i < sizeof(bits) / sizeof(bits[0]); i++) {
        if (!(attributes & bits[i].attribute))
            continue;
        change.mask |= bits[i].bit;
        if (bits[i].is_set == set)
            change.value |= bits[i].bit;
    }
    return change;
}

static EFI_STATUS check_range(uint64_t base, uint64_t bytes)
{
    if (!bytes)
        return EFI_INVALID_PARAMETER;
    if (base % PAGE_BYTES || bytes % PAGE_BYTES || bytes > UINT64_MAX - base)
        return EFI_UNSUPPORTED;
    return EFI_SUCCESS;
}

static EFI_STATUS change_range(uint64_t base, uint64_t bytes, uint64_t attributes, bool set)
{
    EFI_STATUS status = check_range(base, bytes);

    if (status != EFI_SUCCESS)
        return status;
    if (!attributes)
        return EFI_INVALID_PARAMETER;
    if (attributes & ~ATTRIBUTES)
        return EFI_UNSUPPORTED;
    if (paging_is_own(base, base + bytes))
        return EFI_ACCESS_DENIED;
    return paging_change(base, base + bytes, change_to(attributes, set));
}

static EFI_STATUS EFIAPI get_memory_attributes(struct memory_attribute_protocol *this,
                                               EFI_PHYSICAL_ADDRESS base, UINT64 bytes,
                                               UINT64 *attributes)
{
    EFI_STATUS status = check_range(base, bytes);
    uint64_t end = base + bytes;
    uint64_t first;
    uint64_t other;

    (void)this;
    if (!attributes)
        return EFI_INVALID_PARAMETER;
    if (status != EFI_SUCCESS)
        return status;
    if (!paging_look_up(base, &first, &base))
        return EFI_UNSUPPORTED;
    while (base < end) {
        if (!paging_look_up(base, &other, &base))
            return EFI_UNSUPPORTED;
        if (attributes_of(other) != attributes_of(first))
            status = EFI_NO_MAPPING;
    }
    if (status == EFI_SUCCESS)
        *attributes = attributes_of(first);
    return status;
}

static EFI_STATUS EFIAPI set_memory_attributes(struct memory_attribute_protocol *this,
                                               EFI_PHYSICAL_ADDRESS base, UINT64 bytes,
                                               UINT64 attributes)
{
    (void)this;
    return change_range(base, bytes, attributes, true);
}

static EFI_STATUS EFIAPI clear_memory_attributes(struct memory_attribute_protocol *this,
                                                 EFI_PHYSICAL_ADDRESS base, UINT64 bytes,
                                                 UINT64 attributes)
{
    (void)this;
    return change_range(base, bytes, attributes, false);
}

static struct memory_attribute_protocol protocol = {
    .GetMemoryAttributes = get_memory_attributes,
    .SetMemoryAttributes = set_memory_attributes,
    .ClearMemoryAttributes = clear_memory_attributes,
};

EFI_STATUS memory_attribute_install(EFI_HANDLE *handle)
{
    static const EFI_GUID guid = EFI_MEMORY_ATTRIBUTE_PROTOCOL_GUID;

    return handle_install(handle, &guid, &protocol);
}
