#include "tests/unit/fake_paging.h"

#include "loader/x86/paging.h"
#include "tests/unit/fake_memory.h"

#define PAGE_BYTES 4096u
#define PAGES      (FAKE_MEMORY_BYTES / PAGE_BYTES)
#define ALLOW_ALL  (PAGE_BIT_PRESENT | PAGE_BIT_WRITE)

/* How a page differs from the state at the start, when everything is allowed. */
static uint64_t differences[PAGES];
bool fake_paging_full;
uint64_t fake_paging_own;

static uint64_t *difference_at(uint64_t address)
{
    return &differences[(address - FAKE_MEMORY_START) / PAGE_BYTES];
}

static bool lies_in_arena(uint64_t start, uint64_t end)
{
    return start <= end && start >= FAKE_MEMORY_START && end <= FAKE_MEMORY_END;
}

bool paging_look_up(uint64_t address, uint64_t *ret_bits, uint64_t *ret_end)
{
    if (!lies_in_arena(address, address + 1))
        return false;
    *ret_bits = ALLOW_ALL ^ *difference_at(address);
    *ret_end = address / PAGE_BYTES * PAGE_BYTES + PAGE_BYTES;
    return true;
}

EFI_STATUS paging_change(uint64_t start, uint64_t end, struct page_change change)
{
    if (start % PAGE_BYTES || end % PAGE_BYTES || start >= end)
        return EFI_INVALID_PARAMETER;
    if (!lies_in_arena(start, end))
        return EFI_UNSUPPORTED;
    if (fake_paging_full)
        return EFI_OUT_OF_RESOURCES;
    for (; start < end; start += PAGE_BYTES) {
        uint64_t bits = ALLOW_ALL ^ *difference_at(start);

        *difference_at(start) = ((bits & ~change.mask) | change.value) ^ ALLOW_ALL;
    }
    return EFI_SUCCESS;
}

bool paging_allows(uint64_t address, uint64_t bits)
{
    uint64_t found = 0;
    uint64_t end;

    return !paging_look_up(address, &found, &end) || (found & bits) == bits;
}

static uint64_t bits_of(unsigned int access)
{
    return (access & PAGE_ACCESS_READ ? PAGE_BIT_PRESENT : 0) |
           (access & PAGE_ACCESS_WRITE ? PAGE_BIT_WRITE : 0) |
           (access & PAGE_ACCESS_EXECUTE ? 0 : PAGE_BIT_NX);
}

EFI_STATUS paging_protect(uint64_t start, uint64_t end, unsigned int access)
{
    return paging_change(start, end, (struct page_change){PAGE_BITS, bits_of(access)});
}

void paging_reset(uint64_t start, uint64_t end)
{
    for (; lies_in_arena(start, end) && start < end; start += PAGE_BYTES)
        *difference_at(start) = 0;
}

bool paging_is_own(uint64_t start, uint64_t end)
{
    return fake_paging_own >= start && fake_paging_own < end;
}

void paging_lift_policy(void)
{
    for (unsigned int i = 0; i < PAGES; i++)
        if (differences[i] & PAGE_BIT_POLICY)
            differences[i] &= ~(PAGE_BIT_POLICY | PAGE_BIT_NX);
}

bool fake_paging_is(uint64_t start, uint64_t end, unsigned int access)
{
    if (!lies_in_arena(start, end) || start == end)
        return false;
    for (; start < end; start += PAGE_BYTES)
        if (((ALLOW_ALL ^ *difference_at(start)) & ~PAGE_BIT_POLICY) != bits_of(access))
            return false;
    return true;
}
