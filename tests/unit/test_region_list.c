#include "shim/region_list.h"

#include <setjmp.h>
#include <stdarg.h>
#include <string.h>

#include <cmocka.h>
#include <efi.h>

#define FREE EfiConventionalMemory
#define DATA EfiLoaderData

static struct region_list list;

static int start_empty(void **state)
{
    (void)state;
    memset(&list, 0, sizeof(list));
    return 0;
}

static struct region region_of(uint64_t start, uint64_t end, uint32_t type)
{
    return (struct region){.start = start, .end = end, .type = type, .attributes = EFI_MEMORY_WB};
}

static void add(uint64_t start, uint64_t end, uint32_t type)
{
    region_list_add(&list, region_of(start, end, type));
}

static void assert_region(size_t index, uint64_t start, uint64_t end, uint32_t type)
{
    assert_true(index < list.count);
    assert_int_equal(list.at[index].start, start);
    assert_int_equal(list.at[index].end, end);
    assert_int_equal(list.at[index].type, type);
}

static void test_index_in_an_empty_list_is_the_count(void **state)
{
    (void)state;
    assert_int_equal(region_list_index(&list, 0), 0);
    assert_int_equal(region_list_index(&list, UINT64_MAX), 0);
}

static void test_index_is_that_of_the_first_region_ending_beyond(void **state)
{
    static const struct {
        uint64_t address;
        size_t index;
    } cases[] = {
        {0, 0},      {0x1000, 0}, {0x1fff, 0}, {0x2000, 1},         {0x3fff, 1},
        {0x4000, 1}, {0x5fff, 1}, {0x6000, 2}, {UINT64_MAX - 1, 2},
    };

    (void)state;
    add(0x1000, 0x2000, FREE);
    add(0x4000, 0x6000, FREE);
    for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++)
        assert_int_equal(region_list_index(&list, cases[i].address), cases[i].index);
}

static void test_added_regions_are_sorted(void **state)
{
    (void)state;
    add(0x5000, 0x6000, FREE);
    add(0x1000, 0x2000, FREE);
    add(0x3000, 0x4000, FREE);
    assert_int_equal(list.count, 3);
    assert_region(0, 0x1000, 0x2000, FREE);
    assert_region(1, 0x3000, 0x4000, FREE);
    assert_region(2, 0x5000, 0x6000, FREE);
}

static void test_added_region_joins_its_lower_neighbour(void **state)
{
    (void)state;
    add(0x1000, 0x2000, FREE);
    add(0x2000, 0x3000, FREE);
    assert_int_equal(list.count, 1);
    assert_region(0, 0x1000, 0x3000, FREE);
}

static void test_added_region_joins_its_upper_neighbour(void **state)
{
    (void)state;
    add(0x2000, 0x3000, FREE);
    add(0x1000, 0x2000, FREE);
    assert_int_equal(list.count, 1);
    assert_region(0, 0x1000, 0x3000, FREE);
}

static void test_added_region_joins_both_neighbours(void **state)
{
    (void)state;
    add(0x1000, 0x2000, FREE);
    add(0x3000, 0x4000, FREE);
    add(0x2000, 0x3000, FREE);
    assert_int_equal(list.count, 1);
    assert_region(0, 0x1000, 0x4000, FREE);
}

static void test_only_regions_alike_in_everything_are_joined(void **state)
{
    struct region different[] = {
        region_of(0x2000, 0x3000, DATA),
        region_of(0x2000, 0x3000, FREE),
        region_of(0x2000, 0x3000, FREE),
        region_of(0x2001, 0x3000, FREE),
    };

    different[1].attributes = EFI_MEMORY_UC;
    different[2].allocated = true;
    for (size_t i = 0; i < sizeof(different) / sizeof(different[0]); i++) {
        start_empty(state);
        add(0x1000, 0x2000, FREE);
        region_list_add(&list, different[i]);
        assert_int_equal(list.count, 2);
    }
}

static void test_set_whole_region(void **state)
{
    (void)state;
    add(0x1000, 0x4000, FREE);
    region_list_set(&list, 0x1000, 0x4000, DATA, true);
    assert_int_equal(list.count, 1);
    assert_region(0, 0x1000, 0x4000, DATA);
    assert_true(list.at[0].allocated);
}

static void test_set_beginning_splits_in_two(void **state)
{
    (void)state;
    add(0x1000, 0x4000, FREE);
    region_list_set(&list, 0x1000, 0x2000, DATA, true);
    assert_int_equal(list.count, 2);
    assert_region(0, 0x1000, 0x2000, DATA);
    assert_region(1, 0x2000, 0x4000, FREE);
}

static void test_set_end_splits_in_two(void **state)
{
    (void)state;
    add(0x1000, 0x4000, FREE);
    region_list_set(&list, 0x3000, 0x4000, DATA, true);
    assert_int_equal(list.count, 2);
    assert_region(0, 0x1000, 0x3000, FREE);
    assert_region(1, 0x3000, 0x4000, DATA);
}

