#include "shim/device_path/device_path.h"

#include <stdlib.h>
#include <string.h>

#include "tests/unit/device_paths.h"
#include "tests/unit/fake_memory.h"
#include "tests/unit/isolated.h"

static struct path_of_1 short_path = {.node = {PATH_NODE(1)}, .end = DEVICE_PATH_END};
static struct path_of_3 long_path = {.node = {PATH_NODE(1), PATH_NODE(2), PATH_NODE(3)},
                                     .end = DEVICE_PATH_END};
static EFI_DEVICE_PATH empty_path = DEVICE_PATH_END;

static EFI_DEVICE_PATH *as_path(void *path)
{
    return path;
}

/* One node of `length` with what it claims to have and an end behind it, and not a byte more. */
static EFI_DEVICE_PATH *path_with_length(size_t length)
{
    static const EFI_DEVICE_PATH end = DEVICE_PATH_END;
    uint8_t *path = test_calloc(1, length + sizeof(end));

    path[0] = MEDIA_DEVICE_PATH;
    path[2] = (uint8_t)length;
    path[3] = (uint8_t)(length >> 8);
    memcpy(path + length, &end, sizeof(end));
    return as_path(path);
}

static void test_bytes_include_the_end(void **state)
{
    (void)state;
    assert_int_equal(device_path_bytes(&empty_path), 4);
    assert_int_equal(device_path_bytes(as_path(&short_path)), 20 + 4);
    assert_int_equal(device_path_bytes(as_path(&long_path)), 3 * 20 + 4);
}

static void test_both_bytes_of_a_length_count(void **state)
{
    static const size_t lengths[] = {4, 5, 0xff, 0x100, 0x1234, 0xffff};

    (void)state;
    for (size_t i = 0; i < sizeof(lengths) / sizeof(lengths[0]); i++) {
        EFI_DEVICE_PATH *path = path_with_length(lengths[i]);

        assert_int_equal(device_path_bytes(path), lengths[i] + 4);
        test_free(path);
    }
}

static void test_nodes_shorter_than_their_header_are_refused(void **state)
{
    (void)state;
    for (uint8_t length = 0; length < 4; length++) {
        struct path_of_3 path = long_path;

        path.node[1].Header.Length[0] = length;
        assert_int_equal(device_path_bytes(as_path(&path)), 0);
        assert_null(device_path_copy(as_path(&path)));
        assert_null(device_path_join(as_path(&path), &empty_path));
        assert_null(device_path_join(&empty_path, as_path(&path)));
    }
}

static void test_end_of_an_instance_is_not_the_end(void **state)
{
    struct path_of_2 path = {.node = {PATH_NODE(1), PATH_NODE(2)}, .end = DEVICE_PATH_END};
    EFI_DEVICE_PATH instance_end = {
        END_DEVICE_PATH_TYPE, END_INSTANCE_DEVICE_PATH_SUBTYPE, {20, 0}};

    (void)state;
    path.node[0].Header = instance_end;
    assert_int_equal(device_path_bytes(as_path(&path)), 2 * 20 + 4);
}

static void test_longest_path_is_accepted(void **state)
{
    const size_t whole = DEVICE_PATH_BYTES_MAX + 4;
    uint8_t *path = test_calloc(1, whole + 4);

    (void)state;
    for (size_t offset = 0; offset < DEVICE_PATH_BYTES_MAX; offset += 4)
        memcpy(path + offset, "\4\4\4", 4);
    memcpy(path + DEVICE_PATH_BYTES_MAX, &empty_path, sizeof(empty_path));
    assert_int_equal(device_path_bytes(as_path(path)), whole);
    memcpy(path + DEVICE_PATH_BYTES_MAX, "\4\4\4", 4);
    memcpy(path + whole, &empty_path, sizeof(empty_path));
    assert_int_equal(device_path_bytes(as_path(path)), 0);
    test_free(path);
}

