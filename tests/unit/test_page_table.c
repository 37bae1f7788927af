/* Page tables: mapping, changing, splitting and merging, against a model of single pages. */
#include "loader/x86/page_table.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "tests/unit/random.h"

#define PAGE 4096ull
#define MIB2 (2ull << 20)
#define GIB  (1ull << 30)
#define RWX  (PAGE_BIT_PRESENT | PAGE_BIT_WRITE)
#define RX   PAGE_BIT_PRESENT
#define RW   (PAGE_BIT_PRESENT | PAGE_BIT_WRITE | PAGE_BIT_NX)
#define NONE PAGE_BIT_NX

#define TABLES_MAX 1100u

static uint64_t *memory;
static unsigned int given;
static struct page_tables tables;

static void fill_spare(unsigned int count)
{
    while (tables.spare_count < count) {
        assert_true(given < TABLES_MAX);
        tables.spare[tables.spare_count++] = memory + (size_t)given++ * PAGE_TABLE_ENTRIES;
    }
}

static int setup(void **state)
{
    (void)state;
    memory = aligned_alloc(PAGE, TABLES_MAX * PAGE);
    memset(memory, 0, PAGE);
    tables = (struct page_tables){.root = memory, .largest_level = 3};
    given = 1;
    return 0;
}

static int teardown(void **state)
{
    (void)state;
    free(memory);
    return 0;
}

static void map(uint64_t start, uint64_t end)
{
    while ((start = page_table_map(&tables, start, end, RWX)) < end)
        fill_spare(1);
}

static struct page_change to(uint64_t bits)
{
    return (struct page_change){.mask = PAGE_BITS, .value = bits};
}

static bool change(uint64_t start, uint64_t end, struct page_change wanted)
{
    unsigned int needed = page_table_splits(&tables, start, end, wanted);

    assert_in_range(needed, 0, PAGE_TABLE_SPLITS_MAX);
    fill_spare(needed);
    return page_table_change(&tables, start, end, wanted);
}

static void assert_page(uint64_t address, uint64_t bits, uint64_t end)
{
    uint64_t found_bits = ~0ull;
    uint64_t found_end = 0;

    assert_true(page_table_look_up(&tables, address, &found_bits, &found_end));
    assert_int_equal(found_bits, bits);
    assert_int_equal(found_end, end);
}

static void assert_nothing(uint64_t address, uint64_t end)
{
    uint64_t bits;
    uint64_t found_end = 0;

    assert_false(page_table_look_up(&tables, address, &bits, &found_end));
    assert_int_equal(found_end, end);
}

static void test_empty(void **state)
{
    (void)state;
    assert_nothing(0, 512 * GIB);
    assert_nothing(PAGE_TABLE_ADDRESS_END - 1, PAGE_TABLE_ADDRESS_END);
}

static void test_largest_pages(void **state)
{
    (void)state;
    map(0, 2 * GIB + MIB2 + PAGE);
    assert_page(5, RWX, GIB);
    assert_page(GIB, RWX, 2 * GIB);
    assert_page(2 * GIB, RWX, 2 * GIB + MIB2);
    assert_page(2 * GIB + MIB2, RWX, 2 * GIB + MIB2 + PAGE);
    assert_nothing(2 * GIB + MIB2 + PAGE, 2 * GIB + MIB2 + 2 * PAGE);
    assert_nothing(3 * GIB, 4 * GIB);
}

static void test_without_1_gib_pages(void **state)
{
    (void)state;
    tables.largest_level = 2;
    map(0, 2 * GIB);
    assert_page(0, RWX, MIB2);
    assert_page(2 * GIB - 1, RWX, 2 * GIB);
}

/* A table for each 512 GiB, and one for each GiB that is not whole or changed. */
static void test_1_tib(void **state)
{
    uint64_t end = 1024 * GIB + GIB / 4;

    (void)state;
    map(0, 0xf0000000);
    map(4 * GIB, end);
    assert_page(3 * GIB, RWX, 3 * GIB + MIB2);
    assert_nothing(0xf0000000, 0xf0000000 + MIB2);
    assert_page(4 * GIB, RWX, 5 * GIB);
    assert_page(1024 * GIB - 1, RWX, 1024 * GIB);
    assert_page(end - 1, RWX, end);
    assert_nothing(end, end + MIB2);
    assert_true(change(700 * GIB + MIB2, 700 * GIB + MIB2 + PAGE, to(RX)));
    assert_page(700 * GIB + MIB2, RX, 700 * GIB + MIB2 + PAGE);
    assert_page(700 * GIB + MIB2 + PAGE, RWX, 700 * GIB + MIB2 + 2 * PAGE);
    assert_int_equal(given - tables.spare_count, 1 + 3 + 2 + 2);
}

