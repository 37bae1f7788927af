#include "shim/protocol/guid_index.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdbool.h>
#include <string.h>

#include <cmocka.h>

#include "tests/unit/random.h"

#define GUIDS   5u
#define NUMBERS 40u
#define STEPS   20000u

/* They differ in the first byte, in the last one, in both halves. */
static const EFI_GUID guids[GUIDS] = {
    {.Data1 = 1},
    {.Data1 = 2},
    {.Data1 = 1, .Data4 = {[7] = 1}},
    {.Data4 = {[7] = 255}},
    {.Data1 = 0xff000000, .Data4 = {[0] = 1}},
};

static struct tree tree;
static struct guid_entry entries[GUIDS][NUMBERS];

static int start_empty(void **state)
{
    (void)state;
    tree = (struct tree)GUID_INDEX_EMPTY;
    memset(entries, 0, sizeof(entries));
    return 0;
}

static bool is_there(unsigned int guid, unsigned int number)
{
    return tree_node_is_linked(&entries[guid][number].node);
}

/* The first entry from `number` on; NULL when there is none. */
static struct guid_entry *expected(unsigned int guid, unsigned int number)
{
    while (number < NUMBERS && !is_there(guid, number))
        number++;
    return number < NUMBERS ? &entries[guid][number] : NULL;
}

static void toggle(unsigned int guid, unsigned int number)
{
    if (is_there(guid, number))
        tree_remove(&tree, &entries[guid][number].node);
    else
        guid_index_add(&tree, &entries[guid][number], &guids[guid], number);
}

static void test_nothing_is_found_when_it_is_empty(void **state)
{
    (void)state;
    for (unsigned int guid = 0; guid < GUIDS; guid++)
        assert_null(guid_index_find(&tree, &guids[guid], 0));
}

static void test_entries_know_what_they_were_added_for(void **state)
{
    (void)state;
    toggle(2, 7);
    assert_memory_equal(&entries[2][7].guid, &guids[2], sizeof(EFI_GUID));
    assert_int_equal(entries[2][7].number, 7);
}

static void test_random_changes_agree_with_the_model(void **state)
{
    (void)state;
    random_seed(5);
    for (unsigned int i = 0; i < STEPS; i++) {
        unsigned int guid = random_below(GUIDS);
        unsigned int number = random_below(NUMBERS);

        toggle(guid, number);
        guid = random_below(GUIDS);
        number = random_below(NUMBERS);
        assert_ptr_equal(guid_index_find(&tree, &guids[guid], number), expected(guid, number));
        if (is_there(guid, number))
            assert_ptr_equal(guid_index_next(&entries[guid][number]), expected(guid, number + 1));
    }
}

static void test_guids_need_no_alignment(void **state)
{
    char bytes[sizeof(EFI_GUID) + 1];

    (void)state;
    toggle(4, 0);
    memcpy(bytes + 1, &guids[4], sizeof(EFI_GUID));
    assert_ptr_equal(guid_index_find(&tree, (const EFI_GUID *)(const void *)(bytes + 1), 0),
                     &entries[4][0]);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup(test_nothing_is_found_when_it_is_empty, start_empty),
        cmocka_unit_test_setup(test_entries_know_what_they_were_added_for, start_empty),
        cmocka_unit_test_setup(test_random_changes_agree_with_the_model, start_empty),
        cmocka_unit_test_setup(test_guids_need_no_alignment, start_empty),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
