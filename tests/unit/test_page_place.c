/* AllocatePages at an address or below one, and aligned pages (UEFI 2.10 section 7.2.1). */
#include "shim/memory/page_alloc.h"

#include "tests/unit/isolated.h"
#include "tests/unit/page_client.h"

#define FREE     EfiConventionalMemory
#define DATA     EfiLoaderData
#define MIB      (1ull << 20)
#define FOUR_GIB (1ull << 32)
#define PAGE     0x1000ull

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
    page_client_add(0, 2 * MIB, FREE);
    page_client_add(FOUR_GIB, FOUR_GIB + MIB, FREE);
    for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
        assert_int_equal(page_client_allocate(AllocateMaxAddress, cases[i].pages, cases[i].max),
                         cases[i].expected);
        assert_int_equal(page_free(cases[i].expected, cases[i].pages), EFI_SUCCESS);
    }
}

static void test_max_address_too_small_is_out_of_resources(void **state)
{
    (void)state;
    page_client_add(0, 4 * PAGE, FREE);
    page_client_cannot_allocate(AllocateMaxAddress, DATA, 1, 0, EFI_OUT_OF_RESOURCES);
    page_client_cannot_allocate(AllocateMaxAddress, DATA, 1, PAGE - 2, EFI_OUT_OF_RESOURCES);
    page_client_cannot_allocate(AllocateMaxAddress, DATA, 2, 2 * PAGE - 2, EFI_OUT_OF_RESOURCES);
    page_client_cannot_allocate(AllocateMaxAddress, DATA, 5, UINT64_MAX, EFI_OUT_OF_RESOURCES);
}

static void test_max_address_below_all_memory_is_out_of_resources(void **state)
{
    (void)state;
    page_client_add(1 * MIB, 2 * MIB, FREE);
    page_client_cannot_allocate(AllocateMaxAddress, DATA, 1, 1 * MIB - 1, EFI_OUT_OF_RESOURCES);
    page_client_cannot_allocate(AllocateMaxAddress, DATA, 1, 1 * MIB, EFI_OUT_OF_RESOURCES);
}

static void test_address_is_taken_as_it_is(void **state)
{
    (void)state;
    page_client_add(1 * MIB, 2 * MIB, FREE);
    assert_int_equal(page_client_allocate(AllocateAddress, 2, 1 * MIB + 4 * PAGE),
                     1 * MIB + 4 * PAGE);
    assert_int_equal(page_client_allocate(AllocateAddress, 4, 1 * MIB), 1 * MIB);
    assert_int_equal(page_client_allocate(AllocateAddress, 1, 2 * MIB - PAGE), 2 * MIB - PAGE);
    page_client_expect(1 * MIB, 1 * MIB + 6 * PAGE, DATA);
    page_client_expect(1 * MIB + 6 * PAGE, 2 * MIB - PAGE, FREE);
}

static void test_address_where_a_page_is_taken_is_not_found(void **state)
{
    (void)state;
    page_client_add(1 * MIB, 2 * MIB, FREE);
    page_client_allocate(AllocateAddress, 1, 1 * MIB + 4 * PAGE);
    page_client_cannot_allocate(AllocateAddress, DATA, 1, 1 * MIB + 4 * PAGE, EFI_NOT_FOUND);
    page_client_cannot_allocate(AllocateAddress, DATA, 5, 1 * MIB, EFI_NOT_FOUND);
    page_client_cannot_allocate(AllocateAddress, DATA, 2, 1 * MIB + 4 * PAGE, EFI_NOT_FOUND);
}

