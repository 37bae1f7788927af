/* AllocatePages (UEFI 2.10 section 7.2.1), and how the allocator learns of memory. */
#include "shim/memory/page_alloc.h"

#include <stdbool.h>

#include "shim/memory/memory_type.h"
#include "tests/unit/isolated.h"

#define FREE     EfiConventionalMemory
#define DATA     EfiLoaderData
#define MIB      (1ull << 20)
#define FOUR_GIB (1ull << 32)
#define PAGE     0x1000ull
#define WB       EFI_MEMORY_WB

static void add(uint64_t start, uint64_t end, uint32_t type)
{
    assert_int_equal(page_alloc_add(start, (end - start) / PAGE, type, WB), EFI_SUCCESS);
}

/* What `how` does with `address`; the address that it found. */
static EFI_PHYSICAL_ADDRESS allocate(EFI_ALLOCATE_TYPE how, uint64_t pages, uint64_t address)
{
    assert_int_equal(page_alloc(how, DATA, pages, &address), EFI_SUCCESS);
    return address;
}

static void assert_type(uint64_t start, uint64_t end, uint32_t type)
{
    for (uint64_t address = start; address < end; address += PAGE) {
        uint32_t found;

        assert_true(page_alloc_type_at(address, &found));
        assert_int_equal(found, type);
    }
}

/* Refused with `status`, and nothing has changed. */
static void assert_refused(EFI_ALLOCATE_TYPE how, uint32_t type, uint64_t pages, uint64_t address,
                           EFI_STATUS status)
{
    EFI_PHYSICAL_ADDRESS place = address;
    uint64_t key = page_alloc_map_key();
    uint64_t free_pages = page_alloc_free_pages();

    assert_int_equal(page_alloc(how, type, pages, &place), status);
    assert_int_equal(place, address);
    assert_int_equal(page_alloc_map_key(), key);
    assert_int_equal(page_alloc_free_pages(), free_pages);
}

static void test_any_pages_come_from_the_top(void **state)
{
    (void)state;
    add(1 * MIB, 2 * MIB, FREE);
    assert_int_equal(allocate(AllocateAnyPages, 3, 0), 2 * MIB - 3 * PAGE);
    assert_int_equal(allocate(AllocateAnyPages, 1, 0), 2 * MIB - 4 * PAGE);
    assert_type(2 * MIB - 4 * PAGE, 2 * MIB, DATA);
    assert_type(1 * MIB, 2 * MIB - 4 * PAGE, FREE);
}

static void test_any_pages_do_not_look_at_the_address(void **state)
{
    (void)state;
    add(1 * MIB, 2 * MIB, FREE);
    assert_int_equal(allocate(AllocateAnyPages, 1, 0x123), 2 * MIB - PAGE);
}

static void test_any_pages_prefer_memory_below_4_gib(void **state)
{
    (void)state;
    add(1 * MIB, 2 * MIB, FREE);
    add(FOUR_GIB, FOUR_GIB + MIB, FREE);
    assert_int_equal(allocate(AllocateAnyPages, 1, 0), 2 * MIB - PAGE);
}

static void test_any_pages_stay_below_4_gib_in_a_range_that_crosses_it(void **state)
{
    (void)state;
    add(FOUR_GIB - MIB, FOUR_GIB + MIB, FREE);
    assert_int_equal(allocate(AllocateAnyPages, 2, 0), FOUR_GIB - 2 * PAGE);
}

static void test_any_pages_go_above_4_gib_when_there_is_no_room_below(void **state)
{
    (void)state;
    add(1 * MIB, 2 * MIB, FREE);
    add(FOUR_GIB, FOUR_GIB + 2 * MIB, FREE);
    assert_int_equal(allocate(AllocateAnyPages, MIB / PAGE + 1, 0), FOUR_GIB + MIB - PAGE);
}

static void test_gaps_that_are_too_small_are_passed_over(void **state)
{
    (void)state;
    add(1 * MIB, 1 * MIB + 8 * PAGE, FREE);
    add(2 * MIB, 2 * MIB + 2 * PAGE, FREE);
    assert_int_equal(allocate(AllocateAnyPages, 3, 0), 1 * MIB + 5 * PAGE);
    assert_int_equal(allocate(AllocateAnyPages, 2, 0), 2 * MIB);
}

