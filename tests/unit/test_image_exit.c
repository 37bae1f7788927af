/* Exit (UEFI 2.10 section 7.4.4). */
#include <string.h>
#include <xmmintrin.h>

#include "shim/event/event.h"
#include "shim/event/tpl.h"
#include "shim/image/image.h"
#include "shim/memory/pool.h"
#include "shim/protocol/handle.h"
#include "tests/unit/fake_memory.h"
#include "tests/unit/image_fixture.h"
#include "tests/unit/isolated.h"

#define APPLICATION SUBSYSTEM_APPLICATION
#define DRIVER      SUBSYSTEM_BOOT_DRIVER

static const EFI_GUID loaded_image_guid = EFI_LOADED_IMAGE_PROTOCOL_GUID;

/* What the images of these tests leave behind. */
static char trace[32];
static EFI_STATUS seen_status;

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
    assert_int_equal(image_start_only(image), EFI_ABORTED);
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
    assert_int_equal(image_start_only(driver), EFI_SUCCESS);
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
    assert_int_equal(image_start_only(image_load_new(APPLICATION, exit_with_data)), EFI_NO_MEDIA);
    assert_int_equal(fake_memory_used_pages(), used);
}

static EFI_STATUS EFIAPI exit_with_a_size_only(EFI_HANDLE image, EFI_SYSTEM_TABLE *table)
{
    (void)table;
    return image_exit(image, EFI_NOT_READY, 55, NULL);
}

static void test_no_exit_data_is_none(void **state)
{
    static const EFI_IMAGE_ENTRY_POINT functions[] = {image_return_error, exit_with_a_size_only};

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
    image_start_only(image_load_new(APPLICATION, exit_at_a_raised_level));
    assert_int_equal(tpl_current(), TPL_APPLICATION);
    assert_string_equal(trace, "n");
    image_start_only(image_load_new(APPLICATION, return_at_a_raised_level));
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
    image_start_only(image_load_new(APPLICATION, exit_with_other_rounding));
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
    status = image_start_only(image_load_new(APPLICATION, inner_function));
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
    assert_int_equal(image_start_only(image_load_new(APPLICATION, start_inner)), EFI_TIMEOUT);
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
    assert_int_equal(image_start_only(image_load_new(APPLICATION, start_inner)), EFI_TIMEOUT);
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
    EFI_HANDLE driver = image_load_new(DRIVER, image_return_success);

    (void)state;
    image_start_only(driver);
    assert_int_equal(image_exit(driver, EFI_SUCCESS, 0, NULL), EFI_INVALID_PARAMETER);
    assert_non_null(handle_find(driver));
}

static void test_exit_of_an_image_that_was_not_started_unloads_it(void **state)
{
    uint64_t used = fake_memory_used_pages();
    EFI_HANDLE image = image_load_new(APPLICATION, image_return_success);

    (void)state;
    assert_int_equal(image_exit(image, EFI_ABORTED, 0, NULL), EFI_SUCCESS);
    assert_null(handle_find(image));
    assert_null(image_seen.handle);
    assert_int_equal(fake_memory_used_pages(), used);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
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
    };

    return isolated_run(tests);
}
