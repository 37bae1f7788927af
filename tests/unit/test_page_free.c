/* FreePages (UEFI 2.10 section 7.2.2), and memory that is in use from the start. */
#include "shim/memory/page_alloc.h"

#include <stdbool.h>

#include "shim/memory/region_store.h"
#include "tests/unit/isolated.h"

#define FREE  EfiConventionalMemory
#define DATA  EfiLoaderData
#define PAGE  0x1000ull
#define START 0x100000ull
#define PAGES 16u
#define AT(n) (START + (n)*PAGE)

static int start_with_16_pages(void **state)
{
    (void)state;
    return page_alloc_add(START, PAGES, FREE, EFI_MEMORY_WB) != EFI_SUCCESS;
}

static void allocate(uint64_t page, uint64_t pages, uint32_t type)
{
    EFI_PHYSICAL_ADDRESS address = AT(page);

    assert_int_equal(page_alloc(AllocateAddress, type, pages, &address), EFI_SUCCESS);
}

/* One letter for each of the 16 pages: '.' free, 'd' loader data, 'b' boot services data. */
static void assert_pages(const char *expected)
{
    char found[PAGES + 1] = {0};

    for (unsigned int i = 0; i < PAGES; i++) {
        uint32_t type;

        assert_true(page_alloc_type_at(AT(i), &type));
        found[i] = type == FREE ? '.' : type == DATA ? 'd' : 'b';
    }
    assert_string_equal(found, expected);
}

static void assert_refused(uint64_t address, uint64_t pages, EFI_STATUS status)
{
    uint64_t key = page_alloc_map_key();

    assert_int_equal(page_free(address, pages), status);
    assert_int_equal(page_alloc_map_key(), key);
}

static void test_any_part_of_an_allocation_can_be_freed(void **state)
{
    static const struct {
        unsigned int page;
        unsigned int pages;
        const char *expected;
    } cases[] = {
        {4, 1, ".....ddd........"}, {5, 2, "....d..d........"}, {7, 1, "....ddd........."},
        {4, 4, "................"}, {4, 3, ".......d........"}, {5, 3, "....d..........."},
    };

    (void)state;
    for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
        allocate(4, 4, DATA);
        assert_int_equal(page_free(AT(cases[i].page), cases[i].pages), EFI_SUCCESS);
        assert_pages(cases[i].expected);
        for (unsigned int page = 4; page < 8; page++)
            page_free(AT(page), 1);
        assert_pages("................");
    }
}

static void test_one_call_frees_several_allocations(void **state)
{
    (void)state;
    allocate(2, 2, DATA);
    allocate(4, 3, EfiBootServicesData);
    allocate(7, 1, DATA);
    assert_pages("..ddbbbd........");
    assert_int_equal(page_free(AT(3), 5), EFI_SUCCESS);
    assert_pages("..d.............");
}

static void test_freed_pages_can_be_allocated_again(void **state)
{
    (void)state;
    allocate(0, PAGES, DATA);
    assert_int_equal(page_free(AT(3), 2), EFI_SUCCESS);
    allocate(3, 2, EfiBootServicesData);
    assert_pages("dddbbddddddddddd");
}

static void test_pages_in_any_order_become_one_free_run_again(void **state)
{
    static const unsigned int order[PAGES] = {3, 0, 15, 7, 8, 1, 12, 2, 9, 14, 4, 6, 5, 13, 11, 10};

    (void)state;
    for (unsigned int i = 0; i < PAGES; i++)
        allocate(i, 1, DATA);
    for (unsigned int i = 0; i < PAGES; i++)
        assert_int_equal(page_free(AT(order[i]), 1), EFI_SUCCESS);
    assert_int_equal(page_alloc_largest_run(), PAGES);
}

static void test_free_memory_cannot_be_freed(void **state)
{
    (void)state;
    assert_refused(AT(0), 1, EFI_NOT_FOUND);
    assert_refused(AT(0), PAGES, EFI_NOT_FOUND);
}

static void test_pages_cannot_be_freed_twice(void **state)
{
    (void)state;
    allocate(4, 2, DATA);
    assert_int_equal(page_free(AT(4), 2), EFI_SUCCESS);
    assert_refused(AT(4), 2, EFI_NOT_FOUND);
}

static void test_nothing_is_freed_when_one_page_was_not_allocated(void **state)
{
    (void)state;
    allocate(4, 2, DATA);
    allocate(7, 2, DATA);
    assert_refused(AT(3), 2, EFI_NOT_FOUND);
    assert_refused(AT(4), 5, EFI_NOT_FOUND);
    assert_refused(AT(7), 3, EFI_NOT_FOUND);
    assert_pages("....dd.dd.......");
}

