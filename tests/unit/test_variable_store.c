#include "shim/runtime/variable_store.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#define STORE_BYTES  1024
#define RECORD_BYTES 32 /* before the name */

static const EFI_GUID vendor_a = {.Data1 = 0xa};
static const EFI_GUID vendor_b = {.Data1 = 0xb};

struct fixture {
    struct variable_store *store;
    void *buffer;
};

static int start(void **state)
{
    struct fixture *fixture = calloc(1, sizeof(*fixture));

    fixture->buffer = calloc(1, STORE_BYTES);
    fixture->store = variable_store_create(fixture->buffer, STORE_BYTES);
    *state = fixture;
    return 0;
}

static int stop(void **state)
{
    struct fixture *fixture = *state;

    free(fixture->buffer);
    free(fixture);
    return 0;
}

static struct variable_store *store_of(void **state)
{
    return ((struct fixture *)*state)->store;
}

/* One-letter names are enough here. */
static struct variable_key key_of(char letter, const EFI_GUID *vendor)
{
    static CHAR16 names[128][2];

    names[(int)letter][0] = (CHAR16)letter;
    return (struct variable_key){
        .name = names[(int)letter], .name_bytes = sizeof(names[0]), .vendor = vendor};
}

static bool write_text(struct variable_store *store, char letter, const char *text)
{
    struct variable_key key = key_of(letter, &vendor_a);

    return variable_store_write(store, &key, 1, 0, text, (uint32_t)strlen(text));
}

static struct variable_record *find(struct variable_store *store, char letter)
{
    struct variable_key key = key_of(letter, &vendor_a);

    return variable_store_find(store, &key);
}

static void assert_text(struct variable_store *store, char letter, const char *text)
{
    const struct variable_record *record = find(store, letter);

    assert_non_null(record);
    assert_int_equal(record->data_bytes, strlen(text));
    assert_memory_equal(variable_record_data(record), text, strlen(text));
}

/* The names of all records in their order, deleted ones as '-'. */
static void assert_order(struct variable_store *store, const char *expected)
{
    char order[64] = "";
    size_t count = 0;
    const struct variable_record *record = NULL;

    while ((record = variable_store_next(store, record)) != NULL)
        order[count++] = (char)(record->attributes == 0 ? '-' : record->name[0]);
    assert_string_equal(order, expected);
}

static void an_empty_store_has_nothing(void **state)
{
    struct variable_store *store = store_of(state);

    assert_null(variable_store_next(store, NULL));
    assert_null(find(store, 'a'));
    assert_int_equal(store->capacity_bytes, STORE_BYTES - sizeof(*store));
    assert_int_equal(variable_store_free_bytes(store), store->capacity_bytes - RECORD_BYTES);
}

static void capacity_is_rounded_down(void **state)
{
    uint64_t buffer[32];

    (void)state;
    assert_int_equal(variable_store_create(buffer, sizeof(buffer) - 1)->capacity_bytes,
                     sizeof(buffer) - 8 - sizeof(struct variable_store));
    assert_int_equal(variable_store_create(buffer, sizeof(struct variable_store))->capacity_bytes,
                     0);
    assert_int_equal(variable_store_free_bytes((struct variable_store *)buffer), 0);
}

static void vendor_and_whole_name_are_the_key(void **state)
{
    struct variable_store *store = store_of(state);
    struct variable_key other_vendor = key_of('a', &vendor_b);
    struct variable_key longer = {.name = (const CHAR16[]){'a', 'b', 0}, .name_bytes = 6};

    longer.vendor = &vendor_a;
    assert_true(write_text(store, 'a', "1"));
    assert_null(variable_store_find(store, &other_vendor));
    assert_null(variable_store_find(store, &longer));
    assert_true(variable_store_write(store, &other_vendor, 1, 0, "2", 1));
    assert_text(store, 'a', "1");
}

static void values_change_in_place(void **state)
{
    struct variable_store *store = store_of(state);

    assert_true(write_text(store, 'a', "first"));
    assert_true(write_text(store, 'b', "second"));
    assert_true(write_text(store, 'c', "third"));
    assert_true(write_text(store, 'b', "a much longer second value than it had before"));
    assert_order(store, "abc");
    assert_text(store, 'c', "third");
    assert_true(write_text(store, 'b', "2"));
    assert_order(store, "abc");
    assert_text(store, 'a', "first");
    assert_text(store, 'b', "2");
    assert_text(store, 'c', "third");
}

