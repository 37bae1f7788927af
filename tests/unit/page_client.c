#include "tests/unit/page_client.h"

#include <stdbool.h>

#include "shim/memory/page_alloc.h"
#include "tests/unit/isolated.h"

#define PAGE 0x1000ull

void page_client_add(uint64_t start, uint64_t end, uint32_t type)
{
    assert_int_equal(page_alloc_add(start, (end - start) / PAGE, type, EFI_MEMORY_WB), EFI_SUCCESS);
}

EFI_PHYSICAL_ADDRESS page_client_allocate(EFI_ALLOCATE_TYPE how, uint64_t pages, uint64_t address)
{
    assert_int_equal(page_alloc(how, EfiLoaderData, pages, &address), EFI_SUCCESS);
    return address;
}

void page_client_cannot_allocate(EFI_ALLOCATE_TYPE how, uint32_t type, uint64_t pages,
                                 uint64_t address, EFI_STATUS status)
{
    EFI_PHYSICAL_ADDRESS place = address;
    uint64_t key = page_alloc_map_key();
    uint64_t free_pages = page_alloc_free_pages();

    assert_int_equal(page_alloc(how, type, pages, &place), status);
    assert_int_equal(place, address);
    assert_int_equal(page_alloc_map_key(), key);
    assert_int_equal(page_alloc_free_pages(), free_pages);
}

void page_client_expect(uint64_t start, uint64_t end, uint32_t type)
{
    for (uint64_t address = start; address < end; address += PAGE) {
        uint32_t found;

        assert_true(page_alloc_type_at(address, &found));
        assert_int_equal(found, type);
    }
}
