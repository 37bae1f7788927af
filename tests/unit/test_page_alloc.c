/* AllocatePages: which pages, and what is refused (UEFI 2.10 section 7.2.1). */
#include "shim/memory/page_alloc.h"

#include "shim/memory/memory_type.h"
#include "tests/unit/isolated.h"
#include "tests/unit/page_client.h"

#define FREE     EfiConventionalMemory
#define DATA     EfiLoaderData
#define MIB      (1ull << 20)
#define FOUR_GIB (1ull << 32)
#define PAGE     0x1000ull

static void test_any_pages_come_from_the_top(void **state)
{
    (void)state;
    page_client_add(1 * MIB, 2 * MIB, FREE);
    assert_int_equal(page_client_allocate(AllocateAnyPages, 3, 0), 2 * MIB - 3 * PAGE);
    assert_int_equal(page_client_allocate(AllocateAnyPages, 1, 0), 2 * MIB - 4 * PAGE);
    page_client_expect(2 * MIB - 4 * PAGE, 2 * MIB, DATA);
    page_client_expect(1 * MIB, 2 * MIB - 4 * PAGE, FREE);
}

static void test_any_pages_do_not_look_at_the_address(void **state)
{
    (void)state;
    page_client_add(1 * MIB, 2 * MIB, FREE);
    assert_int_equal(page_client_allocate(AllocateAnyPages, 1, 0x123), 2 * MIB - PAGE);
}

static void test_any_pages_prefer_memory_below_4_gib(void **state)
{
    (void)state;
    page_client_add(1 * MIB, 2 * MIB, FREE);
    page_client_add(FOUR_GIB, FOUR_GIB + MIB, FREE);
    assert_int_equal(page_client_allocate(AllocateAnyPages, 1, 0), 2 * MIB - PAGE);
}

static void test_any_pages_stay_below_4_gib_in_a_range_that_crosses_it(void **state)
{
    (void)state;
    page_client_add(FOUR_GIB - MIB, FOUR_GIB + MIB, FREE);
    assert_int_equal(page_client_allocate(AllocateAnyPages, 2, 0), FOUR_GIB - 2 * PAGE);
}

static void test_any_pages_go_above_4_gib_when_there_is_no_room_below(void **state)
{
    (void)state;
    page_client_add(1 * MIB, 2 * MIB, FREE);
    page_client_add(FOUR_GIB, FOUR_GIB + 2 * MIB, FREE);
    assert_int_equal(page_client_allocate(AllocateAnyPages, MIB / PAGE + 1, 0),
                     FOUR_GIB + MIB - PAGE);
}

static void test_gaps_that_are_too_small_are_passed_over(void **state)
{
    (void)state;
    page_client_add(1 * MIB, 1 * MIB + 8 * PAGE, FREE);
    page_client_add(2 * MIB, 2 * MIB + 2 * PAGE, FREE);
    assert_int_equal(page_client_allocate(AllocateAnyPages, 3, 0), 1 * MIB + 5 * PAGE);
    assert_int_equal(page_client_allocate(AllocateAnyPages, 2, 0), 2 * MIB);
}

static void test_everything_can_be_allocated(void **state)
{
    (void)state;
    page_client_add(1 * MIB, 2 * MIB, FREE);
    assert_int_equal(page_client_allocate(AllocateAnyPages, MIB / PAGE, 0), 1 * MIB);
    assert_int_equal(page_alloc_free_pages(), 0);
    assert_int_equal(page_alloc_largest_run(), 0);
    page_client_cannot_allocate(AllocateAnyPages, DATA, 1, 0, EFI_OUT_OF_RESOURCES);
}