static void kept_bytes_make_an_append(void **state)
{
    struct variable_store *store = store_of(state);
    struct variable_key key = key_of('a', &vendor_a);

    assert_true(write_text(store, 'a', "begin"));
    assert_true(write_text(store, 'b', "other"));
    assert_true(variable_store_write(store, &key, 1, 5, "ning of a long text", 19));
    assert_text(store, 'a', "beginning of a long text");
    assert_true(variable_store_write(store, &key, 1, 24, NULL, 0));
    assert_text(store, 'a', "beginning of a long text");
    assert_text(store, 'b', "other");
}

static void what_does_not_fit_changes_nothing(void **state)
{
    struct variable_store *store = store_of(state);
    struct variable_key a = key_of('a', &vendor_a);
    struct variable_key b = key_of('b', &vendor_a);
    uint8_t before[STORE_BYTES];
    uint8_t big[STORE_BYTES] = {0};
    uint32_t room;

    assert_true(write_text(store, 'a', "value"));
    room = variable_store_free_bytes(store);
    memcpy(before, store, sizeof(before));
    assert_false(variable_store_write(store, &b, 1, 0, big, room - b.name_bytes + 1));
    assert_false(variable_store_write(store, &a, 1, 5, big, room + RECORD_BYTES + 8));
    assert_false(variable_store_write(store, &a, 1, 5, big, UINT32_MAX));
    assert_false(variable_store_write(store, &a, 1, 0, big, UINT32_MAX - 8));
    assert_memory_equal(before, store, sizeof(before));
    assert_true(variable_store_write(store, &b, 1, 0, big, room - b.name_bytes));
    assert_int_equal(variable_store_free_bytes(store), 0);
    assert_int_equal(store->used_bytes, store->capacity_bytes);
}

static void removal_wipes_and_gives_back(void **state)
{
    struct variable_store *store = store_of(state);
    uint32_t free_bytes = variable_store_free_bytes(store);

    assert_true(write_text(store, 'a', "secret"));
    assert_true(write_text(store, 'b', "kept"));
    variable_store_remove(store, find(store, 'a'));
    assert_order(store, "b");
    assert_text(store, 'b', "kept");
    variable_store_remove(store, find(store, 'b'));
    assert_int_equal(variable_store_free_bytes(store), free_bytes);
    for (uint32_t i = 0; i < store->capacity_bytes; i++)
        assert_int_equal(store->records[i], 0);
}

static void a_held_record_leaves_its_place(void **state)
{
    struct variable_store *store = store_of(state);

    assert_true(write_text(store, 'a', "1"));
    assert_true(write_text(store, 'b', "secret of a good length"));
    assert_true(write_text(store, 'c', "3"));
    variable_store_hold(store, find(store, 'b'));
    variable_store_remove(store, find(store, 'b'));
    assert_order(store, "a-c");
    assert_int_equal(find(store, 'b')->data_bytes, 0);
    /* What lies before moves it. */
    assert_true(write_text(store, 'a', "a value that needs a lot more room than before"));
    variable_store_remove(store, find(store, 'a'));
    assert_order(store, "-c");
    variable_store_hold(store, find(store, 'c'));
    assert_order(store, "c");
    variable_store_hold(store, NULL);
    assert_order(store, "c");
    assert_text(store, 'c', "3");
}

static void a_held_place_is_taken_again(void **state)
{
    struct variable_store *store = store_of(state);

    assert_true(write_text(store, 'a', "1"));
    assert_true(write_text(store, 'b', "2"));
    variable_store_hold(store, find(store, 'a'));
    variable_store_remove(store, find(store, 'a'));
    assert_true(write_text(store, 'a', "again"));
    assert_order(store, "ab");
    assert_text(store, 'a', "again");
    variable_store_hold(store, NULL);
    assert_order(store, "ab");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(an_empty_store_has_nothing, start, stop),
        cmocka_unit_test(capacity_is_rounded_down),
        cmocka_unit_test_setup_teardown(vendor_and_whole_name_are_the_key, start, stop),
        cmocka_unit_test_setup_teardown(values_change_in_place, start, stop),
        cmocka_unit_test_setup_teardown(kept_bytes_make_an_append, start, stop),
        cmocka_unit_test_setup_teardown(what_does_not_fit_changes_nothing, start, stop),
        cmocka_unit_test_setup_teardown(removal_wipes_and_gives_back, start, stop),
        cmocka_unit_test_setup_teardown(a_held_record_leaves_its_place, start, stop),
        cmocka_unit_test_setup_teardown(a_held_place_is_taken_again, start, stop),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
