#include "shim/memory/nx_policy.h"

#include <efi.h>

#include "loader/x86/paging.h"

#define PAGE_BYTES 4096ull

static unsigned int compatible_images;
static unsigned int other_images;

void nx_policy_image_loaded(bool nx_compatible)
{
    if (nx_compatible)
        compatible_images++;
    else if (!other_images++)
        paging_lift_policy();
}

void nx_policy_image_gone(bool nx_compatible)
{
    if (nx_compatible)
        compatible_images--;
    else
        other_images--;
}

static bool is_data(uint32_t type)
{
    switch (type) {
    case EfiLoaderData:
    case EfiBootServicesData:
    case EfiRuntimeServicesData:
    case EfiACPIReclaimMemory:
    case EfiACPIMemoryNVS:
        return true;
    default:
        return false;
    }
}

/* Without a page for the tables the memory stays executable: it is a precaution, no promise. */
void nx_policy_apply(uint64_t address, uint64_t pages, uint32_t type)
{
    static const struct page_change deny = {
        .mask = PAGE_BIT_NX | PAGE_BIT_POLICY,
        .value = PAGE_BIT_NX | PAGE_BIT_POLICY,
    };

    if (compatible_images && !other_images && is_data(type))
        paging_change(address, address + pages * PAGE_BYTES, deny);
}
