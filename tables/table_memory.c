#include "tables/table_memory.h"

#include <stdint.h>

#include <efi.h>

#include "loader/lib/string.h"
#include "shim/memory/page_alloc.h"

#define ALIGNMENT 16u
/* Old kinds of pointers between tables have 32 bits. */
#define BELOW_4_GIB 0xffffffffull

static uint8_t *next;
static size_t bytes_left;

/* What the page before had left is lost: a few hundred bytes at most of what fits into a page. */
static void take_pages(size_t bytes)
{
    uint64_t pages = bytes / EFI_PAGE_SIZE + (bytes % EFI_PAGE_SIZE ? 1 : 0);
    EFI_PHYSICAL_ADDRESS start = BELOW_4_GIB;

    if (page_alloc(AllocateMaxAddress, EfiACPIReclaimMemory, pages, &start) != EFI_SUCCESS)
        return;
    bytes_left = pages * EFI_PAGE_SIZE;
    next = memset((void *)(uintptr_t)start, 0, bytes_left);
}

void *table_memory_alloc(size_t bytes)
{
    uint8_t *memory;

    if (!bytes || bytes > SIZE_MAX - ALIGNMENT)
        return NULL;
    bytes = (bytes + ALIGNMENT - 1) & ~(size_t)(ALIGNMENT - 1);
    if (bytes > bytes_left)
        take_pages(bytes);
    if (bytes > bytes_left)
        return NULL;
    memory = next;
    next += bytes;
    bytes_left -= bytes;
    return memory;
}
