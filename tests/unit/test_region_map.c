#include "shim/memory/region_map.h"

#include <setjmp.h>
#include <stdarg.h>
#include <string.h>

#include <cmocka.h>
#include <efi.h>

#define FREE EfiConventionalMemory
#define DATA EfiLoaderData

static struct region_store store;
static struct region_map map;

static int start_empty(void **state)
{
    (void)state;
    memset(&store, 0, sizeof(store));
    map = (struct region_map)REGION_MAP_EMPTY(store);
    return 0;
}

static struct region region_of(uint64_t start, uint64_t end, uint32_t type)
{
    return (struct region){.start = start, .end = end, .type = type, .attributes = EFI_MEMORY_WB};
}

static void add(uint64_t start, uint64_t end, uint32_t type)
{
    region_map_add(&map, region_of(start, end, type));
}

static const struct region *region_at(size_t index)
{
    const struct region *region = region_map_first(&map);

    while (region && index--)
        region = region_next(region);
    assert_non_null(region);
    return region;
}

static void assert_region(size_t index, uint64_t start, uint64_t end, uint32_t type)
{
    assert_int_equal(region_at(index)->start, start);
    assert_int_equal(region_at(index)->end, end);
    assert_int_equal(region_at(index)->type, type);
}

static void test_nothing_is_found_in_an_empty_map(void **state)
{
    (void)state;
    assert_null(region_map_first(&map));
    assert_null(region_map_find(&map, 0));
    assert_null(region_map_find(&map, UINT64_MAX));
    assert_int_equal(region_map_largest_free(&map), 0);
}

static void test_find_is_the_first_region_ending_beyond(void **state)
{
    static const struct {
        uint64_t address;
        size_t index;
    } cases[] = {
        {0, 0}, {0x1000, 0}, {0x1fff, 0}, {0x2000, 1}, {0x3fff, 1}, {0x4000, 1}, {0x5fff, 1},
    };

    (void)state;
    add(0x1000, 0x2000, FREE);
    add(0x4000, 0x6000, FREE);
    for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++)
        assert_ptr_equal(region_map_find(&map, cases[i].address), region_at(cases[i].index));
    assert_null(region_map_find(&map, 0x6000));
    assert_null(region_map_find(&map, UINT64_MAX - 1));
}

static void test_neighbours(void **state)
{
    (void)state;
    add(0x1000, 0x2000, FREE);
    add(0x4000, 0x6000, FREE);
    assert_ptr_equal(region_next(region_at(0)), region_at(1));
    assert_null(region_next(region_at(1)));
}

static void test_added_regions_are_sorted(void **state)
{
    (void)state;
    add(0x5000, 0x6000, FREE);
    add(0x1000, 0x2000, FREE);
    add(0x3000, 0x4000, FREE);
    assert_int_equal(store.count, 3);
    assert_region(0, 0x1000, 0x2000, FREE);
    assert_region(1, 0x3000, 0x4000, FREE);
    assert_region(2, 0x5000, 0x6000, FREE);
}

static void test_added_region_joins_its_lower_neighbour(void **state)
{
    (void)state;
    add(0x1000, 0x2000, FREE);
    add(0x2000, 0x3000, FREE);
    assert_int_equal(store.count, 1);
    assert_region(0, 0x1000, 0x3000, FREE);
}

static void test_added_region_joins_its_upper_neighbour(void **state)
{
    (void)state;
    add(0x2000, 0x3000, FREE);
    add(0x1000, 0x2000, FREE);
    assert_int_equal(store.count, 1);
    assert_region(0, 0x1000, 0x3000, FREE);
}

static void test_added_region_joins_both_neighbours(void **state)
{
    (void)state;
    add(0x1000, 0x2000, FREE);
    add(0x3000, 0x4000, FREE);
    add(0x2000, 0x3000, FREE);
    assert_int_equal(store.count, 1);
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
        region_map_add(&map, different[i]);
        assert_int_equal(store.count, 2);
    }
}

static void test_set_whole_region(void **state)
{
    (void)state;
    add(0x1000, 0x4000, FREE);
    region_map_set(&map, 0x1000, 0x4000, DATA, true);
    assert_int_equal(store.count, 1);
    assert_region(0, 0x1000, 0x4000, DATA);
    assert_true(region_at(0)->allocated);
}

static void test_set_beginning_splits_in_two(void **state)
{
    (void)state;
    add(0x1000, 0x4000, FREE);
    region_map_set(&map, 0x1000, 0x2000, DATA, true);
    assert_int_equal(store.count, 2);
    assert_region(0, 0x1000, 0x2000, DATA);
    assert_region(1, 0x2000, 0x4000, FREE);
}

static void test_set_end_splits_in_two(void **state)
{
    (void)state;
    add(0x1000, 0x4000, FREE);
    region_map_set(&map, 0x3000, 0x4000, DATA, true);
    assert_int_equal(store.count, 2);
    assert_region(0, 0x1000, 0x3000, FREE);
    assert_region(1, 0x3000, 0x4000, DATA);
}

static void test_set_middle_splits_in_three(void **state)
{
    (void)state;
    add(0x1000, 0x4000, FREE);
    region_map_set(&map, 0x2000, 0x3000, DATA, true);
    assert_int_equal(store.count, 3);
    assert_region(0, 0x1000, 0x2000, FREE);
    assert_region(1, 0x2000, 0x3000, DATA);
    assert_region(2, 0x3000, 0x4000, FREE);
    assert_false(region_at(0)->allocated);
    assert_true(region_at(1)->allocated);
    assert_false(region_at(2)->allocated);
}