/* A table for each GiB: 4 MiB of them, for a processor that 1 TiB of memory is hardly ever with. */
static void test_1_tib_without_1_gib_pages(void **state)
{
    (void)state;
    tables.largest_level = 2;
    map(0, 1024 * GIB);
    assert_page(0, RWX, MIB2);
    assert_page(1024 * GIB - 1, RWX, 1024 * GIB);
    assert_int_equal(given - tables.spare_count, 1 + 2 + 1024);
}

static void test_mapping_says_how_far_it_came(void **state)
{
    (void)state;
    fill_spare(1);
    assert_int_equal(page_table_map(&tables, 0, GIB + PAGE, RWX), GIB);
    assert_page(0, RWX, GIB);
    assert_nothing(GIB, 2 * GIB);
}

static void test_mapping_again_changes_nothing(void **state)
{
    (void)state;
    map(0, GIB);
    change(MIB2, MIB2 + PAGE, to(RX));
    map(0, 2 * GIB);
    assert_page(MIB2, RX, MIB2 + PAGE);
    assert_page(GIB, RWX, 2 * GIB);
}

static void test_a_page_in_a_large_one(void **state)
{
    (void)state;
    map(0, GIB);
    assert_int_equal(page_table_splits(&tables, MIB2 + PAGE, MIB2 + 2 * PAGE, to(RX)), 4);
    assert_true(change(MIB2 + PAGE, MIB2 + 2 * PAGE, to(RX)));
    assert_page(0, RWX, MIB2);
    assert_page(MIB2, RWX, MIB2 + PAGE);
    assert_page(MIB2 + PAGE, RX, MIB2 + 2 * PAGE);
    assert_page(MIB2 + 2 * PAGE, RWX, MIB2 + 3 * PAGE);
    assert_page(2 * MIB2, RWX, 3 * MIB2);
}

static void test_a_range_over_large_pages(void **state)
{
    (void)state;
    map(0, 4 * GIB);
    assert_true(change(GIB - PAGE, 3 * GIB + MIB2, to(RW)));
    assert_page(GIB - 2 * PAGE, RWX, GIB - PAGE);
    assert_page(GIB - PAGE, RW, GIB);
    assert_page(GIB, RW, 2 * GIB);
    assert_page(3 * GIB, RW, 3 * GIB + MIB2);
    assert_page(3 * GIB + MIB2, RWX, 3 * GIB + 2 * MIB2);
}

static void test_what_is_right_is_not_split(void **state)
{
    (void)state;
    map(0, GIB);
    assert_int_equal(page_table_splits(&tables, PAGE, 2 * PAGE, to(RWX)), 0);
    assert_false(change(PAGE, 2 * PAGE, to(RWX)));
    assert_page(0, RWX, GIB);
}

static void test_single_bits(void **state)
{
    (void)state;
    map(0, GIB);
    change(0, MIB2, to(RX));
    change(PAGE, 2 * PAGE, (struct page_change){.mask = PAGE_BIT_NX, .value = PAGE_BIT_NX});
    assert_page(PAGE, RX | PAGE_BIT_NX, 2 * PAGE);
    change(0, 2 * PAGE, (struct page_change){.mask = PAGE_BIT_WRITE, .value = PAGE_BIT_WRITE});
    assert_page(0, RWX, PAGE);
    assert_page(PAGE, RW, 2 * PAGE);
    assert_page(2 * PAGE, RX, 3 * PAGE);
}

/* The CPU's marks of use do not keep pages apart. */
static void test_equal_pages_are_merged(void **state)
{
    uint64_t *leaf = NULL;

    (void)state;
    map(0, GIB);
    change(PAGE, 2 * PAGE, to(NONE));
    for (uint64_t *entry = memory; entry < memory + (size_t)given * PAGE_TABLE_ENTRIES; entry++)
        if ((*entry & ~PAGE_BITS) == 2 * PAGE)
            leaf = entry;
    assert_non_null(leaf);
    *leaf |= 1ull << 5 | 1ull << 6;
    assert_true(change(PAGE, 2 * PAGE, to(RWX)));
    assert_page(0, RWX, GIB);
    assert_page(GIB - 1, RWX, GIB);
    fill_spare(0);
    assert_int_equal(tables.spare_count, given - 2); /* the root and one below stay */
}

static void test_no_merging_into_too_large_pages(void **state)
{
    (void)state;
    tables.largest_level = 2;
    map(0, GIB);
    change(0, PAGE, to(RX));
    change(0, PAGE, to(RWX));
    assert_page(0, RWX, MIB2);
}