static void test_address_outside_memory_is_not_found(void **state)
{
    (void)state;
    page_client_add(1 * MIB, 2 * MIB, FREE);
    page_client_cannot_allocate(AllocateAddress, DATA, 1, 0, EFI_NOT_FOUND);
    page_client_cannot_allocate(AllocateAddress, DATA, 1, 1 * MIB - PAGE, EFI_NOT_FOUND);
    page_client_cannot_allocate(AllocateAddress, DATA, 2, 1 * MIB - PAGE, EFI_NOT_FOUND);
    page_client_cannot_allocate(AllocateAddress, DATA, 2, 2 * MIB - PAGE, EFI_NOT_FOUND);
    page_client_cannot_allocate(AllocateAddress, DATA, 1, 2 * MIB, EFI_NOT_FOUND);
    page_client_cannot_allocate(AllocateAddress, DATA, 1, -PAGE, EFI_NOT_FOUND);
    page_client_cannot_allocate(AllocateAddress, DATA, 2, -PAGE, EFI_NOT_FOUND);
}

static void test_address_inside_a_page_is_not_found(void **state)
{
    (void)state;
    page_client_add(1 * MIB, 2 * MIB, FREE);
    page_client_cannot_allocate(AllocateAddress, DATA, 1, 1 * MIB + 1, EFI_NOT_FOUND);
    page_client_cannot_allocate(AllocateAddress, DATA, 1, 2 * MIB - 1, EFI_NOT_FOUND);
}

static void test_aligned_pages_are_aligned(void **state)
{
    static const uint64_t alignments[] = {PAGE, 0x10000, 2 * MIB, 16 * MIB};

    (void)state;
    page_client_add(1 * MIB, 65 * MIB + 7 * PAGE, FREE);
    for (size_t i = 0; i < sizeof(alignments) / sizeof(alignments[0]); i++) {
        EFI_PHYSICAL_ADDRESS address;

        assert_int_equal(page_alloc_aligned(DATA, 3, alignments[i], &address), EFI_SUCCESS);
        assert_int_equal(address % alignments[i], 0);
        page_client_expect(address, address + 3 * PAGE, DATA);
    }
}

static void test_aligned_pages_skip_memory_without_such_a_place(void **state)
{
    EFI_PHYSICAL_ADDRESS address;

    (void)state;
    page_client_add(2 * MIB, 3 * MIB, FREE);
    page_client_add(5 * MIB, 6 * MIB, FREE);
    assert_int_equal(page_alloc_aligned(DATA, 1, 2 * MIB, &address), EFI_SUCCESS);
    assert_int_equal(address, 2 * MIB);
    assert_int_equal(page_alloc_aligned(DATA, 1, 2 * MIB, &address), EFI_OUT_OF_RESOURCES);
}

static void test_aligned_pages_need_their_parameters(void **state)
{
    EFI_PHYSICAL_ADDRESS address = 1;

    (void)state;
    page_client_add(1 * MIB, 2 * MIB, FREE);
    assert_int_equal(page_alloc_aligned(FREE, 1, PAGE, &address), EFI_INVALID_PARAMETER);
    assert_int_equal(page_alloc_aligned(DATA, 0, PAGE, &address), EFI_INVALID_PARAMETER);
    assert_int_equal(page_alloc_aligned(DATA, UINT64_MAX, PAGE, &address), EFI_INVALID_PARAMETER);
    assert_int_equal(address, 1);
    assert_int_equal(page_alloc_free_pages(), MIB / PAGE);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_max_address_is_the_last_byte_that_may_be_used),
        cmocka_unit_test(test_max_address_too_small_is_out_of_resources),
        cmocka_unit_test(test_max_address_below_all_memory_is_out_of_resources),
        cmocka_unit_test(test_address_is_taken_as_it_is),
        cmocka_unit_test(test_address_where_a_page_is_taken_is_not_found),
        cmocka_unit_test(test_address_outside_memory_is_not_found),
        cmocka_unit_test(test_address_inside_a_page_is_not_found),
        cmocka_unit_test(test_aligned_pages_are_aligned),
        cmocka_unit_test(test_aligned_pages_skip_memory_without_such_a_place),
        cmocka_unit_test(test_aligned_pages_need_their_parameters),
    };

    return isolated_run(tests);
}
