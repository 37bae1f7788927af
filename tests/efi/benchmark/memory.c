/* Pages and pools. */
#include "tests/efi/benchmark/kinds.h"
#include "tests/efi/conformance/check.h"

static const EFI_MEMORY_TYPE types[] = {EfiLoaderCode, EfiLoaderData, EfiBootServicesCode,
                                        EfiBootServicesData};

static EFI_STATUS pages_allocate(EFI_ALLOCATE_TYPE how, UINTN index)
{
    EFI_PHYSICAL_ADDRESS address = (UINTN)objects[index];
    EFI_STATUS status = boot->AllocatePages(how, types[index % COUNT_OF(types)], 1, &address);

    objects[index] = (void *)(UINTN)address;
    return status;
}

static EFI_STATUS allocate_any(UINTN index)
{
    return pages_allocate(AllocateAnyPages, index);
}

static EFI_STATUS allocate_max(UINTN index)
{
    boot->FreePages((UINTN)objects[index], 1);
    objects[index] = (void *)0xffffffff;
    return pages_allocate(AllocateMaxAddress, index);
}

static EFI_STATUS allocate_address(UINTN index)
{
    boot->FreePages((UINTN)objects[index], 1);
    return pages_allocate(AllocateAddress, index);
}

static EFI_STATUS free_pages(UINTN index)
{
    return boot->FreePages((UINTN)objects[index], 1);
}

static const struct operation pages_others[] = {
    {"FreePages, AllocatePages(MaxAddress)", allocate_max},
    {"FreePages, AllocatePages(Address)", allocate_address},
    {0},
};

const struct series pages_series = {
    .name = "pages",
    .add = {"AllocatePages(AnyPages)", allocate_any},
    .remove = {"FreePages", free_pages},
    .others = pages_others,
};

static EFI_STATUS allocate_pool(UINTN index)
{
    return boot->AllocatePool(types[index % COUNT_OF(types)], 8 + index * 37 % 600,
                              &objects[index]);
}

static EFI_STATUS free_pool(UINTN index)
{
    return boot->FreePool(objects[index]);
}

const struct series pools_series = {
    .name = "pools",
    .add = {"AllocatePool", allocate_pool},
    .remove = {"FreePool", free_pool},
};