/* Memory full of nodes, none of which is an end: 4 bytes more than may be looked at. */
static void test_path_without_an_end_is_followed_only_so_far(void **state)
{
    static const size_t lengths[] = {4, 20, 0x7fff, 0x8000, 0xfff0, 0xffff};
    uint8_t *memory = test_malloc(DEVICE_PATH_BYTES_MAX + 4);

    (void)state;
    for (size_t i = 0; i < sizeof(lengths) / sizeof(lengths[0]); i++) {
        memset(memory, 0, DEVICE_PATH_BYTES_MAX + 4);
        for (size_t offset = 0; offset <= DEVICE_PATH_BYTES_MAX; offset += lengths[i]) {
            memory[offset] = MEDIA_DEVICE_PATH;
            memory[offset + 2] = (uint8_t)lengths[i];
            memory[offset + 3] = (uint8_t)(lengths[i] >> 8);
        }
        assert_int_equal(device_path_bytes(as_path(memory)), 0);
    }
    test_free(memory);
}

static void test_copy_is_the_same_elsewhere(void **state)
{
    EFI_DEVICE_PATH *copy = device_path_copy(as_path(&long_path));

    (void)state;
    assert_ptr_not_equal(copy, &long_path);
    assert_memory_equal(copy, &long_path, sizeof(long_path));
}

static void test_no_copy_without_memory(void **state)
{
    (void)state;
    fake_memory_exhaust();
    assert_null(device_path_copy(as_path(&long_path)));
    assert_null(device_path_join(as_path(&long_path), as_path(&short_path)));
}

static void test_joined_paths_have_one_end(void **state)
{
    static const struct path_of_2 expected = {.node = {PATH_NODE(1), PATH_NODE(7)},
                                              .end = DEVICE_PATH_END};
    struct path_of_1 second = {.node = {PATH_NODE(7)}, .end = DEVICE_PATH_END};
    EFI_DEVICE_PATH *joined = device_path_join(as_path(&short_path), as_path(&second));

    (void)state;
    assert_int_equal(device_path_bytes(joined), sizeof(expected));
    assert_memory_equal(joined, &expected, sizeof(expected));
}

static void test_joining_an_empty_path_copies(void **state)
{
    (void)state;
    assert_memory_equal(device_path_join(as_path(&short_path), &empty_path), &short_path,
                        sizeof(short_path));
    assert_memory_equal(device_path_join(&empty_path, as_path(&short_path)), &short_path,
                        sizeof(short_path));
}

static void test_behind_a_prefix_is_the_rest(void **state)
{
    (void)state;
    assert_ptr_equal(device_path_behind(as_path(&long_path), &empty_path), &long_path);
    assert_ptr_equal(device_path_behind(as_path(&long_path), as_path(&short_path)),
                     &long_path.node[1]);
    assert_ptr_equal(device_path_behind(as_path(&long_path), as_path(&long_path)), &long_path.end);
}

static void test_what_is_no_prefix_has_nothing_behind(void **state)
{
    struct path_of_1 other = short_path;
    struct path_of_1 longer_node = short_path;
    struct path_of_1 other_type = short_path;

    (void)state;
    other.node[0].Guid.Data4[7] = 1;
    longer_node.node[0].Header.Length[0] = 24; /* takes the end in */
    other_type.node[0].Header.SubType++;
    assert_null(device_path_behind(as_path(&long_path), as_path(&other)));
    assert_null(device_path_behind(as_path(&long_path), as_path(&longer_node)));
    assert_null(device_path_behind(as_path(&long_path), as_path(&other_type)));
    assert_null(device_path_behind(as_path(&short_path), as_path(&long_path)));
    assert_null(device_path_behind(&empty_path, as_path(&short_path)));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_bytes_include_the_end),
        cmocka_unit_test(test_both_bytes_of_a_length_count),
        cmocka_unit_test(test_nodes_shorter_than_their_header_are_refused),
        cmocka_unit_test(test_end_of_an_instance_is_not_the_end),
        cmocka_unit_test(test_longest_path_is_accepted),
        cmocka_unit_test(test_path_without_an_end_is_followed_only_so_far),
        cmocka_unit_test_setup(test_copy_is_the_same_elsewhere, fake_memory_setup),
        cmocka_unit_test_setup(test_no_copy_without_memory, fake_memory_setup),
        cmocka_unit_test_setup(test_joined_paths_have_one_end, fake_memory_setup),
        cmocka_unit_test_setup(test_joining_an_empty_path_copies, fake_memory_setup),
        cmocka_unit_test(test_behind_a_prefix_is_the_rest),
        cmocka_unit_test(test_what_is_no_prefix_has_nothing_behind),
    };

    return isolated_run(tests);
}
