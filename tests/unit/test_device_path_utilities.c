/* EFI_DEVICE_PATH_UTILITIES_PROTOCOL (UEFI 2.10 section 10.5). */
#include "shim/device_path/device_path_utilities.h"

#include <stdlib.h>
#include <string.h>

#include "shim/memory/pool.h"
#include "shim/protocol/handle.h"
#include "tests/unit/device_paths.h"
#include "tests/unit/fake_memory.h"
#include "tests/unit/isolated.h"

struct path_of_2_instances {
    VENDOR_DEVICE_PATH first[2];
    EFI_DEVICE_PATH first_end;
    VENDOR_DEVICE_PATH second[1];
    EFI_DEVICE_PATH end;
} __attribute__((packed));

static const struct path_of_2_instances instances = {
    .first = {PATH_NODE(1), PATH_NODE(2)},
    .first_end = DEVICE_PATH_INSTANCE_END,
    .second = {PATH_NODE(3)},
    .end = DEVICE_PATH_END,
};
static const struct path_of_1 short_path = {.node = {PATH_NODE(1)}, .end = DEVICE_PATH_END};
static const struct path_of_2 longer_path = {.node = {PATH_NODE(1), PATH_NODE(2)},
                                             .end = DEVICE_PATH_END};
static const EFI_DEVICE_PATH empty_path = DEVICE_PATH_END;

/* A node with an impossible length, and behind it an end. */
static const struct path_of_1 malformed = {
    .node = {{.Header = DEVICE_PATH_NODE(HARDWARE_DEVICE_PATH, HW_VENDOR_DP, 3)}},
    .end = DEVICE_PATH_END};

static EFI_DEVICE_PATH_UTILITIES_PROTOCOL *utilities;

static int start(void **state)
{
    static const EFI_GUID guid = EFI_DEVICE_PATH_UTILITIES_PROTOCOL_GUID;
    EFI_HANDLE handle = NULL;

    fake_memory_setup(state);
    if (device_path_utilities_install(&handle) != EFI_SUCCESS)
        return 1;
    utilities = handle_get_interface(handle, &guid);
    return !utilities;
}

static const EFI_DEVICE_PATH *as_path(const void *path)
{
    return path;
}

static void assert_path(EFI_DEVICE_PATH *path, const void *expected, size_t bytes)
{
    assert_non_null(path);
    assert_memory_equal(path, expected, bytes);
    assert_int_equal(utilities->GetDevicePathSize(path), bytes);
    assert_int_equal(pool_free(path), EFI_SUCCESS);
}

static void test_size_includes_the_end(void **state)
{
    (void)state;
    assert_int_equal(utilities->GetDevicePathSize(&empty_path), 4);
    assert_int_equal(utilities->GetDevicePathSize(as_path(&longer_path)), sizeof(longer_path));
    assert_int_equal(utilities->GetDevicePathSize(as_path(&instances)), sizeof(instances));
    assert_int_equal(utilities->GetDevicePathSize(NULL), 0);
    assert_int_equal(utilities->GetDevicePathSize(as_path(&malformed)), 0);
}

static void test_duplicates(void **state)
{
    (void)state;
    assert_path(utilities->DuplicateDevicePath(as_path(&instances)), &instances, sizeof(instances));
    assert_null(utilities->DuplicateDevicePath(NULL));
    assert_null(utilities->DuplicateDevicePath(as_path(&malformed)));
}

static void test_appended_path(void **state)
{
    const struct path_of_3 expected = {.node = {PATH_NODE(1), PATH_NODE(1), PATH_NODE(2)},
                                       .end = DEVICE_PATH_END};

    (void)state;
    assert_path(utilities->AppendDevicePath(as_path(&short_path), as_path(&longer_path)), &expected,
                sizeof(expected));
}

static void test_appended_path_when_one_is_missing(void **state)
{
    (void)state;
    assert_path(utilities->AppendDevicePath(as_path(&short_path), NULL), &short_path,
                sizeof(short_path));
    assert_path(utilities->AppendDevicePath(NULL, as_path(&short_path)), &short_path,
                sizeof(short_path));
    assert_path(utilities->AppendDevicePath(NULL, NULL), &empty_path, sizeof(empty_path));
}