static void test_only_conventional_memory_is_given_out(void **state)
{
    (void)state;
    for (uint32_t type = 0; type < MEMORY_TYPE_SPEC_END; type++) {
        if (type != FREE)
            page_client_add((type + 1) * MIB, (type + 2) * MIB, type);
    }
    page_client_cannot_allocate(AllocateAnyPages, DATA, 1, 0, EFI_OUT_OF_RESOURCES);
    page_client_cannot_allocate(AllocateMaxAddress, DATA, 1, UINT64_MAX, EFI_OUT_OF_RESOURCES);
    page_client_cannot_allocate(AllocateAddress, DATA, 1, 1 * MIB, EFI_NOT_FOUND);
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
    page_client_add(1 * MIB, 2 * MIB, FREE);
    for (size_t i = 0; i < sizeof(counts) / sizeof(counts[0]); i++) {
        page_client_cannot_allocate(AllocateAnyPages, DATA, counts[i], 0, EFI_OUT_OF_RESOURCES);
        page_client_cannot_allocate(AllocateMaxAddress, DATA, counts[i], UINT64_MAX,
                                    EFI_OUT_OF_RESOURCES);
        page_client_cannot_allocate(AllocateAddress, DATA, counts[i], 1 * MIB, EFI_NOT_FOUND);
    }
}

static void test_types_of_the_specification_are_accepted(void **state)
{
    (void)state;
    page_client_add(1 * MIB, 2 * MIB, FREE);
    for (uint32_t type = EfiReservedMemoryType; type <= EfiPalCode; type++) {
        EFI_PHYSICAL_ADDRESS address;

        if (type == FREE)
            continue;
        assert_int_equal(page_alloc(AllocateAnyPages, type, 1, &address), EFI_SUCCESS);
        page_client_expect(address, address + PAGE, type);
    }
}

static void test_types_of_oems_and_os_loaders_are_accepted(void **state)
{
    static const uint32_t types[] = {0x70000000, 0x7fffffff, 0x80000000, 0xfffffffe, 0xffffffff};

    (void)state;
    page_client_add(1 * MIB, 2 * MIB, FREE);
    for (size_t i = 0; i < sizeof(types) / sizeof(types[0]); i++) {
        EFI_PHYSICAL_ADDRESS address;

        assert_int_equal(page_alloc(AllocateAnyPages, types[i], 1, &address), EFI_SUCCESS);
        page_client_expect(address, address + PAGE, types[i]);
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
    page_client_add(1 * MIB, 2 * MIB, FREE);
    for (size_t i = 0; i < sizeof(types) / sizeof(types[0]); i++) {
        page_client_cannot_allocate(AllocateAnyPages, types[i], 1, 0, EFI_INVALID_PARAMETER);
        page_client_cannot_allocate(AllocateMaxAddress, types[i], 1, UINT64_MAX,
                                    EFI_INVALID_PARAMETER);
        page_client_cannot_allocate(AllocateAddress, types[i], 1, 1 * MIB, EFI_INVALID_PARAMETER);
    }
}

static void test_unknown_ways_to_allocate_are_refused(void **state)
{
    (void)state;
    page_client_add(1 * MIB, 2 * MIB, FREE);
    page_client_cannot_allocate(MaxAllocateType, DATA, 1, 1 * MIB, EFI_INVALID_PARAMETER);
    page_client_cannot_allocate((EFI_ALLOCATE_TYPE)0x7fffffff, DATA, 1, 1 * MIB,
                                EFI_INVALID_PARAMETER);
    page_client_cannot_allocate((EFI_ALLOCATE_TYPE)-1, DATA, 1, 1 * MIB, EFI_INVALID_PARAMETER);
}

static void test_address_pointer_must_not_be_null(void **state)
{
    (void)state;
    page_client_add(1 * MIB, 2 * MIB, FREE);
    assert_int_equal(page_alloc(AllocateAnyPages, DATA, 1, NULL), EFI_INVALID_PARAMETER);
    assert_int_equal(page_alloc_free_pages(), MIB / PAGE);
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
        cmocka_unit_test(test_page_counts_that_cannot_be_are_refused),
        cmocka_unit_test(test_types_of_the_specification_are_accepted),
        cmocka_unit_test(test_types_of_oems_and_os_loaders_are_accepted),
        cmocka_unit_test(test_types_that_nobody_may_ask_for_are_refused),
        cmocka_unit_test(test_unknown_ways_to_allocate_are_refused),
        cmocka_unit_test(test_address_pointer_must_not_be_null),
    };

    return isolated_run(tests);
}