static void test_forbidden_pages_are_kept_in_mind(void **state)
{
    (void)state;
    map(0, GIB);
    change(0, GIB, to(NONE));
    assert_page(0, NONE, GIB);
    change(PAGE, 2 * PAGE, to(RWX));
    assert_page(0, NONE, PAGE);
    assert_page(PAGE, RWX, 2 * PAGE);
    assert_page(MIB2, NONE, 2 * MIB2);
    change(0, GIB, to(RWX));
    assert_page(0, RWX, GIB);
}

/* Without a table for smaller pages: more than was asked for, and no crash. */
static void test_change_without_spare_tables(void **state)
{
    (void)state;
    map(0, 2 * GIB);
    change(0, 2 * GIB, to(RW));
    tables.spare_count = 0;
    assert_true(page_table_change(&tables, GIB - PAGE, GIB + PAGE, to(RWX)));
    assert_page(0, RWX, GIB);
    assert_page(GIB, RWX, 2 * GIB);
}

static void test_own_tables(void **state)
{
    uint64_t start = (uintptr_t)memory;

    (void)state;
    map(0, GIB);
    fill_spare(1);
    assert_true(page_table_uses(&tables, start, start + PAGE));
    assert_true(page_table_uses(&tables, start + PAGE, start + 2 * PAGE));
    assert_true(
        page_table_uses(&tables, (uintptr_t)tables.spare[0], (uintptr_t)tables.spare[0] + 1));
    assert_false(page_table_uses(&tables, start + given * PAGE, start + (given + 1) * PAGE));
    assert_false(page_table_uses(&tables, 0, start));
}

#define MODEL_PAGES (4 * 512u)

static void assert_like_model(const uint64_t *model)
{
    uint64_t bits;
    uint64_t end;

    for (uint64_t i = 0; i < MODEL_PAGES; i++) {
        assert_true(page_table_look_up(&tables, i * PAGE, &bits, &end));
        assert_int_equal(bits, model[i]);
    }
}

static void test_random_changes(void **state)
{
    static uint64_t model[MODEL_PAGES];
    static const uint64_t kinds[] = {RWX, RX, RW, NONE};

    (void)state;
    map(0, 2 * GIB);
    for (unsigned int i = 0; i < MODEL_PAGES; i++)
        model[i] = RWX;
    for (unsigned int round = 0; round < 400; round++) {
        uint64_t first = random_below(MODEL_PAGES);
        uint64_t count = 1 + random_below(MODEL_PAGES - first);
        struct page_change wanted = to(kinds[random_below(4)]);

        if (random_below(2))
            wanted.mask = PAGE_BIT_NX;
        wanted.value &= wanted.mask;
        change(first * PAGE, (first + count) * PAGE, wanted);
        for (uint64_t i = first; i < first + count; i++)
            model[i] = (model[i] & ~wanted.mask) | wanted.value;
        assert_like_model(model);
    }
    change(0, MODEL_PAGES * PAGE, to(RWX));
    assert_page(0, RWX, GIB);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(test_empty, setup, teardown),
        cmocka_unit_test_setup_teardown(test_largest_pages, setup, teardown),
        cmocka_unit_test_setup_teardown(test_without_1_gib_pages, setup, teardown),
        cmocka_unit_test_setup_teardown(test_1_tib, setup, teardown),
        cmocka_unit_test_setup_teardown(test_1_tib_without_1_gib_pages, setup, teardown),
        cmocka_unit_test_setup_teardown(test_mapping_says_how_far_it_came, setup, teardown),
        cmocka_unit_test_setup_teardown(test_mapping_again_changes_nothing, setup, teardown),
        cmocka_unit_test_setup_teardown(test_a_page_in_a_large_one, setup, teardown),
        cmocka_unit_test_setup_teardown(test_a_range_over_large_pages, setup, teardown),
        cmocka_unit_test_setup_teardown(test_what_is_right_is_not_split, setup, teardown),
        cmocka_unit_test_setup_teardown(test_single_bits, setup, teardown),
        cmocka_unit_test_setup_teardown(test_equal_pages_are_merged, setup, teardown),
        cmocka_unit_test_setup_teardown(test_no_merging_into_too_large_pages, setup, teardown),
        cmocka_unit_test_setup_teardown(test_forbidden_pages_are_kept_in_mind, setup, teardown),
        cmocka_unit_test_setup_teardown(test_change_without_spare_tables, setup, teardown),
        cmocka_unit_test_setup_teardown(test_own_tables, setup, teardown),
        cmocka_unit_test_setup_teardown(test_random_changes, setup, teardown),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