static void test_memory_of_the_machine_cannot_be_freed(void **state)
{
    (void)state;
    assert_int_equal(page_alloc_add(AT(PAGES), 4, EfiReservedMemoryType, 0), EFI_SUCCESS);
    allocate(PAGES - 1, 1, EfiReservedMemoryType);
    assert_refused(AT(PAGES), 4, EFI_NOT_FOUND);
    assert_refused(AT(PAGES - 1), 2, EFI_NOT_FOUND);
    assert_int_equal(page_free(AT(PAGES - 1), 1), EFI_SUCCESS);
}

static void test_addresses_outside_memory_are_not_found(void **state)
{
    (void)state;
    allocate(0, PAGES, DATA);
    assert_refused(0, 1, EFI_NOT_FOUND);
    assert_refused(AT(PAGES), 1, EFI_NOT_FOUND);
    assert_refused(AT(-1), 2, EFI_NOT_FOUND);
    assert_refused(AT(PAGES - 1), 2, EFI_NOT_FOUND);
    assert_refused(1ull << 52, 1, EFI_NOT_FOUND);
    assert_refused(-PAGE, 1, EFI_NOT_FOUND);
}

static void test_ranges_that_wrap_are_not_found(void **state)
{
    static const uint64_t counts[] = {1ull << 40, 1ull << 52, (1ull << 52) + 1, UINT64_MAX};

    (void)state;
    allocate(0, PAGES, DATA);
    for (size_t i = 0; i < sizeof(counts) / sizeof(counts[0]); i++)
        assert_refused(AT(0), counts[i], EFI_NOT_FOUND);
    assert_refused(-PAGE, 2, EFI_NOT_FOUND);
    assert_refused(-PAGE, 1 + AT(PAGES) / PAGE, EFI_NOT_FOUND);
}

static void test_address_must_be_that_of_a_page(void **state)
{
    (void)state;
    allocate(0, PAGES, DATA);
    assert_refused(AT(0) + 1, 1, EFI_INVALID_PARAMETER);
    assert_refused(AT(1) - 1, 1, EFI_INVALID_PARAMETER);
}

static void test_page_count_must_not_be_zero(void **state)
{
    (void)state;
    allocate(0, PAGES, DATA);
    assert_refused(AT(0), 0, EFI_INVALID_PARAMETER);
}

static void test_claimed_bytes_take_whole_pages(void **state)
{
    (void)state;
    assert_int_equal(page_alloc_claim(AT(3) + 5, AT(5) + 1, DATA), EFI_SUCCESS);
    assert_int_equal(page_alloc_claim(AT(8), AT(9), DATA), EFI_SUCCESS);
    assert_pages("...ddd..d.......");
    assert_int_equal(page_free(AT(3), 3), EFI_SUCCESS);
    assert_pages("........d.......");
}

static void test_claimed_memory_is_not_given_out(void **state)
{
    EFI_PHYSICAL_ADDRESS address;

    (void)state;
    page_alloc_claim(AT(1), AT(PAGES), DATA);
    assert_int_equal(page_alloc(AllocateAnyPages, DATA, 1, &address), EFI_SUCCESS);
    assert_int_equal(address, AT(0));
    assert_int_equal(page_alloc(AllocateAnyPages, DATA, 1, &address), EFI_OUT_OF_RESOURCES);
}

static void test_claimed_memory_can_be_freed(void **state)
{
    (void)state;
    page_alloc_claim(AT(3), AT(6), DATA);
    assert_int_equal(page_free(AT(4), 1), EFI_SUCCESS);
    assert_pages("...d.d..........");
}

static void test_claim_leaves_what_is_taken_already(void **state)
{
    (void)state;
    allocate(4, 2, EfiBootServicesData);
    assert_int_equal(page_alloc_claim(AT(2), AT(9), DATA), EFI_SUCCESS);
    assert_pages("..ddbbddd.......");
}

static void test_claim_outside_memory_does_nothing(void **state)
{
    uint64_t key = page_alloc_map_key();

    (void)state;
    assert_int_equal(page_alloc_claim(0, AT(0), DATA), EFI_SUCCESS);
    assert_int_equal(page_alloc_claim(AT(PAGES), AT(PAGES) + PAGE, DATA), EFI_SUCCESS);
    assert_int_equal(page_alloc_claim(AT(2), AT(2), DATA), EFI_SUCCESS);
    assert_int_equal(page_alloc_map_key(), key);
}

