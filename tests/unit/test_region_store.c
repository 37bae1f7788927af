#include "shim/memory/region_store.h"

#include <setjmp.h>
#include <stdarg.h>
#include <string.h>

#include <cmocka.h>

/* A page's first word leads to the page before it. */
#define PER_PAGE 63u
#define PAGES    3u

static struct region_store store;
static uint64_t pages[PAGES][REGION_STORE_PAGE_BYTES / 8];

static int start_empty(void **state)
{
    (void)state;
    memset(&store, 0, sizeof(store));
    return 0;
}

static void push(size_t number)
{
    region_store_push(&store)->start = number;
}

static void fill(size_t count)
{
    for (size_t i = 0; i < count; i++)
        push(i);
}

static void test_room_before_there_is_a_page(void **state)
{
    (void)state;
    assert_int_equal(region_store_room(&store), REGION_STORE_FIRST);
    fill(REGION_STORE_FIRST);
    assert_int_equal(region_store_room(&store), 0);
}

static void test_each_page_is_room_for_more(void **state)
{
    (void)state;
    fill(REGION_STORE_FIRST);
    for (size_t i = 0; i < PAGES; i++) {
        region_store_add_page(&store, pages[i]);
        assert_int_equal(region_store_room(&store), PER_PAGE);
        fill(PER_PAGE);
    }
    assert_int_equal(region_store_room(&store), 0);
}

static void test_the_last_one_comes_back_first(void **state)
{
    const size_t count = REGION_STORE_FIRST + PAGES * PER_PAGE;

    (void)state;
    for (size_t i = 0; i < PAGES; i++)
        region_store_add_page(&store, pages[i]);
    fill(count);
    for (size_t i = count; i-- > 0;)
        assert_int_equal(region_store_pop(&store)->start, i);
    assert_int_equal(store.count, 0);
}

static void test_a_page_is_given_back_when_enough_room_remains(void **state)
{
    (void)state;
    assert_null(region_store_remove_page(&store, 4));
    fill(REGION_STORE_FIRST - 3);
    region_store_add_page(&store, pages[0]);
    region_store_add_page(&store, pages[1]);
    assert_ptr_equal(region_store_remove_page(&store, 4), pages[1]);
    assert_null(region_store_remove_page(&store, 4));
    region_store_pop(&store);
    assert_ptr_equal(region_store_remove_page(&store, 4), pages[0]);
    assert_null(region_store_remove_page(&store, 4));
    assert_int_equal(region_store_room(&store), 4);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup(test_room_before_there_is_a_page, start_empty),
        cmocka_unit_test_setup(test_each_page_is_room_for_more, start_empty),
        cmocka_unit_test_setup(test_the_last_one_comes_back_first, start_empty),
        cmocka_unit_test_setup(test_a_page_is_given_back_when_enough_room_remains, start_empty),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