static void test_everything_can_be_allocated(void **state)
{
    (void)state;
    add(1 * MIB, 2 * MIB, FREE);
    assert_int_equal(allocate(AllocateAnyPages, MIB / PAGE, 0), 1 * MIB);
    assert_int_equal(page_alloc_free_pages(), 0);
    assert_int_equal(page_alloc_largest_run(), 0);
    assert_refused(AllocateAnyPages, DATA, 1, 0, EFI_OUT_OF_RESOURCES);
}

static void test_only_conventional_memory_is_given_out(void **state)
{
    (void)state;
    for (uint32_t type = 0; type < MEMORY_TYPE_SPEC_END; type++) {
        if (type != FREE)
            add((type + 1) * MIB, (type + 2) * MIB, type);
    }
    assert_refused(AllocateAnyPages, DATA, 1, 0, EFI_OUT_OF_RESOURCES);
    assert_refused(AllocateMaxAddress, DATA, 1, UINT64_MAX, EFI_OUT_OF_RESOURCES);
    assert_refused(AllocateAddress, DATA, 1, 1 * MIB, EFI_NOT_FOUND);
}

static void test_max_address_is_the_last_byte_that_may_be_used(void **state)
{
    static const struct {
        uint64_t max;
        uint64_t pages;
        uint64_t expected;
    } cases[] = {
        {UINT64_MAX, 1, FOUR_GIB + MIB - PAGE},
        {UINT64_MAX - 1, 1, FOUR_GIB + MIB - PAGE},
        {1ull << 52, 1, FOUR_GIB + MIB - PAGE},
        {FOUR_GIB + MIB - 1, 1, FOUR_GIB + MIB - PAGE},
        {FOUR_GIB + MIB - 2, 1, FOUR_GIB + MIB - 2 * PAGE},
        {FOUR_GIB - 1, 2, 2 * MIB - 2 * PAGE},
        {2 * MIB - 1, 2, 2 * MIB - 2 * PAGE},
        {2 * MIB - 2, 2, 2 * MIB - 3 * PAGE},
        {2 * MIB - PAGE, 1, 2 * MIB - 2 * PAGE},
        {PAGE - 1, 1, 0},
        {PAGE, 1, 0},
        {2 * PAGE - 1, 1, PAGE},
    };

    (void)state;
    add(0, 2 * MIB, FREE);
    add(FOUR_GIB, FOUR_GIB + MIB, FREE);
    for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
        assert_int_equal(allocate(AllocateMaxAddress, cases[i].pages, cases[i].max),
                         cases[i].expected);
        assert_int_equal(page_free(cases[i].expected, cases[i].pages), EFI_SUCCESS);
    }
}

static void test_max_address_too_small_is_out_of_resources(void **state)
{
    (void)state;
    add(0, 4 * PAGE, FREE);
    assert_refused(AllocateMaxAddress, DATA, 1, 0, EFI_OUT_OF_RESOURCES);
    assert_refused(AllocateMaxAddress, DATA, 1, PAGE - 2, EFI_OUT_OF_RESOURCES);
    assert_refused(AllocateMaxAddress, DATA, 2, 2 * PAGE - 2, EFI_OUT_OF_RESOURCES);
    assert_refused(AllocateMaxAddress, DATA, 5, UINT64_MAX, EFI_OUT_OF_RESOURCES);
}

static void test_max_address_below_all_memory_is_out_of_resources(void **state)
{
    (void)state;
    add(1 * MIB, 2 * MIB, FREE);
    assert_refused(AllocateMaxAddress, DATA, 1, 1 * MIB - 1, EFI_OUT_OF_RESOURCES);
    assert_refused(AllocateMaxAddress, DATA, 1, 1 * MIB, EFI_OUT_OF_RESOURCES);
}