static void test_claim_spans_holes(void **state)
{
    (void)state;
    assert_int_equal(page_alloc_add(AT(PAGES + 4), 4, FREE, EFI_MEMORY_WB), EFI_SUCCESS);
    assert_int_equal(page_alloc_claim(AT(PAGES - 1), AT(PAGES + 5), DATA), EFI_SUCCESS);
    assert_int_equal(page_alloc_free_pages(), PAGES - 1 + 3);
}

/*
 * Ranges that no page could be taken from to describe more of them, so many that there is room for
 * one more region.
 */
static void fill_but_one(void)
{
    for (uint64_t i = 0; i < REGION_STORE_FIRST - 2; i++)
        assert_int_equal(
            page_alloc_add(0x40000000 + 2 * i * PAGE, 1, EfiReservedMemoryType, EFI_MEMORY_UC),
            EFI_SUCCESS);
}

static void test_without_room_nothing_is_cut(void **state)
{
    EFI_PHYSICAL_ADDRESS address = AT(4);

    (void)state;
    fill_but_one();
    assert_int_equal(page_alloc(AllocateAddress, DATA, 1, &address), EFI_OUT_OF_RESOURCES);
    assert_int_equal(page_alloc_claim(AT(3), AT(4), DATA), EFI_OUT_OF_RESOURCES);
    allocate(0, 3, DATA);
    assert_int_equal(page_alloc(AllocateAnyPages, DATA, 1, &address), EFI_OUT_OF_RESOURCES);
    assert_int_equal(page_alloc_aligned(DATA, 1, PAGE, &address), EFI_OUT_OF_RESOURCES);
    assert_int_equal(page_alloc_add(0x80000000, 1, FREE, EFI_MEMORY_WB), EFI_OUT_OF_RESOURCES);
    assert_pages("ddd.............");
}

static void test_without_room_whole_regions_can_be_taken(void **state)
{
    EFI_PHYSICAL_ADDRESS address;

    (void)state;
    fill_but_one();
    allocate(0, 3, DATA);
    assert_int_equal(page_alloc(AllocateAnyPages, EfiBootServicesData, PAGES - 3, &address),
                     EFI_SUCCESS);
    assert_pages("dddbbbbbbbbbbbbb");
}

static void test_without_room_allocations_are_freed_as_a_whole(void **state)
{
    (void)state;
    fill_but_one();
    allocate(0, 3, DATA);
    assert_refused(AT(1), 1, EFI_OUT_OF_RESOURCES);
    assert_pages("ddd.............");
    assert_int_equal(page_free(AT(0), 3), EFI_SUCCESS);
    assert_pages("................");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup(test_any_part_of_an_allocation_can_be_freed, start_with_16_pages),
        cmocka_unit_test_setup(test_one_call_frees_several_allocations, start_with_16_pages),
        cmocka_unit_test_setup(test_freed_pages_can_be_allocated_again, start_with_16_pages),
        cmocka_unit_test_setup(test_pages_in_any_order_become_one_free_run_again,
                               start_with_16_pages),
        cmocka_unit_test_setup(test_free_memory_cannot_be_freed, start_with_16_pages),
        cmocka_unit_test_setup(test_pages_cannot_be_freed_twice, start_with_16_pages),
        cmocka_unit_test_setup(test_nothing_is_freed_when_one_page_was_not_allocated,
                               start_with_16_pages),
        cmocka_unit_test_setup(test_memory_of_the_machine_cannot_be_freed, start_with_16_pages),
        cmocka_unit_test_setup(test_addresses_outside_memory_are_not_found, start_with_16_pages),
        cmocka_unit_test_setup(test_ranges_that_wrap_are_not_found, start_with_16_pages),
        cmocka_unit_test_setup(test_address_must_be_that_of_a_page, start_with_16_pages),
        cmocka_unit_test_setup(test_page_count_must_not_be_zero, start_with_16_pages),
        cmocka_unit_test_setup(test_claimed_bytes_take_whole_pages, start_with_16_pages),
        cmocka_unit_test_setup(test_claimed_memory_is_not_given_out, start_with_16_pages),
        cmocka_unit_test_setup(test_claimed_memory_can_be_freed, start_with_16_pages),
        cmocka_unit_test_setup(test_claim_leaves_what_is_taken_already, start_with_16_pages),
        cmocka_unit_test_setup(test_claim_outside_memory_does_nothing, start_with_16_pages),
        cmocka_unit_test_setup(test_claim_spans_holes, start_with_16_pages),
        cmocka_unit_test_setup(test_without_room_nothing_is_cut, start_with_16_pages),
        cmocka_unit_test_setup(test_without_room_whole_regions_can_be_taken, start_with_16_pages),
        cmocka_unit_test_setup(test_without_room_allocations_are_freed_as_a_whole,
                               start_with_16_pages),
    };

    return isolated_run(tests);
}
