/* Tables share pages that the OS keeps. */
#include "tables/table_memory.h"

#include "shim/memory/page_alloc.h"
#include "tests/unit/fake_memory.h"
#include "tests/unit/isolated.h"

#define PAGE_BYTES 4096

static void assert_kept(const void *memory)
{
    uint32_t type;

    assert_true(page_alloc_type_at((uintptr_t)memory, &type));
    assert_int_equal(type, EfiACPIReclaimMemory);
}

static void test_small_tables_share_a_page(void **state)
{
    uint64_t before = fake_memory_used_pages();
    uint8_t *first = table_memory_alloc(100);
    uint8_t *second = table_memory_alloc(36);
    uint8_t *third = table_memory_alloc(PAGE_BYTES - 112 - 48);

    (void)state;
    assert_kept(first);
    assert_ptr_equal(second, first + 112);
    assert_ptr_equal(third, second + 48);
    assert_int_equal(fake_memory_used_pages(), before + 1);
}

static void test_memory_is_zeroed_and_aligned(void **state)
{
    (void)state;
    for (size_t bytes = 1; bytes < 40; bytes++) {
        uint8_t *memory = table_memory_alloc(bytes);

        assert_non_null(memory);
        assert_int_equal((uintptr_t)memory % 16, 0);
        for (size_t i = 0; i < bytes; i++) {
            assert_int_equal(memory[i], 0);
            memory[i] = 0xee;
        }
    }
}

static void test_what_does_not_fit_starts_a_page(void **state)
{
    uint64_t before = fake_memory_used_pages();
    uint8_t *second;

    (void)state;
    table_memory_alloc(3000);
    second = table_memory_alloc(3000);
    assert_int_equal((uintptr_t)second % PAGE_BYTES, 0);
    assert_int_equal(fake_memory_used_pages(), before + 2);
}

static void test_large_table_leaves_the_rest_of_its_last_page(void **state)
{
    uint64_t before = fake_memory_used_pages();
    uint8_t *large = table_memory_alloc(2 * PAGE_BYTES + 16);
    uint8_t *small = table_memory_alloc(64);

    (void)state;
    assert_ptr_equal(small, large + 2 * PAGE_BYTES + 16);
    assert_int_equal(fake_memory_used_pages(), before + 3);
}

static void test_nothing_is_given_out_for_nothing_or_everything(void **state)
{
    (void)state;
    assert_null(table_memory_alloc(0));
    assert_null(table_memory_alloc(SIZE_MAX));
    assert_null(table_memory_alloc(SIZE_MAX - 16));
    assert_null(table_memory_alloc(FAKE_MEMORY_BYTES + 1));
}

static void test_without_memory_there_is_none(void **state)
{
    (void)state;
    fake_memory_exhaust();
    assert_null(table_memory_alloc(16));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup(test_small_tables_share_a_page, fake_memory_setup),
        cmocka_unit_test_setup(test_memory_is_zeroed_and_aligned, fake_memory_setup),
        cmocka_unit_test_setup(test_what_does_not_fit_starts_a_page, fake_memory_setup),
        cmocka_unit_test_setup(test_large_table_leaves_the_rest_of_its_last_page,
                               fake_memory_setup),
        cmocka_unit_test_setup(test_nothing_is_given_out_for_nothing_or_everything,
                               fake_memory_setup),
        cmocka_unit_test_setup(test_without_memory_there_is_none, fake_memory_setup),
    };

    return isolated_run(tests);
}
