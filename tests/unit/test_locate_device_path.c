/* LocateDevicePath (UEFI 2.10 section 7.3.8). */
#include "shim/protocol/handle.h"
#include "shim/protocol/locate.h"
#include "tests/unit/device_paths.h"
#include "tests/unit/fake_memory.h"
#include "tests/unit/isolated.h"

static const EFI_GUID device_path_guid = EFI_DEVICE_PATH_PROTOCOL_GUID;
static const EFI_GUID disk_guid = {.Data1 = 0xd};

static struct path_of_1 controller_path = {.node = {PATH_NODE(1)}, .end = DEVICE_PATH_END};
static struct path_of_2 disk_path = {.node = {PATH_NODE(1), PATH_NODE(2)}, .end = DEVICE_PATH_END};
static struct path_of_2 other_path = {.node = {PATH_NODE(1), PATH_NODE(9)}, .end = DEVICE_PATH_END};
static struct path_of_3 file_path = {.node = {PATH_NODE(1), PATH_NODE(2), PATH_NODE(3)},
                                     .end = DEVICE_PATH_END};

static EFI_HANDLE controller;
static EFI_HANDLE disk;
static EFI_HANDLE other;

static EFI_DEVICE_PATH *as_path(void *path)
{
    return path;
}

static EFI_HANDLE handle_of(void *path)
{
    EFI_HANDLE handle = NULL;

    assert_int_equal(handle_install(&handle, &device_path_guid, path), EFI_SUCCESS);
    assert_int_equal(handle_install(&handle, &disk_guid, NULL), EFI_SUCCESS);
    return handle;
}

static int start(void **state)
{
    fake_memory_setup(state);
    controller = handle_of(&controller_path);
    disk = handle_of(&disk_path);
    other = handle_of(&other_path);
    return 0;
}

static void assert_located(void *path, EFI_HANDLE expected_handle, const void *expected_rest)
{
    EFI_DEVICE_PATH *rest = as_path(path);
    EFI_HANDLE handle = NULL;

    assert_int_equal(locate_device_path(&disk_guid, &rest, &handle), EFI_SUCCESS);
    assert_ptr_equal(handle, expected_handle);
    assert_ptr_equal(rest, expected_rest);
}

static void assert_refused(const EFI_GUID *guid, void *path, EFI_STATUS status)
{
    EFI_DEVICE_PATH *rest = as_path(path);
    EFI_HANDLE handle = &handle;

    assert_int_equal(locate_device_path(guid, &rest, &handle), status);
    assert_ptr_equal(handle, &handle);
    assert_ptr_equal(rest, path);
}

static void test_longest_match_wins(void **state)
{
    (void)state;
    assert_located(&file_path, disk, &file_path.node[2]);
}

static void test_order_of_installation_does_not_matter(void **state)
{
    EFI_HANDLE newer;

    (void)state;
    assert_int_equal(handle_uninstall(controller, &device_path_guid, &controller_path),
                     EFI_SUCCESS);
    newer = handle_of(&controller_path);
    assert_located(&file_path, disk, &file_path.node[2]);
    assert_int_equal(handle_uninstall(disk, &device_path_guid, &disk_path), EFI_SUCCESS);
    assert_located(&file_path, newer, &file_path.node[1]);
}

static void test_whole_match_leaves_the_end(void **state)
{
    (void)state;
    assert_located(&disk_path, disk, &disk_path.end);
    assert_located(&controller_path, controller, &controller_path.end);
}

static void test_only_handles_with_the_protocol_count(void **state)
{
    (void)state;
    assert_int_equal(handle_uninstall(disk, &disk_guid, NULL), EFI_SUCCESS);
    assert_located(&file_path, controller, &file_path.node[1]);
}

static void test_path_of_no_device_is_not_found(void **state)
{
    static struct path_of_1 unknown = {.node = {PATH_NODE(7)}, .end = DEVICE_PATH_END};

    (void)state;
    assert_refused(&disk_guid, &unknown, EFI_NOT_FOUND);
    assert_refused(&disk_guid, &unknown.end, EFI_NOT_FOUND);
}

static void test_absent_protocol_is_not_found(void **state)
{
    static const EFI_GUID absent = {.Data1 = 0xe};

    (void)state;
    assert_refused(&absent, &file_path, EFI_NOT_FOUND);
}

static void test_beginning_of_a_devices_path_is_not_that_device(void **state)
{
    (void)state;
    assert_int_equal(handle_uninstall(controller, &device_path_guid, &controller_path),
                     EFI_SUCCESS);
    assert_refused(&disk_guid, &controller_path, EFI_NOT_FOUND);
}

static void test_handle_with_a_null_path_is_passed_over(void **state)
{
    (void)state;
    handle_of(NULL);
    assert_located(&file_path, disk, &file_path.node[2]);
}

static void test_malformed_path_of_a_handle_is_passed_over(void **state)
{
    static struct path_of_1 endless = {.node = {PATH_NODE(1)}, .end = DEVICE_PATH_END};

    (void)state;
    endless.node[0].Header.Length[0] = 0;
    handle_of(&endless);
    assert_located(&file_path, disk, &file_path.node[2]);
}

static void test_malformed_path_is_refused(void **state)
{
    static struct path_of_1 endless = {.node = {PATH_NODE(1)}, .end = DEVICE_PATH_END};

    (void)state;
    endless.node[0].Header.Length[0] = 3;
    assert_refused(&disk_guid, &endless, EFI_INVALID_PARAMETER);
}

static void test_parameters_must_be_given(void **state)
{
    EFI_DEVICE_PATH *rest = as_path(&file_path);
    EFI_HANDLE handle;

    (void)state;
    assert_refused(NULL, &file_path, EFI_INVALID_PARAMETER);
    assert_refused(&disk_guid, NULL, EFI_INVALID_PARAMETER);
    assert_int_equal(locate_device_path(&disk_guid, NULL, &handle), EFI_INVALID_PARAMETER);
    assert_int_equal(locate_device_path(&disk_guid, &rest, NULL), EFI_INVALID_PARAMETER);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup(test_longest_match_wins, start),
        cmocka_unit_test_setup(test_order_of_installation_does_not_matter, start),
        cmocka_unit_test_setup(test_whole_match_leaves_the_end, start),
        cmocka_unit_test_setup(test_only_handles_with_the_protocol_count, start),
        cmocka_unit_test_setup(test_path_of_no_device_is_not_found, start),
        cmocka_unit_test_setup(test_absent_protocol_is_not_found, start),
        cmocka_unit_test_setup(test_beginning_of_a_devices_path_is_not_that_device, start),
        cmocka_unit_test_setup(test_handle_with_a_null_path_is_passed_over, start),
        cmocka_unit_test_setup(test_malformed_path_of_a_handle_is_passed_over, start),
        cmocka_unit_test_setup(test_malformed_path_is_refused, start),
        cmocka_unit_test_setup(test_parameters_must_be_given, start),
    };

    return isolated_run(tests);
}