static void test_address_is_taken_as_it_is(void **state)
{
    (void)state;
    add(1 * MIB, 2 * MIB, FREE);
    assert_int_equal(allocate(AllocateAddress, 2, 1 * MIB + 4 * PAGE), 1 * MIB + 4 * PAGE);
    assert_int_equal(allocate(AllocateAddress, 4, 1 * MIB), 1 * MIB);
    assert_int_equal(allocate(AllocateAddress, 1, 2 * MIB - PAGE), 2 * MIB - PAGE);
    assert_type(1 * MIB, 1 * MIB + 6 * PAGE, DATA);
    assert_type(1 * MIB + 6 * PAGE, 2 * MIB - PAGE, FREE);
}

static void test_address_where_a_page_is_taken_is_not_found(void **state)
{
    (void)state;
    add(1 * MIB, 2 * MIB, FREE);
    allocate(AllocateAddress, 1, 1 * MIB + 4 * PAGE);
    assert_refused(AllocateAddress, DATA, 1, 1 * MIB + 4 * PAGE, EFI_NOT_FOUND);
    assert_refused(AllocateAddress, DATA, 5, 1 * MIB, EFI_NOT_FOUND);
    assert_refused(AllocateAddress, DATA, 2, 1 * MIB + 4 * PAGE, EFI_NOT_FOUND);
}

static void test_address_outside_memory_is_not_found(void **state)
{
    (void)state;
    add(1 * MIB, 2 * MIB, FREE);
    assert_refused(AllocateAddress, DATA, 1, 0, EFI_NOT_FOUND);
    assert_refused(AllocateAddress, DATA, 1, 1 * MIB - PAGE, EFI_NOT_FOUND);
    assert_refused(AllocateAddress, DATA, 2, 1 * MIB - PAGE, EFI_NOT_FOUND);
    assert_refused(AllocateAddress, DATA, 2, 2 * MIB - PAGE, EFI_NOT_FOUND);
    assert_refused(AllocateAddress, DATA, 1, 2 * MIB, EFI_NOT_FOUND);
    assert_refused(AllocateAddress, DATA, 1, -PAGE, EFI_NOT_FOUND);
    assert_refused(AllocateAddress, DATA, 2, -PAGE, EFI_NOT_FOUND);
}

static void test_address_inside_a_page_is_not_found(void **state)
{
    (void)state;
    add(1 * MIB, 2 * MIB, FREE);
    assert_refused(AllocateAddress, DATA, 1, 1 * MIB + 1, EFI_NOT_FOUND);
    assert_refused(AllocateAddress, DATA, 1, 2 * MIB - 1, EFI_NOT_FOUND);
}

static void test_page_counts_that_cannot_be_are_refused(void **state)
{
    static const uint64_t counts[] = {
        0,
        5 * MIB / 2 / PAGE,
        /* more than lies below the end of memory */ MIB / PAGE + 1,
        1ull << 40,
        (1ull << 40) - 1,
        1ull << 52,
        1ull << 63,
        UINT64_MAX - 1,
        UINT64_MAX,
        UINT64_MAX / PAGE,
        (UINT64_MAX / PAGE) + 2,
    };

    (void)state;
    add(1 * MIB, 2 * MIB, FREE);
    for (size_t i = 0; i < sizeof(counts) / sizeof(counts[0]); i++) {
        assert_refused(AllocateAnyPages, DATA, counts[i], 0, EFI_OUT_OF_RESOURCES);
        assert_refused(AllocateMaxAddress, DATA, counts[i], UINT64_MAX, EFI_OUT_OF_RESOURCES);
        assert_refused(AllocateAddress, DATA, counts[i], 1 * MIB, EFI_NOT_FOUND);
    }
}

static void test_types_of_the_specification_are_accepted(void **state)
{
    (void)state;
    add(1 * MIB, 2 * MIB, FREE);
    for (uint32_t type = EfiReservedMemoryType; type <= EfiPalCode; type++) {
        EFI_PHYSICAL_ADDRESS address;

        if (type == FREE)
            continue;
        assert_int_equal(page_alloc(AllocateAnyPages, type, 1, &address), EFI_SUCCESS);
        assert_type(address, address + PAGE, type);
    }
}

static void test_types_of_oems_and_os_loaders_are_accepted(void **state)
{
    static const uint32_t types[] = {0x70000000, 0x7fffffff, 0x80000000, 0xfffffffe, 0xffffffff};

    (void)state;
    add(1 * MIB, 2 * MIB, FREE);
    for (size_t i = 0; i < sizeof(types) / sizeof(types[0]); i++) {
        EFI_PHYSICAL_ADDRESS address;

        assert_int_equal(page_alloc(AllocateAnyPages, types[i], 1, &address), EFI_SUCCESS);
        assert_type(address, address + PAGE, types[i]);
    }
}