static void test_malformed_paths_are_not_appended(void **state)
{
    (void)state;
    assert_null(utilities->AppendDevicePath(as_path(&malformed), as_path(&short_path)));
    assert_null(utilities->AppendDevicePath(as_path(&short_path), as_path(&malformed)));
    assert_null(utilities->AppendDeviceNode(as_path(&malformed), as_path(&short_path)));
    assert_null(utilities->AppendDevicePathInstance(as_path(&malformed), as_path(&short_path)));
    assert_null(utilities->AppendDevicePathInstance(as_path(&short_path), as_path(&malformed)));
}

static void test_appended_node(void **state)
{
    const VENDOR_DEVICE_PATH node = PATH_NODE(2);

    (void)state;
    assert_path(utilities->AppendDeviceNode(as_path(&short_path), &node.Header), &longer_path,
                sizeof(longer_path));
}

static void test_appended_node_when_one_is_missing(void **state)
{
    const VENDOR_DEVICE_PATH node = PATH_NODE(1);

    (void)state;
    assert_path(utilities->AppendDeviceNode(NULL, &node.Header), &short_path, sizeof(short_path));
    assert_path(utilities->AppendDeviceNode(as_path(&short_path), NULL), &short_path,
                sizeof(short_path));
    assert_path(utilities->AppendDeviceNode(NULL, NULL), &empty_path, sizeof(empty_path));
}

static void test_impossible_node_is_not_appended(void **state)
{
    (void)state;
    assert_null(utilities->AppendDeviceNode(as_path(&short_path), as_path(&malformed)));
    assert_null(utilities->AppendDeviceNode(NULL, as_path(&malformed)));
}

static void test_appended_instance(void **state)
{
    const struct path_of_1 second = {.node = {PATH_NODE(3)}, .end = DEVICE_PATH_END};

    (void)state;
    assert_path(utilities->AppendDevicePathInstance(as_path(&longer_path), as_path(&second)),
                &instances, sizeof(instances));
    assert_path(utilities->AppendDevicePathInstance(NULL, as_path(&second)), &second,
                sizeof(second));
    assert_null(utilities->AppendDevicePathInstance(as_path(&short_path), NULL));
    assert_null(utilities->AppendDevicePathInstance(NULL, NULL));
}

/* The length of the last node says nothing; that of an end in the middle does. */
static void test_end_of_an_appended_instance_has_its_length(void **state)
{
    struct path_of_1 first = short_path;
    EFI_DEVICE_PATH *path;

    (void)state;
    first.end.Length[1] = 0x12;
    path = utilities->AppendDevicePathInstance(as_path(&first), as_path(&short_path));
    assert_int_equal(utilities->GetDevicePathSize(path), 2 * sizeof(short_path));
}

static void test_instances_one_after_the_other(void **state)
{
    const struct path_of_1 second = {.node = {PATH_NODE(3)}, .end = DEVICE_PATH_END};
    struct path_of_2_instances path = instances;
    EFI_DEVICE_PATH *rest = &path.first[0].Header;
    EFI_DEVICE_PATH *instance;
    UINTN bytes = 0;

    (void)state;
    instance = utilities->GetNextDevicePathInstance(&rest, &bytes);
    assert_int_equal(bytes, sizeof(longer_path));
    assert_path(instance, &longer_path, sizeof(longer_path));
    assert_ptr_equal(rest, &path.second[0].Header);
    instance = utilities->GetNextDevicePathInstance(&rest, &bytes);
    assert_int_equal(bytes, sizeof(second));
    assert_path(instance, &second, sizeof(second));
    assert_null(rest);
    bytes = 99;
    assert_null(utilities->GetNextDevicePathInstance(&rest, &bytes));
    assert_int_equal(bytes, 0);
    assert_memory_equal(&path, &instances, sizeof(path));
}

static void test_size_of_an_instance_is_optional(void **state)
{
    struct path_of_1 path = short_path;
    EFI_DEVICE_PATH *rest = &path.node[0].Header;

    (void)state;
    assert_path(utilities->GetNextDevicePathInstance(&rest, NULL), &short_path, sizeof(short_path));
    assert_null(rest);
    assert_null(utilities->GetNextDevicePathInstance(&rest, NULL));
    assert_null(utilities->GetNextDevicePathInstance(NULL, NULL));
}

