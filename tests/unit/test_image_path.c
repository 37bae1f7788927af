/* The device paths of images (UEFI 2.10 sections 7.4.1 and 9.2). */
#include <string.h>

#include "loader/module_device.h"
#include "shim/device_path/device_path.h"
#include "shim/image/image.h"
#include "shim/protocol/handle.h"
#include "tests/unit/device_paths.h"
#include "tests/unit/fake_memory.h"
#include "tests/unit/image_fixture.h"
#include "tests/unit/isolated.h"

static const EFI_GUID loaded_image_device_path_guid = EFI_LOADED_IMAGE_DEVICE_PATH_PROTOCOL_GUID;
static const EFI_GUID device_path_guid = EFI_DEVICE_PATH_PROTOCOL_GUID;

static void test_path_is_split_at_its_device(void **state)
{
    struct pe_file file = image_file(SUBSYSTEM_APPLICATION, NULL);
    EFI_DEVICE_PATH *path = NULL;
    EFI_DEVICE_PATH *device;
    EFI_DEVICE_PATH *rest;
    EFI_HANDLE image;

    (void)state;
    assert_int_equal(module_device_install(&path), EFI_SUCCESS);
    assert_int_equal(image_try_load(&file, path, &image), EFI_SUCCESS);
    assert_true(device_path_bytes(path) > 0);
    device = handle_get_interface(image_protocol(image)->DeviceHandle, &device_path_guid);
    rest = device_path_behind(path, device);
    assert_non_null(rest);
    assert_false(IsDevicePathEnd(rest));
    assert_memory_equal(image_protocol(image)->FilePath, rest, device_path_bytes(rest));
    assert_memory_equal(handle_get_interface(image, &loaded_image_device_path_guid), path,
                        device_path_bytes(path));
}

static void test_path_of_no_device_is_the_file_path(void **state)
{
    struct pe_file file = image_file(SUBSYSTEM_APPLICATION, NULL);
    struct path_of_1 path = {.node = {PATH_NODE(1)}, .end = DEVICE_PATH_END};
    EFI_HANDLE image;

    (void)state;
    assert_int_equal(image_try_load(&file, &path, &image), EFI_SUCCESS);
    assert_null(image_protocol(image)->DeviceHandle);
    assert_memory_equal(image_protocol(image)->FilePath, &path, sizeof(path));
}

static void test_path_is_copied(void **state)
{
    struct pe_file file = image_file(SUBSYSTEM_APPLICATION, NULL);
    struct path_of_1 path = {.node = {PATH_NODE(1)}, .end = DEVICE_PATH_END};
    struct path_of_1 original = path;
    EFI_HANDLE image;

    (void)state;
    assert_int_equal(image_try_load(&file, &path, &image), EFI_SUCCESS);
    memset(&path, 0, sizeof(path));
    assert_memory_equal(image_protocol(image)->FilePath, &original, sizeof(original));
    assert_memory_equal(handle_get_interface(image, &loaded_image_device_path_guid), &original,
                        sizeof(original));
}

static void test_image_without_path_has_a_null_device_path(void **state)
{
    EFI_HANDLE image = image_load_new(SUBSYSTEM_APPLICATION, NULL);

    (void)state;
    assert_non_null(handle_find_protocol(handle_find(image), &loaded_image_device_path_guid));
    assert_null(handle_get_interface(image, &loaded_image_device_path_guid));
    assert_null(image_protocol(image)->DeviceHandle);
    assert_null(image_protocol(image)->FilePath);
}

static void test_malformed_path_is_refused(void **state)
{
    struct pe_file file = image_file(SUBSYSTEM_APPLICATION, NULL);
    struct path_of_1 path = {.node = {PATH_NODE(1)}, .end = DEVICE_PATH_END};
    uint64_t used = fake_memory_used_pages();
    EFI_HANDLE image = NULL;

    (void)state;
    path.node[0].Header.Length[0] = 2;
    assert_int_equal(image_try_load(&file, &path, &image), EFI_INVALID_PARAMETER);
    assert_null(image);
    assert_int_equal(fake_memory_used_pages(), used);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup(test_path_is_split_at_its_device, image_setup),
        cmocka_unit_test_setup(test_path_of_no_device_is_the_file_path, image_setup),
        cmocka_unit_test_setup(test_path_is_copied, image_setup),
        cmocka_unit_test_setup(test_image_without_path_has_a_null_device_path, image_setup),
        cmocka_unit_test_setup(test_malformed_path_is_refused, image_setup),
    };

    return isolated_run(tests);
}
