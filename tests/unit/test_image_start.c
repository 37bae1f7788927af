/* StartImage, Exit and UnloadImage of images that run (UEFI 2.10 sections 7.4.2–7.4.4). */
#include <string.h>
#include <xmmintrin.h>

#include "shim/event/event.h"
#include "shim/event/tpl.h"
#include "shim/image/image.h"
#include "shim/memory/pool.h"
#include "shim/protocol/handle.h"
#include "shim/protocol/open_protocol.h"
#include "tests/unit/fake_memory.h"
#include "tests/unit/image_fixture.h"
#include "tests/unit/isolated.h"

#define APPLICATION SUBSYSTEM_APPLICATION
#define DRIVER      SUBSYSTEM_BOOT_DRIVER

static const EFI_GUID loaded_image_guid = EFI_LOADED_IMAGE_PROTOCOL_GUID;
static const EFI_GUID loaded_image_device_path_guid = EFI_LOADED_IMAGE_DEVICE_PATH_PROTOCOL_GUID;

/* What the images of these tests leave behind. */
static char trace[32];
static EFI_HANDLE seen_handle;
static EFI_SYSTEM_TABLE *seen_table;
static EFI_STATUS seen_status;

static EFI_STATUS start(EFI_HANDLE image)
{
    return image_start(image, NULL, NULL);
}

static EFI_STATUS EFIAPI return_success(EFI_HANDLE image, EFI_SYSTEM_TABLE *table)
{
    seen_handle = image;
    seen_table = table;
    return EFI_SUCCESS;
}

static EFI_STATUS EFIAPI return_error(EFI_HANDLE image, EFI_SYSTEM_TABLE *table)
{
    return_success(image, table);
    return EFI_NOT_READY;
}

static EFI_STATUS EFIAPI return_warning(EFI_HANDLE image, EFI_SYSTEM_TABLE *table)
{
    return_success(image, table);
    return EFI_WARN_WRITE_FAILURE;
}

static void test_entry_gets_handle_and_system_table(void **state)
{
    EFI_HANDLE image = image_load_new(APPLICATION, return_success);

    (void)state;
    assert_int_equal(start(image), EFI_SUCCESS);
    assert_ptr_equal(seen_handle, image);
    assert_ptr_equal(seen_table, &image_system_table);
}

static void test_status_of_the_entry_is_returned(void **state)
{
    (void)state;
    assert_int_equal(start(image_load_new(APPLICATION, return_error)), EFI_NOT_READY);
    assert_int_equal(start(image_load_new(APPLICATION, return_warning)), EFI_WARN_WRITE_FAILURE);
}

static void test_application_is_gone_when_it_returns(void **state)
{
    uint64_t used = fake_memory_used_pages();
    EFI_HANDLE image = image_load_new(APPLICATION, return_success);

    (void)state;
    start(image);
    assert_null(handle_find(image));
    assert_int_equal(fake_memory_used_pages(), used);
    assert_int_equal(start(image), EFI_INVALID_PARAMETER);
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
    assert_int_equal(start(image), EFI_SUCCESS);
    assert_int_equal(
        open_protocol_information(image_firmware, &loaded_image_guid, &entries, &count),
        EFI_SUCCESS);
    assert_int_equal(count, 0);
}

static void test_driver_stays_when_it_succeeds(void **state)
{
    EFI_HANDLE driver = image_load_new(DRIVER, return_success);
    EFI_HANDLE warning = image_load_new(SUBSYSTEM_RUNTIME_DRIVER, return_warning);

    (void)state;
    start(driver);
    start(warning);
    assert_non_null(handle_get_interface(driver, &loaded_image_guid));
    assert_non_null(handle_get_interface(warning, &loaded_image_guid));
}

static void test_driver_is_gone_when_it_fails(void **state)
{
    uint64_t used = fake_memory_used_pages();
    EFI_HANDLE driver = image_load_new(DRIVER, return_error);

    (void)state;
    assert_int_equal(start(driver), EFI_NOT_READY);
    assert_null(handle_find(driver));
    assert_int_equal(fake_memory_used_pages(), used);
}

static void test_image_is_started_only_once(void **state)
{
    EFI_HANDLE driver = image_load_new(DRIVER, return_success);

    (void)state;
    start(driver);
    seen_handle = NULL;
    assert_int_equal(start(driver), EFI_INVALID_PARAMETER);
    assert_null(seen_handle);
}

static EFI_STATUS EFIAPI start_itself(EFI_HANDLE image, EFI_SYSTEM_TABLE *table)
{
    (void)table;
    seen_status = start(image);
    return EFI_SUCCESS;
}