static void test_malformed_path_has_no_instances(void **state)
{
    struct path_of_1 path = malformed;
    EFI_DEVICE_PATH *rest = &path.node[0].Header;
    UINTN bytes;

    (void)state;
    assert_null(utilities->GetNextDevicePathInstance(&rest, &bytes));
    assert_ptr_equal(rest, &path.node[0].Header);
    assert_false(utilities->IsDevicePathMultiInstance(rest));
}

static void test_multi_instance(void **state)
{
    (void)state;
    assert_true(utilities->IsDevicePathMultiInstance(as_path(&instances)));
    assert_false(utilities->IsDevicePathMultiInstance(as_path(&longer_path)));
    assert_false(utilities->IsDevicePathMultiInstance(&empty_path));
    assert_false(utilities->IsDevicePathMultiInstance(NULL));
}

static void test_created_node(void **state)
{
    static const uint16_t lengths[] = {4, 5, 0x100, 0xffff};

    (void)state;
    for (size_t i = 0; i < sizeof(lengths) / sizeof(lengths[0]); i++) {
        EFI_DEVICE_PATH *node = utilities->CreateDeviceNode(3, 0x99, lengths[i]);

        assert_int_equal(node->Type, 3);
        assert_int_equal(node->SubType, 0x99);
        assert_int_equal(node->Length[0] | node->Length[1] << 8, lengths[i]);
        for (size_t j = sizeof(*node); j < lengths[i]; j++)
            assert_int_equal(((uint8_t *)node)[j], 0);
        assert_int_equal(pool_free(node), EFI_SUCCESS);
    }
    for (uint16_t length = 0; length < 4; length++)
        assert_null(utilities->CreateDeviceNode(3, 1, length));
}

static void test_nothing_without_memory(void **state)
{
    struct path_of_2_instances path = instances;
    EFI_DEVICE_PATH *rest = &path.first[0].Header;
    UINTN bytes;

    (void)state;
    fake_memory_exhaust();
    assert_null(utilities->DuplicateDevicePath(rest));
    assert_null(utilities->AppendDevicePath(rest, rest));
    assert_null(utilities->AppendDeviceNode(rest, rest));
    assert_null(utilities->AppendDevicePathInstance(rest, rest));
    assert_null(utilities->GetNextDevicePathInstance(&rest, &bytes));
    assert_ptr_equal(rest, &path.first[0].Header);
    assert_int_equal(bytes, 0);
    assert_null(utilities->CreateDeviceNode(1, 1, 6));
}

static void test_nothing_is_left_behind(void **state)
{
    uint64_t used = fake_memory_used_pages();
    const VENDOR_DEVICE_PATH node = PATH_NODE(2);

    (void)state;
    for (unsigned int i = 0; i < 1000; i++)
        pool_free(utilities->AppendDeviceNode(as_path(&short_path), &node.Header));
    assert_int_equal(fake_memory_used_pages(), used);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup(test_size_includes_the_end, start),
        cmocka_unit_test_setup(test_duplicates, start),
        cmocka_unit_test_setup(test_appended_path, start),
        cmocka_unit_test_setup(test_appended_path_when_one_is_missing, start),
        cmocka_unit_test_setup(test_malformed_paths_are_not_appended, start),
        cmocka_unit_test_setup(test_appended_node, start),
        cmocka_unit_test_setup(test_appended_node_when_one_is_missing, start),
        cmocka_unit_test_setup(test_impossible_node_is_not_appended, start),
        cmocka_unit_test_setup(test_appended_instance, start),
        cmocka_unit_test_setup(test_end_of_an_appended_instance_has_its_length, start),
        cmocka_unit_test_setup(test_instances_one_after_the_other, start),
        cmocka_unit_test_setup(test_size_of_an_instance_is_optional, start),
        cmocka_unit_test_setup(test_malformed_path_has_no_instances, start),
        cmocka_unit_test_setup(test_multi_instance, start),
        cmocka_unit_test_setup(test_created_node, start),
        cmocka_unit_test_setup(test_nothing_without_memory, start),
        cmocka_unit_test_setup(test_nothing_is_left_behind, start),
    };

    return isolated_run(tests);
}