static void test_types_that_nobody_may_ask_for_are_refused(void **state)
{
    static const uint32_t types[] = {
        EfiConventionalMemory,
        MEMORY_TYPE_PERSISTENT,
        MEMORY_TYPE_UNACCEPTED,
        MEMORY_TYPE_SPEC_END,
        17,
        0x100,
        0x10000000,
        0x6fffffff,
    };

    (void)state;
    add(1 * MIB, 2 * MIB, FREE);
    for (size_t i = 0; i < sizeof(types) / sizeof(types[0]); i++) {
        assert_refused(AllocateAnyPages, types[i], 1, 0, EFI_INVALID_PARAMETER);
        assert_refused(AllocateMaxAddress, types[i], 1, UINT64_MAX, EFI_INVALID_PARAMETER);
        assert_refused(AllocateAddress, types[i], 1, 1 * MIB, EFI_INVALID_PARAMETER);
    }
}

static void test_unknown_ways_to_allocate_are_refused(void **state)
{
    (void)state;
    add(1 * MIB, 2 * MIB, FREE);
    assert_refused(MaxAllocateType, DATA, 1, 1 * MIB, EFI_INVALID_PARAMETER);
    assert_refused((EFI_ALLOCATE_TYPE)0x7fffffff, DATA, 1, 1 * MIB, EFI_INVALID_PARAMETER);
    assert_refused((EFI_ALLOCATE_TYPE)-1, DATA, 1, 1 * MIB, EFI_INVALID_PARAMETER);
}

static void test_address_pointer_must_not_be_null(void **state)
{
    (void)state;
    add(1 * MIB, 2 * MIB, FREE);
    assert_int_equal(page_alloc(AllocateAnyPages, DATA, 1, NULL), EFI_INVALID_PARAMETER);
    assert_int_equal(page_alloc_free_pages(), MIB / PAGE);
}

static void test_aligned_pages_are_aligned(void **state)
{
    static const uint64_t alignments[] = {PAGE, 0x10000, 2 * MIB, 16 * MIB};

    (void)state;
    add(1 * MIB, 65 * MIB + 7 * PAGE, FREE);
    for (size_t i = 0; i < sizeof(alignments) / sizeof(alignments[0]); i++) {
        EFI_PHYSICAL_ADDRESS address;

        assert_int_equal(page_alloc_aligned(DATA, 3, alignments[i], &address), EFI_SUCCESS);
        assert_int_equal(address % alignments[i], 0);
        assert_type(address, address + 3 * PAGE, DATA);
    }
}

static void test_aligned_pages_skip_memory_without_such_a_place(void **state)
{
    EFI_PHYSICAL_ADDRESS address;

    (void)state;
    add(2 * MIB, 3 * MIB, FREE);
    add(5 * MIB, 6 * MIB, FREE);
    assert_int_equal(page_alloc_aligned(DATA, 1, 2 * MIB, &address), EFI_SUCCESS);
    assert_int_equal(address, 2 * MIB);
    assert_int_equal(page_alloc_aligned(DATA, 1, 2 * MIB, &address), EFI_OUT_OF_RESOURCES);
}

static void test_aligned_pages_need_their_parameters(void **state)
{
    EFI_PHYSICAL_ADDRESS address = 1;

    (void)state;
    add(1 * MIB, 2 * MIB, FREE);
    assert_int_equal(page_alloc_aligned(FREE, 1, PAGE, &address), EFI_INVALID_PARAMETER);
    assert_int_equal(page_alloc_aligned(DATA, 0, PAGE, &address), EFI_INVALID_PARAMETER);
    assert_int_equal(page_alloc_aligned(DATA, UINT64_MAX, PAGE, &address), EFI_INVALID_PARAMETER);
    assert_int_equal(address, 1);
    assert_int_equal(page_alloc_free_pages(), MIB / PAGE);
}