static void test_running_image_is_not_started_again(void **state)
{
    (void)state;
    start(image_load_new(APPLICATION, start_itself));
    assert_int_equal(seen_status, EFI_INVALID_PARAMETER);
}

static void test_pointers_that_are_no_images_are_not_started(void **state)
{
    EFI_HANDLE wild = &wild;

    (void)state;
    assert_int_equal(start(NULL), EFI_INVALID_PARAMETER);
    assert_int_equal(start(wild), EFI_INVALID_PARAMETER);
    assert_int_equal(start(image_firmware), EFI_INVALID_PARAMETER);
    assert_int_equal(image_exit(wild, EFI_SUCCESS, 0, NULL), EFI_INVALID_PARAMETER);
}

/* Exit from some calls deep; what follows is never reached. */
static void exit_from_below(EFI_HANDLE image, EFI_STATUS status, unsigned int depth)
{
    volatile char on_the_stack[64] = {(char)depth};

    if (depth)
        exit_from_below(image, status, depth - 1);
    else
        image_exit(image, status, 0, NULL);
    on_the_stack[1] = on_the_stack[0];
    strcat(trace, "!");
}

static EFI_STATUS EFIAPI exit_with_aborted(EFI_HANDLE image, EFI_SYSTEM_TABLE *table)
{
    (void)table;
    exit_from_below(image, EFI_ABORTED, 10);
    return EFI_SUCCESS;
}

static void test_exit_ends_the_image_from_any_depth(void **state)
{
    uint64_t used = fake_memory_used_pages();
    EFI_HANDLE image = image_load_new(APPLICATION, exit_with_aborted);

    (void)state;
    assert_int_equal(start(image), EFI_ABORTED);
    assert_string_equal(trace, "");
    assert_null(handle_find(image));
    assert_int_equal(fake_memory_used_pages(), used);
}

static EFI_STATUS EFIAPI exit_with_success(EFI_HANDLE image, EFI_SYSTEM_TABLE *table)
{
    (void)table;
    exit_from_below(image, EFI_SUCCESS, 2);
    return EFI_ABORTED;
}

static void test_driver_that_exits_with_success_stays(void **state)
{
    EFI_HANDLE driver = image_load_new(DRIVER, exit_with_success);

    (void)state;
    assert_int_equal(start(driver), EFI_SUCCESS);
    assert_non_null(handle_get_interface(driver, &loaded_image_guid));
}

static EFI_STATUS EFIAPI exit_with_data(EFI_HANDLE image, EFI_SYSTEM_TABLE *table)
{
    static const CHAR16 reason[] = u"no disk";
    void *data;

    (void)table;
    pool_alloc(EfiLoaderData, sizeof(reason), &data);
    memcpy(data, reason, sizeof(reason));
    return image_exit(image, EFI_NO_MEDIA, sizeof(reason), data);
}

static void test_exit_data_is_the_callers(void **state)
{
    static const CHAR16 expected[] = u"no disk";
    CHAR16 *data = NULL;
    UINTN bytes = 0;

    (void)state;
    assert_int_equal(image_start(image_load_new(APPLICATION, exit_with_data), &bytes, &data),
                     EFI_NO_MEDIA);
    assert_int_equal(bytes, sizeof(expected));
    assert_memory_equal(data, expected, sizeof(expected));
    assert_int_equal(pool_free(data), EFI_SUCCESS);
}

static void test_exit_data_that_nobody_wants_is_freed(void **state)
{
    uint64_t used = fake_memory_used_pages();

    (void)state;
    assert_int_equal(start(image_load_new(APPLICATION, exit_with_data)), EFI_NO_MEDIA);
    assert_int_equal(fake_memory_used_pages(), used);
}

static EFI_STATUS EFIAPI exit_with_a_size_only(EFI_HANDLE image, EFI_SYSTEM_TABLE *table)
{
    (void)table;
    return image_exit(image, EFI_NOT_READY, 55, NULL);
}

static void test_no_exit_data_is_none(void **state)
{
    static const EFI_IMAGE_ENTRY_POINT functions[] = {return_error, exit_with_a_size_only};

    (void)state;
    for (size_t i = 0; i < 2; i++) {
        CHAR16 garbage;
        CHAR16 *data = &garbage;
        UINTN bytes = 99;

        assert_int_equal(image_start(image_load_new(APPLICATION, functions[i]), &bytes, &data),
                         EFI_NOT_READY);
        assert_null(data);
        assert_int_equal(bytes, 0);
    }
}

