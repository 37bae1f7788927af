#include "tests/unit/fake_paging.h"

#include "loader/x86/paging.h"
#include "tests/unit/fake_memory.h"

#define PAGE_BYTES 4096u
#define PAGES      (FAKE_MEMORY_BYTES / PAGE_BYTES)

/* What was taken away: zero is the state at the start, when everything is allowed. */
static uint8_t denied[PAGES];
bool fake_paging_full;

static bool lies_in_arena(uint64_t start, uint64_t end)
{
    return start % PAGE_BYTES == 0 && end % PAGE_BYTES == 0 && start <= end &&
           start >= FAKE_MEMORY_START && end <= FAKE_MEMORY_END;
}

EFI_STATUS paging_protect(uint64_t start, uint64_t end, unsigned int access)
{
    if (!lies_in_arena(start, end))
        return EFI_INVALID_PARAMETER;
    if (fake_paging_full)
        return EFI_OUT_OF_RESOURCES;
    for (uint64_t address = start; address < end; address += PAGE_BYTES)
        denied[(address - FAKE_MEMORY_START) / PAGE_BYTES] = PAGE_ACCESS_ALL & ~access;
    return EFI_SUCCESS;
}

bool fake_paging_is(uint64_t start, uint64_t end, unsigned int access)
{
    if (!lies_in_arena(start, end) || start == end)
        return false;
    for (uint64_t address = start; address < end; address += PAGE_BYTES) {
        if (denied[(address - FAKE_MEMORY_START) / PAGE_BYTES] != (PAGE_ACCESS_ALL & ~access))
            return false;
    }
    return true;
}