static void test_set_middle_splits_in_three(void **state)
{
    (void)state;
    add(0x1000, 0x4000, FREE);
    region_list_set(&list, 0x2000, 0x3000, DATA, true);
    assert_int_equal(list.count, 3);
    assert_region(0, 0x1000, 0x2000, FREE);
    assert_region(1, 0x2000, 0x3000, DATA);
    assert_region(2, 0x3000, 0x4000, FREE);
    assert_false(list.at[0].allocated);
    assert_true(list.at[1].allocated);
    assert_false(list.at[2].allocated);
}

static void test_set_back_makes_one_region_again(void **state)
{
    (void)state;
    add(0x1000, 0x4000, FREE);
    region_list_set(&list, 0x2000, 0x3000, DATA, true);
    region_list_set(&list, 0x2000, 0x3000, FREE, false);
    assert_int_equal(list.count, 1);
    assert_region(0, 0x1000, 0x4000, FREE);
}

static void test_set_joins_with_the_same_next_to_it(void **state)
{
    (void)state;
    add(0x1000, 0x5000, FREE);
    region_list_set(&list, 0x2000, 0x3000, DATA, true);
    region_list_set(&list, 0x3000, 0x4000, DATA, true);
    region_list_set(&list, 0x1000, 0x2000, DATA, true);
    assert_int_equal(list.count, 2);
    assert_region(0, 0x1000, 0x4000, DATA);
    assert_region(1, 0x4000, 0x5000, FREE);
}

static void test_set_keeps_attributes(void **state)
{
    (void)state;
    add(0x1000, 0x4000, FREE);
    region_list_set(&list, 0x2000, 0x3000, DATA, true);
    for (size_t i = 0; i < list.count; i++)
        assert_int_equal(list.at[i].attributes, EFI_MEMORY_WB);
}

static void test_room_is_two_regions(void **state)
{
    (void)state;
    for (uint64_t i = 0; i + 2 < REGIONS_MAX; i++)
        add(2 * i * 0x1000, (2 * i + 1) * 0x1000, FREE);
    assert_true(region_list_has_room(&list));
    add(2 * REGIONS_MAX * 0x1000ull, (2 * REGIONS_MAX + 1) * 0x1000ull, FREE);
    assert_false(region_list_has_room(&list));
}

static void test_cutting_needs_room_only_off_the_edges(void **state)
{
    (void)state;
    for (uint64_t i = 0; i + 1 < REGIONS_MAX; i++)
        add(8 * i * 0x1000, (8 * i + 3) * 0x1000, FREE);
    assert_true(region_list_has_room_to_cut(&list, 0, 0x3000));
    assert_true(region_list_has_room_to_cut(&list, 0, 0x2000));
    assert_true(region_list_has_room_to_cut(&list, 0x1000, 0x3000));
    assert_false(region_list_has_room_to_cut(&list, 0x1000, 0x2000));
    add(8 * REGIONS_MAX * 0x1000ull, (8 * REGIONS_MAX + 3) * 0x1000ull, FREE);
    assert_true(region_list_has_room_to_cut(&list, 0, 0x3000));
    assert_false(region_list_has_room_to_cut(&list, 0, 0x2000));
    assert_false(region_list_has_room_to_cut(&list, 0x1000, 0x3000));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup(test_index_in_an_empty_list_is_the_count, start_empty),
        cmocka_unit_test_setup(test_index_is_that_of_the_first_region_ending_beyond, start_empty),
        cmocka_unit_test_setup(test_added_regions_are_sorted, start_empty),
        cmocka_unit_test_setup(test_added_region_joins_its_lower_neighbour, start_empty),
        cmocka_unit_test_setup(test_added_region_joins_its_upper_neighbour, start_empty),
        cmocka_unit_test_setup(test_added_region_joins_both_neighbours, start_empty),
        cmocka_unit_test_setup(test_only_regions_alike_in_everything_are_joined, start_empty),
        cmocka_unit_test_setup(test_set_whole_region, start_empty),
        cmocka_unit_test_setup(test_set_beginning_splits_in_two, start_empty),
        cmocka_unit_test_setup(test_set_end_splits_in_two, start_empty),
        cmocka_unit_test_setup(test_set_middle_splits_in_three, start_empty),
        cmocka_unit_test_setup(test_set_back_makes_one_region_again, start_empty),
        cmocka_unit_test_setup(test_set_joins_with_the_same_next_to_it, start_empty),
        cmocka_unit_test_setup(test_set_keeps_attributes, start_empty),
        cmocka_unit_test_setup(test_room_is_two_regions, start_empty),
        cmocka_unit_test_setup(test_cutting_needs_room_only_off_the_edges, start_empty),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
