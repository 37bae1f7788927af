#include "shim/memory/memory_services.h"

#include <stddef.h>

#include "loader/lib/string.h"
#include "loader/x86/paging.h"
#include "shim/event/event.h"
#include "shim/event/idle.h"
#include "shim/memory/nx_policy.h"
#include "shim/memory/page_alloc.h"
#include "shim/memory/pool.h"

#define PAGE_BYTES 4096ull

/* Who watches the memory map is told when a call has changed it (UEFI 2.10 section 7.1.2). */
static void tell_about_change(uint64_t key_before)
{
    if (page_alloc_map_key() != key_before)
        event_signal_group(&event_group_memory_map_change);
}

static EFI_STATUS EFIAPI allocate_pages(EFI_ALLOCATE_TYPE how, EFI_MEMORY_TYPE type, UINTN pages,
                                        EFI_PHYSICAL_ADDRESS *address)
{
    uint64_t key = page_alloc_map_key();
    EFI_STATUS status = page_alloc(how, type, pages, address);

    if (status == EFI_SUCCESS)
        nx_policy_apply(*address, pages, type);
    tell_about_change(key);
    return status;
}

static EFI_STATUS EFIAPI free_pages(EFI_PHYSICAL_ADDRESS address, UINTN pages)
{
    uint64_t key = page_alloc_map_key();
    EFI_STATUS status = page_free(address, pages);

    /* The next owner may write and execute whatever this one protected. */
    if (status == EFI_SUCCESS)
        paging_reset(address, address + pages * PAGE_BYTES);
    tell_about_change(key);
    return status;
}

static EFI_STATUS EFIAPI get_memory_map(UINTN *bytes, EFI_MEMORY_DESCRIPTOR *map, UINTN *key,
                                        UINTN *descriptor_bytes, UINT32 *descriptor_version)
{
    return page_alloc_get_map(bytes, map, key, descriptor_bytes, descriptor_version);
}

static EFI_STATUS EFIAPI allocate_pool(EFI_MEMORY_TYPE type, UINTN bytes, void **buffer)
{
    uint64_t key = page_alloc_map_key();
    EFI_STATUS status = pool_alloc(type, bytes, buffer);

    idle_work_done();
    tell_about_change(key);
    return status;
}

static EFI_STATUS EFIAPI free_pool(void *buffer)
{
    uint64_t key = page_alloc_map_key();
    EFI_STATUS status = pool_free(buffer);

    tell_about_change(key);
    return status;
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