static void EFIAPI write_letter(EFI_EVENT event, void *context)
{
    (void)event;
    strcat(trace, context);
}

static EFI_STATUS EFIAPI exit_at_a_raised_level(EFI_HANDLE image, EFI_SYSTEM_TABLE *table)
{
    EFI_EVENT event;

    (void)table;
    event_create(EVT_NOTIFY_SIGNAL, TPL_CALLBACK, write_letter, "n", NULL, &event);
    tpl_raise(TPL_NOTIFY);
    event_signal(event);
    return image_exit(image, EFI_SUCCESS, 0, NULL);
}

static EFI_STATUS EFIAPI return_at_a_raised_level(EFI_HANDLE image, EFI_SYSTEM_TABLE *table)
{
    (void)image;
    (void)table;
    tpl_raise(TPL_NOTIFY);
    return EFI_SUCCESS;
}

static void test_level_is_what_it_was_before_the_start(void **state)
{
    (void)state;
    start(image_load_new(APPLICATION, exit_at_a_raised_level));
    assert_int_equal(tpl_current(), TPL_APPLICATION);
    assert_string_equal(trace, "n");
    start(image_load_new(APPLICATION, return_at_a_raised_level));
    assert_int_equal(tpl_current(), TPL_APPLICATION);
}

static EFI_STATUS EFIAPI exit_with_other_rounding(EFI_HANDLE image, EFI_SYSTEM_TABLE *table)
{
    (void)table;
    _MM_SET_ROUNDING_MODE(_MM_ROUND_DOWN);
    return image_exit(image, EFI_SUCCESS, 0, NULL);
}

static void test_exit_brings_the_starters_rounding_back(void **state)
{
    (void)state;
    start(image_load_new(APPLICATION, exit_with_other_rounding));
    assert_int_equal(_MM_GET_ROUNDING_MODE(), _MM_ROUND_NEAREST);
}

static EFI_HANDLE outer;
static EFI_IMAGE_ENTRY_POINT inner_function;

static EFI_STATUS EFIAPI start_inner(EFI_HANDLE image, EFI_SYSTEM_TABLE *table)
{
    EFI_STATUS status;

    (void)table;
    outer = image;
    strcat(trace, "a");
    status = start(image_load_new(APPLICATION, inner_function));
    strcat(trace, status == EFI_ABORTED ? "c" : "?");
    image_exit(image, EFI_TIMEOUT, 0, NULL);
    return EFI_SUCCESS;
}

static EFI_STATUS EFIAPI exit_inner(EFI_HANDLE image, EFI_SYSTEM_TABLE *table)
{
    (void)table;
    strcat(trace, "b");
    image_exit(image, EFI_ABORTED, 0, NULL);
    return EFI_SUCCESS;
}

static void test_exit_goes_back_to_who_started_the_image(void **state)
{
    (void)state;
    inner_function = exit_inner;
    assert_int_equal(start(image_load_new(APPLICATION, start_inner)), EFI_TIMEOUT);
    assert_string_equal(trace, "abc");
}

static EFI_STATUS EFIAPI try_to_exit_outer(EFI_HANDLE image, EFI_SYSTEM_TABLE *table)
{
    (void)image;
    (void)table;
    seen_status = image_exit(outer, EFI_SUCCESS, 0, NULL);
    return EFI_ABORTED;
}

static void test_only_the_running_image_can_exit(void **state)
{
    (void)state;
    inner_function = try_to_exit_outer;
    assert_int_equal(start(image_load_new(APPLICATION, start_inner)), EFI_TIMEOUT);
    assert_int_equal(seen_status, EFI_INVALID_PARAMETER);
    assert_string_equal(trace, "ac");
}

static void test_firmware_cannot_exit(void **state)
{
    (void)state;
    assert_int_equal(image_exit(image_firmware, EFI_SUCCESS, 0, NULL), EFI_INVALID_PARAMETER);
}

static void test_finished_driver_cannot_exit(void **state)
{
    EFI_HANDLE driver = image_load_new(DRIVER, return_success);

    (void)state;
    start(driver);
    assert_int_equal(image_exit(driver, EFI_SUCCESS, 0, NULL), EFI_INVALID_PARAMETER);
    assert_non_null(handle_find(driver));
}