static void test_set_back_makes_one_region_again(void **state)
{
    (void)state;
    add(0x1000, 0x4000, FREE);
    region_map_set(&map, 0x2000, 0x3000, DATA, true);
    region_map_set(&map, 0x2000, 0x3000, FREE, false);
    assert_int_equal(store.count, 1);
    assert_region(0, 0x1000, 0x4000, FREE);
}

static void test_set_joins_with_the_same_next_to_it(void **state)
{
    (void)state;
    add(0x1000, 0x5000, FREE);
    region_map_set(&map, 0x2000, 0x3000, DATA, true);
    region_map_set(&map, 0x3000, 0x4000, DATA, true);
    region_map_set(&map, 0x1000, 0x2000, DATA, true);
    assert_int_equal(store.count, 2);
    assert_region(0, 0x1000, 0x4000, DATA);
    assert_region(1, 0x4000, 0x5000, FREE);
}

static void test_set_keeps_attributes(void **state)
{
    (void)state;
    add(0x1000, 0x4000, FREE);
    region_map_set(&map, 0x2000, 0x3000, DATA, true);
    for (size_t i = 0; i < store.count; i++)
        assert_int_equal(region_at(i)->attributes, EFI_MEMORY_WB);
}

/* As many regions of three pages as leave room for `room` more. */
static void fill_but(size_t room)
{
    for (uint64_t start = 0; region_store_room(&store) > room; start += 0x8000)
        add(start, start + 0x3000, FREE);
}

static void test_cutting_needs_room_only_off_the_edges(void **state)
{
    (void)state;
    fill_but(1);
    assert_true(region_map_has_room_to_cut(&map, 0, 0x3000));
    assert_true(region_map_has_room_to_cut(&map, 0, 0x2000));
    assert_true(region_map_has_room_to_cut(&map, 0x1000, 0x3000));
    assert_false(region_map_has_room_to_cut(&map, 0x1000, 0x2000));
    fill_but(0);
    assert_true(region_map_has_room_to_cut(&map, 0, 0x3000));
    assert_false(region_map_has_room_to_cut(&map, 0, 0x2000));
    assert_false(region_map_has_room_to_cut(&map, 0x1000, 0x3000));
}

static void assert_found(uint64_t bytes, uint64_t alignment, uint64_t limit, uint64_t expected)
{
    uint64_t start;

    assert_true(region_map_find_free(&map, bytes, alignment, limit, &start));
    assert_int_equal(start, expected);
}

static void assert_not_found(uint64_t bytes, uint64_t alignment, uint64_t limit)
{
    uint64_t start;

    assert_false(region_map_find_free(&map, bytes, alignment, limit, &start));
}

static void add_three_free_regions(void)
{
    add(0x1000, 0x9000, FREE);
    add(0x9000, 0xa000, DATA);
    add(0xa000, 0xb000, FREE);
    add(0x10000, 0x14000, FREE);
}

static void test_free_memory_is_found_from_the_top(void **state)
{
    (void)state;
    add_three_free_regions();
    assert_found(0x1000, 0x1000, UINT64_MAX, 0x13000);
    assert_found(0x4000, 0x1000, UINT64_MAX, 0x10000);
    assert_found(0x5000, 0x1000, UINT64_MAX, 0x4000);
    assert_found(0x8000, 0x1000, UINT64_MAX, 0x1000);
    assert_not_found(0x9000, 0x1000, UINT64_MAX);
    assert_int_equal(region_map_largest_free(&map), 0x8000);
}

static void test_free_memory_is_found_below_the_limit(void **state)
{
    (void)state;
    add_three_free_regions();
    assert_found(0x1000, 0x1000, 0x13000, 0x12000);
    assert_found(0x1000, 0x1000, 0x10fff, 0xa000);
    assert_found(0x2000, 0x1000, 0x10000, 0x7000);
    assert_found(0x1000, 0x1000, 0x9000, 0x8000);
    assert_found(0x1000, 0x1000, 0x2000, 0x1000);
    assert_not_found(0x1000, 0x1000, 0x1000);
    assert_not_found(0x1000, 0x1000, 0);
}

static void test_free_memory_is_found_at_multiples(void **state)
{
    (void)state;
    add_three_free_regions();
    assert_found(0x1000, 0x4000, UINT64_MAX, 0x10000);
    assert_found(0x3000, 0x2000, 0x13000, 0x10000);
    assert_found(0x1000, 0x8000, 0xf000, 0x8000);
    assert_not_found(0x2000, 0x8000, 0xf000);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup(test_nothing_is_found_in_an_empty_map, start_empty),
        cmocka_unit_test_setup(test_find_is_the_first_region_ending_beyond, start_empty),
        cmocka_unit_test_setup(test_neighbours, start_empty),
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
        cmocka_unit_test_setup(test_cutting_needs_room_only_off_the_edges, start_empty),
        cmocka_unit_test_setup(test_free_memory_is_found_from_the_top, start_empty),
        cmocka_unit_test_setup(test_free_memory_is_found_below_the_limit, start_empty),
        cmocka_unit_test_setup(test_free_memory_is_found_at_multiples, start_empty),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
