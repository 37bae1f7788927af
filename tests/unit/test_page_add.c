/* How the page allocator learns of memory, and what it says of it. */
#include "shim/memory/page_alloc.h"

#include <stdbool.h>

#include "tests/unit/isolated.h"
#include "tests/unit/page_client.h"

#define FREE EfiConventionalMemory
#define MIB  (1ull << 20)
#define PAGE 0x1000ull
#define WB   EFI_MEMORY_WB

static void test_neighbouring_memory_is_added_in_any_order(void **state)
{
    (void)state;
    page_client_add(2 * MIB, 3 * MIB, FREE);
    page_client_add(3 * MIB, 4 * MIB, EfiACPIReclaimMemory);
    page_client_add(1 * MIB, 2 * MIB, EfiReservedMemoryType);
    page_client_expect(1 * MIB, 2 * MIB, EfiReservedMemoryType);
    page_client_expect(2 * MIB, 3 * MIB, FREE);
    page_client_expect(3 * MIB, 4 * MIB, EfiACPIReclaimMemory);
}

static void test_added_memory_must_be_new_and_possible(void **state)
{
    static const struct {
        uint64_t start;
        uint64_t pages;
    } cases[] = {
        {4 * MIB, 0},
        {4 * MIB + 1, 1},
        {1 * MIB, 1},
        {2 * MIB - PAGE, 1},
        {1 * MIB - PAGE, 2},
        {0, 0x1000},
        {0, 1ull << 40},
        {1ull << 52, 1},
        {(1ull << 52) - PAGE, 2},
        {-PAGE, 1},
        {-PAGE, 2},
        {-PAGE, 1ull << 39},
        {4 * MIB, UINT64_MAX},
    };

    (void)state;
    page_client_add(1 * MIB, 2 * MIB, FREE);
    for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++)
        assert_int_equal(page_alloc_add(cases[i].start, cases[i].pages, FREE, WB),
                         EFI_INVALID_PARAMETER);
    assert_int_equal(page_alloc_free_pages(), MIB / PAGE);
}

static void test_memory_up_to_the_last_address_can_be_added(void **state)
{
    (void)state;
    page_client_add((1ull << 52) - PAGE, 1ull << 52, FREE);
    assert_int_equal(page_client_allocate(AllocateAnyPages, 1, 0), (1ull << 52) - PAGE);
}

static void test_type_is_unknown_outside_memory(void **state)
{
    uint32_t type;

    (void)state;
    assert_false(page_alloc_type_at(0, &type));
    page_client_add(1 * MIB, 2 * MIB, FREE);
    assert_false(page_alloc_type_at(1 * MIB - 1, &type));
    assert_true(page_alloc_type_at(1 * MIB, &type));
    assert_true(page_alloc_type_at(2 * MIB - 1, &type));
    assert_false(page_alloc_type_at(2 * MIB, &type));
    assert_false(page_alloc_type_at(UINT64_MAX, &type));
}

static void test_free_pages_and_largest_run_are_counted(void **state)
{
    (void)state;
    assert_int_equal(page_alloc_free_pages(), 0);
    page_client_add(1 * MIB, 1 * MIB + 10 * PAGE, FREE);
    page_client_add(2 * MIB, 2 * MIB + 4 * PAGE, FREE);
    page_client_add(3 * MIB, 4 * MIB, EfiReservedMemoryType);
    assert_int_equal(page_alloc_free_pages(), 14);
    assert_int_equal(page_alloc_largest_run(), 10);
    page_client_allocate(AllocateAddress, 1, 1 * MIB + 7 * PAGE);
    assert_int_equal(page_alloc_free_pages(), 13);
    assert_int_equal(page_alloc_largest_run(), 7);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_neighbouring_memory_is_added_in_any_order),
        cmocka_unit_test(test_added_memory_must_be_new_and_possible),
        cmocka_unit_test(test_memory_up_to_the_last_address_can_be_added),
        cmocka_unit_test(test_type_is_unknown_outside_memory),
        cmocka_unit_test(test_free_pages_and_largest_run_are_counted),
    };

    return isolated_run(tests);
}
