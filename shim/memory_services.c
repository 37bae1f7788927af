#include "shim/memory_services.h"

#include <stddef.h>

#include "loader/lib/string.h"
#include "loader/x86/paging.h"
#include "shim/page_alloc.h"
#include "shim/pool.h"

#define PAGE_BYTES 4096ull

static EFI_STATUS EFIAPI allocate_pages(EFI_ALLOCATE_TYPE how, EFI_MEMORY_TYPE type, UINTN pages,
                                        EFI_PHYSICAL_ADDRESS *address)
{
    return page_alloc(how, type, pages, address);
}

static EFI_STATUS EFIAPI free_pages(EFI_PHYSICAL_ADDRESS address, UINTN pages)
{
    EFI_STATUS status = page_free(address, pages);

    /* The next owner may write and execute whatever this one protected. */
    if (status == EFI_SUCCESS)
        paging_protect(address, address + pages * PAGE_BYTES, PAGE_ACCESS_ALL);
    return status;
}

static EFI_STATUS EFIAPI get_memory_map(UINTN *bytes, EFI_MEMORY_DESCRIPTOR *map, UINTN *key,
                                        UINTN *descriptor_bytes, UINT32 *descriptor_version)
{
    return page_alloc_get_map(bytes, map, key, descriptor_bytes, descriptor_version);
}

static EFI_STATUS EFIAPI allocate_pool(EFI_MEMORY_TYPE type, UINTN bytes, void **buffer)
{
    return pool_alloc(type, bytes, buffer);
}

static EFI_STATUS EFIAPI free_pool(void *buffer)
{
    return pool_free(buffer);
}

static void EFIAPI copy_mem(void *to, void *from, UINTN bytes)
{
    memmove(to, from, bytes);
}

static void EFIAPI set_mem(void *buffer, UINTN bytes, UINT8 value)
{
    memset(buffer, value, bytes);
}

void memory_services_install(EFI_BOOT_SERVICES *table)
{
    table->AllocatePages = allocate_pages;
    table->FreePages = free_pages;
    table->GetMemoryMap = get_memory_map;
    table->AllocatePool = allocate_pool;
    table->FreePool = free_pool;
    table->CopyMem = copy_mem;
    table->SetMem = set_mem;
}
