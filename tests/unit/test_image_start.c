/* StartImage (UEFI 2.10 section 7.4.2). */
#include "shim/image/image.h"
#include "shim/protocol/handle.h"
#include "shim/protocol/open_protocol.h"
#include "tests/unit/fake_memory.h"
#include "tests/unit/image_fixture.h"
#include "tests/unit/isolated.h"

#define APPLICATION SUBSYSTEM_APPLICATION
#define DRIVER      SUBSYSTEM_BOOT_DRIVER

static const EFI_GUID loaded_image_guid = EFI_LOADED_IMAGE_PROTOCOL_GUID;

static EFI_STATUS seen_status;

static EFI_STATUS EFIAPI return_warning(EFI_HANDLE image, EFI_SYSTEM_TABLE *table)
{
    image_return_success(image, table);
    return EFI_WARN_WRITE_FAILURE;
}

static void test_entry_gets_handle_and_system_table(void **state)
{
    EFI_HANDLE image = image_load_new(APPLICATION, image_return_success);

    (void)state;
    assert_int_equal(image_start_only(image), EFI_SUCCESS);
    assert_ptr_equal(image_seen.handle, image);
    assert_ptr_equal(image_seen.table, &image_system_table);
}

static void test_status_of_the_entry_is_returned(void **state)
{
    (void)state;
    assert_int_equal(image_start_only(image_load_new(APPLICATION, image_return_error)),
                     EFI_NOT_READY);
    assert_int_equal(image_start_only(image_load_new(APPLICATION, return_warning)),
                     EFI_WARN_WRITE_FAILURE);
}

static void test_application_is_gone_when_it_returns(void **state)
{
    uint64_t used = fake_memory_used_pages();
    EFI_HANDLE image = image_load_new(APPLICATION, image_return_success);

    (void)state;
    image_start_only(image);
    assert_null(handle_find(image));
    assert_int_equal(fake_memory_used_pages(), used);
    assert_int_equal(image_start_only(image), EFI_INVALID_PARAMETER);
}

static EFI_STATUS EFIAPI open_and_return(EFI_HANDLE image, EFI_SYSTEM_TABLE *table)
{
    void *interface;

    (void)table;
    return open_protocol(image_firmware, &loaded_image_guid, &interface, image, NULL,
                         EFI_OPEN_PROTOCOL_EXCLUSIVE);
}

static void test_what_an_image_left_open_is_closed_with_it(void **state)
{
    EFI_OPEN_PROTOCOL_INFORMATION_ENTRY *entries;
    UINTN count = 1;
    EFI_HANDLE image = image_load_new(APPLICATION, open_and_return);

    (void)state;
    assert_int_equal(image_start_only(image), EFI_SUCCESS);
    assert_int_equal(
        open_protocol_information(image_firmware, &loaded_image_guid, &entries, &count),
        EFI_SUCCESS);
    assert_int_equal(count, 0);
}

static void test_driver_stays_when_it_succeeds(void **state)
{
    EFI_HANDLE driver = image_load_new(DRIVER, image_return_success);
    EFI_HANDLE warning = image_load_new(SUBSYSTEM_RUNTIME_DRIVER, return_warning);

    (void)state;
    image_start_only(driver);
    image_start_only(warning);
    assert_non_null(handle_get_interface(driver, &loaded_image_guid));
    assert_non_null(handle_get_interface(warning, &loaded_image_guid));
}

static void test_driver_is_gone_when_it_fails(void **state)
{
    uint64_t used = fake_memory_used_pages();
    EFI_HANDLE driver = image_load_new(DRIVER, image_return_error);

    (void)state;
    assert_int_equal(image_start_only(driver), EFI_NOT_READY);
    assert_null(handle_find(driver));
    assert_int_equal(fake_memory_used_pages(), used);
}

static void test_image_is_started_only_once(void **state)
{
    EFI_HANDLE driver = image_load_new(DRIVER, image_return_success);

    (void)state;
    image_start_only(driver);
    image_seen.handle = NULL;
    assert_int_equal(image_start_only(driver), EFI_INVALID_PARAMETER);
    assert_null(image_seen.handle);
}

static EFI_STATUS EFIAPI start_itself(EFI_HANDLE image, EFI_SYSTEM_TABLE *table)
{
    (void)table;
    seen_status = image_start_only(image);
    return EFI_SUCCESS;
}

static void test_running_image_is_not_started_again(void **state)
{
    (void)state;
    image_start_only(image_load_new(APPLICATION, start_itself));
    assert_int_equal(seen_status, EFI_INVALID_PARAMETER);
}

static void test_pointers_that_are_no_images_are_not_started(void **state)
{
    EFI_HANDLE wild = &wild;

    (void)state;
    assert_int_equal(image_start_only(NULL), EFI_INVALID_PARAMETER);
    assert_int_equal(image_start_only(wild), EFI_INVALID_PARAMETER);
    assert_int_equal(image_start_only(image_firmware), EFI_INVALID_PARAMETER);
    assert_int_equal(image_exit(wild, EFI_SUCCESS, 0, NULL), EFI_INVALID_PARAMETER);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup(test_entry_gets_handle_and_system_table, image_setup),
        cmocka_unit_test_setup(test_status_of_the_entry_is_returned, image_setup),
        cmocka_unit_test_setup(test_application_is_gone_when_it_returns, image_setup),
        cmocka_unit_test_setup(test_what_an_image_left_open_is_closed_with_it, image_setup),
        cmocka_unit_test_setup(test_driver_stays_when_it_succeeds, image_setup),
        cmocka_unit_test_setup(test_driver_is_gone_when_it_fails, image_setup),
        cmocka_unit_test_setup(test_image_is_started_only_once, image_setup),
        cmocka_unit_test_setup(test_running_image_is_not_started_again, image_setup),
        cmocka_unit_test_setup(test_pointers_that_are_no_images_are_not_started, image_setup),
    };

    return isolated_run(tests);
}