static void test_exit_of_an_image_that_was_not_started_unloads_it(void **state)
{
    uint64_t used = fake_memory_used_pages();
    EFI_HANDLE image = image_load_new(APPLICATION, return_success);

    (void)state;
    assert_int_equal(image_exit(image, EFI_ABORTED, 0, NULL), EFI_SUCCESS);
    assert_null(handle_find(image));
    assert_null(seen_handle);
    assert_int_equal(fake_memory_used_pages(), used);
}

static void test_started_driver_without_unload_function_stays(void **state)
{
    EFI_HANDLE driver = image_load_new(DRIVER, return_success);

    (void)state;
    start(driver);
    assert_int_equal(image_unload(driver), EFI_UNSUPPORTED);
    assert_non_null(handle_find(driver));
}

static EFI_STATUS EFIAPI unload_once_asked_twice(EFI_HANDLE image)
{
    seen_handle = image;
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
    EFI_HANDLE driver = image_load_new(DRIVER, return_success);

    (void)state;
    start(driver);
    image_protocol(driver)->Unload = unload_once_asked_twice;
    assert_int_equal(image_unload(driver), EFI_ACCESS_DENIED);
    assert_ptr_equal(seen_handle, driver);
    assert_non_null(handle_find(driver));
    assert_int_equal(image_unload(driver), EFI_SUCCESS);
    assert_null(handle_find(driver));
    assert_int_equal(fake_memory_used_pages(), used);
}

static void test_handle_stays_the_image_whatever_is_uninstalled(void **state)
{
    EFI_HANDLE driver = image_load_new(DRIVER, return_success);
    EFI_HANDLE other;

    (void)state;
    assert_int_equal(handle_uninstall(driver, &loaded_image_guid, image_protocol(driver)),
                     EFI_SUCCESS);
    assert_int_equal(handle_uninstall(driver, &loaded_image_device_path_guid,
                                      handle_get_interface(driver, &loaded_image_device_path_guid)),
                     EFI_SUCCESS);
    other = image_load_new(DRIVER, return_error);
    assert_ptr_not_equal(other, driver);
    assert_int_equal(start(driver), EFI_SUCCESS);
    assert_int_equal(start(other), EFI_NOT_READY);
    image_protocol(driver)->Unload = unload_at_once;
    assert_int_equal(image_unload(driver), EFI_SUCCESS);
    assert_null(handle_find(driver));
}

static void test_unloaded_driver_uses_nothing_any_more(void **state)
{
    static const EFI_GUID guid = {.Data1 = 1};
    EFI_HANDLE driver = image_load_new(DRIVER, return_success);
    EFI_HANDLE device = NULL;
    void *interface;

    (void)state;
    assert_int_equal(handle_install(&device, &guid, NULL), EFI_SUCCESS);
    start(driver);
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
    EFI_HANDLE driver = image_load_new(DRIVER, return_success);

    (void)state;
    image_protocol(driver)->Unload = unload_once_asked_twice;
    assert_int_equal(image_unload(driver), EFI_SUCCESS);
    assert_string_equal(trace, "");
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
        cmocka_unit_test_setup(test_exit_ends_the_image_from_any_depth, image_setup),
        cmocka_unit_test_setup(test_driver_that_exits_with_success_stays, image_setup),
        cmocka_unit_test_setup(test_exit_data_is_the_callers, image_setup),
        cmocka_unit_test_setup(test_exit_data_that_nobody_wants_is_freed, image_setup),
        cmocka_unit_test_setup(test_no_exit_data_is_none, image_setup),
        cmocka_unit_test_setup(test_level_is_what_it_was_before_the_start, image_setup),
        cmocka_unit_test_setup(test_exit_brings_the_starters_rounding_back, image_setup),
        cmocka_unit_test_setup(test_exit_goes_back_to_who_started_the_image, image_setup),
        cmocka_unit_test_setup(test_only_the_running_image_can_exit, image_setup),
        cmocka_unit_test_setup(test_firmware_cannot_exit, image_setup),
        cmocka_unit_test_setup(test_finished_driver_cannot_exit, image_setup),
        cmocka_unit_test_setup(test_exit_of_an_image_that_was_not_started_unloads_it, image_setup),
        cmocka_unit_test_setup(test_started_driver_without_unload_function_stays, image_setup),
        cmocka_unit_test_setup(test_unload_function_decides, image_setup),
        cmocka_unit_test_setup(test_handle_stays_the_image_whatever_is_uninstalled, image_setup),
        cmocka_unit_test_setup(test_unloaded_driver_uses_nothing_any_more, image_setup),
        cmocka_unit_test_setup(test_unload_function_of_an_image_that_was_not_started_is_not_called,
                               image_setup),
    };

    return isolated_run(tests);
}