static void test_neighbouring_memory_is_added_in_any_order(void **state)
{
    (void)state;
    add(2 * MIB, 3 * MIB, FREE);
    add(3 * MIB, 4 * MIB, EfiACPIReclaimMemory);
    add(1 * MIB, 2 * MIB, EfiReservedMemoryType);
    assert_type(1 * MIB, 2 * MIB, EfiReservedMemoryType);
    assert_type(2 * MIB, 3 * MIB, FREE);
    assert_type(3 * MIB, 4 * MIB, EfiACPIReclaimMemory);
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
    add(1 * MIB, 2 * MIB, FREE);
    for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++)
        assert_int_equal(page_alloc_add(cases[i].start, cases[i].pages, FREE, WB),
                         EFI_INVALID_PARAMETER);
    assert_int_equal(page_alloc_free_pages(), MIB / PAGE);
}

static void test_memory_up_to_the_last_address_can_be_added(void **state)
{
    (void)state;
    add((1ull << 52) - PAGE, 1ull << 52, FREE);
    assert_int_equal(allocate(AllocateAnyPages, 1, 0), (1ull << 52) - PAGE);
}

static void test_type_is_unknown_outside_memory(void **state)
{
    uint32_t type;

    (void)state;
    assert_false(page_alloc_type_at(0, &type));
    add(1 * MIB, 2 * MIB, FREE);
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
    add(1 * MIB, 1 * MIB + 10 * PAGE, FREE);
    add(2 * MIB, 2 * MIB + 4 * PAGE, FREE);
    add(3 * MIB, 4 * MIB, EfiReservedMemoryType);
    assert_int_equal(page_alloc_free_pages(), 14);
    assert_int_equal(page_alloc_largest_run(), 10);
    allocate(AllocateAddress, 1, 1 * MIB + 7 * PAGE);
    assert_int_equal(page_alloc_free_pages(), 13);
    assert_int_equal(page_alloc_largest_run(), 7);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_any_pages_come_from_the_top),
        cmocka_unit_test(test_any_pages_do_not_look_at_the_address),
        cmocka_unit_test(test_any_pages_prefer_memory_below_4_gib),
        cmocka_unit_test(test_any_pages_stay_below_4_gib_in_a_range_that_crosses_it),
        cmocka_unit_test(test_any_pages_go_above_4_gib_when_there_is_no_room_below),
        cmocka_unit_test(test_gaps_that_are_too_small_are_passed_over),
        cmocka_unit_test(test_everything_can_be_allocated),
        cmocka_unit_test(test_only_conventional_memory_is_given_out),
        cmocka_unit_test(test_max_address_is_the_last_byte_that_may_be_used),
        cmocka_unit_test(test_max_address_too_small_is_out_of_resources),
        cmocka_unit_test(test_max_address_below_all_memory_is_out_of_resources),
        cmocka_unit_test(test_address_is_taken_as_it_is),
        cmocka_unit_test(test_address_where_a_page_is_taken_is_not_found),
        cmocka_unit_test(test_address_outside_memory_is_not_found),
        cmocka_unit_test(test_address_inside_a_page_is_not_found),
        cmocka_unit_test(test_page_counts_that_cannot_be_are_refused),
        cmocka_unit_test(test_types_of_the_specification_are_accepted),
        cmocka_unit_test(test_types_of_oems_and_os_loaders_are_accepted),
        cmocka_unit_test(test_types_that_nobody_may_ask_for_are_refused),
        cmocka_unit_test(test_unknown_ways_to_allocate_are_refused),
        cmocka_unit_test(test_address_pointer_must_not_be_null),
        cmocka_unit_test(test_aligned_pages_are_aligned),
        cmocka_unit_test(test_aligned_pages_skip_memory_without_such_a_place),
        cmocka_unit_test(test_aligned_pages_need_their_parameters),
        cmocka_unit_test(test_neighbouring_memory_is_added_in_any_order),
        cmocka_unit_test(test_added_memory_must_be_new_and_possible),
        cmocka_unit_test(test_memory_up_to_the_last_address_can_be_added),
        cmocka_unit_test(test_type_is_unknown_outside_memory),
        cmocka_unit_test(test_free_pages_and_largest_run_are_counted),
    };

    return isolated_run(tests);
}
