/* UnloadImage of drivers that have run, and of others (UEFI 2.10 section 7.4.3). */
#include <string.h>

#include "shim/image/image.h"
#include "shim/protocol/handle.h"
#include "shim/protocol/open_protocol.h"
#include "tests/unit/fake_memory.h"
#include "tests/unit/image_fixture.h"
#include "tests/unit/isolated.h"

#define DRIVER SUBSYSTEM_BOOT_DRIVER

static const EFI_GUID loaded_image_guid = EFI_LOADED_IMAGE_PROTOCOL_GUID;
static const EFI_GUID loaded_image_device_path_guid = EFI_LOADED_IMAGE_DEVICE_PATH_PROTOCOL_GUID;

/* What the images of these tests leave behind. */
static char trace[32];

static void test_started_driver_without_unload_function_stays(void **state)
{
    EFI_HANDLE driver = image_load_new(DRIVER, image_return_success);

    (void)state;
    image_start_only(driver);
    assert_int_equal(image_unload(driver), EFI_UNSUPPORTED);
    assert_non_null(handle_find(driver));
}

static EFI_STATUS EFIAPI unload_once_asked_twice(EFI_HANDLE image)
{
    image_seen.handle = image;
    strcat(trace, "u");
    return strlen(trace) < 2 ? EFI_ACCESS_DENIED : EFI_SUCCESS;
}

static EFI_STATUS EFIAPI unload_at_once(EFI_HANDLE image)
{
    (void)image;
    return EFI_SUCCESS;
}

static void test_unload_function_decides(void **state)
{
    uint64_t used = fake_memory_used_pages();
    EFI_HANDLE driver = image_load_new(DRIVER, image_return_success);

    (void)state;
    image_start_only(driver);
    image_protocol(driver)->Unload = unload_once_asked_twice;
    assert_int_equal(image_unload(driver), EFI_ACCESS_DENIED);
    assert_ptr_equal(image_seen.handle, driver);
    assert_non_null(handle_find(driver));
    assert_int_equal(image_unload(driver), EFI_SUCCESS);
    assert_null(handle_find(driver));
    assert_int_equal(fake_memory_used_pages(), used);
}

static void test_handle_stays_the_image_whatever_is_uninstalled(void **state)
{
    EFI_HANDLE driver = image_load_new(DRIVER, image_return_success);
    EFI_HANDLE other;

    (void)state;
    assert_int_equal(handle_uninstall(driver, &loaded_image_guid, image_protocol(driver)),
                     EFI_SUCCESS);
    assert_int_equal(handle_uninstall(driver, &loaded_image_device_path_guid,
                                      handle_get_interface(driver, &loaded_image_device_path_guid)),
                     EFI_SUCCESS);
    other = image_load_new(DRIVER, image_return_error);
    assert_ptr_not_equal(other, driver);
    assert_int_equal(image_start_only(driver), EFI_SUCCESS);
    assert_int_equal(image_start_only(other), EFI_NOT_READY);
    image_protocol(driver)->Unload = unload_at_once;
    assert_int_equal(image_unload(driver), EFI_SUCCESS);
    assert_null(handle_find(driver));
}

static void test_unloaded_driver_uses_nothing_any_more(void **state)
{
    static const EFI_GUID guid = {.Data1 = 1};
    EFI_HANDLE driver = image_load_new(DRIVER, image_return_success);
    EFI_HANDLE device = NULL;
    void *interface;

    (void)state;
    assert_int_equal(handle_install(&device, &guid, NULL), EFI_SUCCESS);
    image_start_only(driver);
    assert_int_equal(open_protocol(device, &guid, &interface, driver, device,
                                   EFI_OPEN_PROTOCOL_BY_DRIVER | EFI_OPEN_PROTOCOL_EXCLUSIVE),
                     EFI_SUCCESS);
    image_protocol(driver)->Unload = unload_once_asked_twice;
    image_unload(driver);
    assert_int_equal(handle_uninstall(device, &guid, NULL), EFI_ACCESS_DENIED);
    assert_int_equal(image_unload(driver), EFI_SUCCESS);
    assert_int_equal(handle_uninstall(device, &guid, NULL), EFI_SUCCESS);
}

static void test_unload_function_of_an_image_that_was_not_started_is_not_called(void **state)
{
    EFI_HANDLE driver = image_load_new(DRIVER, image_return_success);

    (void)state;
    image_protocol(driver)->Unload = unload_once_asked_twice;
    assert_int_equal(image_unload(driver), EFI_SUCCESS);
    assert_string_equal(trace, "");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup(test_started_driver_without_unload_function_stays, image_setup),
        cmocka_unit_test_setup(test_unload_function_decides, image_setup),
        cmocka_unit_test_setup(test_handle_stays_the_image_whatever_is_uninstalled, image_setup),
        cmocka_unit_test_setup(test_unloaded_driver_uses_nothing_any_more, image_setup),
        cmocka_unit_test_setup(test_unload_function_of_an_image_that_was_not_started_is_not_called,
                               image_setup),
    };

    return isolated_run(tests);
}
