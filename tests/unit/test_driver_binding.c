/* What the firmware's own drivers do with their controllers' protocols. */
#include "shim/driver/driver_binding.h"

#include <stdbool.h>

#include "shim/memory/pool.h"
#include "shim/protocol/handle.h"
#include "shim/protocol/open_protocol.h"
#include "tests/unit/fake_memory.h"
#include "tests/unit/isolated.h"

static const EFI_GUID binding_guid = EFI_DRIVER_BINDING_PROTOCOL_GUID;
static const EFI_GUID disk_guid = {.Data1 = 1};

static EFI_DRIVER_BINDING_PROTOCOL binding;
static EFI_DRIVER_BINDING_PROTOCOL other;
static EFI_HANDLE image;
static EFI_HANDLE disk;

/* What the work is to return, and how it was done. */
static EFI_STATUS work_status;
static unsigned int works;
static bool was_held;

static int start(void **state)
{
    fake_memory_setup(state);
    assert_int_equal(handle_install(&image, &(EFI_GUID){.Data1 = 2}, NULL), EFI_SUCCESS);
    assert_int_equal(handle_install(&disk, &disk_guid, NULL), EFI_SUCCESS);
    assert_int_equal(driver_binding_install(&binding, image, u"One"), EFI_SUCCESS);
    assert_int_equal(driver_binding_install(&other, image, u"Other"), EFI_SUCCESS);
    return 0;
}

/* Does the driver have the disk open, and nobody else? */
static bool is_held(const EFI_DRIVER_BINDING_PROTOCOL *driver)
{
    EFI_OPEN_PROTOCOL_INFORMATION_ENTRY *uses;
    UINTN count;
    bool held;

    assert_int_equal(open_protocol_information(disk, &disk_guid, &uses, &count), EFI_SUCCESS);
    held = count == 1 && uses[0].AgentHandle == driver->DriverBindingHandle &&
           uses[0].ControllerHandle == disk && uses[0].Attributes == EFI_OPEN_PROTOCOL_BY_DRIVER;
    if (uses)
        pool_free(uses);
    return held;
}

static EFI_STATUS work(EFI_DRIVER_BINDING_PROTOCOL *this, EFI_HANDLE controller)
{
    assert_ptr_equal(controller, disk);
    was_held = is_held(this);
    works++;
    return work_status;
}

static void test_each_driver_has_a_handle_of_its_own(void **state)
{
    (void)state;
    assert_ptr_not_equal(binding.DriverBindingHandle, other.DriverBindingHandle);
    assert_ptr_equal(handle_get_interface(binding.DriverBindingHandle, &binding_guid), &binding);
    assert_ptr_equal(binding.ImageHandle, image);
    assert_in_range(binding.Version, 0, 0x0f);
}

static void test_try_holds_the_controller_while_it_looks(void **state)
{
    (void)state;
    assert_int_equal(driver_binding_try(&binding, disk, &disk_guid, work), EFI_SUCCESS);
    assert_true(was_held);
    assert_false(is_held(&binding));
}

static void test_try_returns_what_the_probe_says(void **state)
{
    (void)state;
    work_status = EFI_NO_MEDIA;
    assert_int_equal(driver_binding_try(&binding, disk, &disk_guid, work), EFI_NO_MEDIA);
    assert_false(is_held(&binding));
}

static void test_try_without_a_probe_asks_whether_the_controller_is_free(void **state)
{
    (void)state;
    assert_int_equal(driver_binding_try(&binding, disk, &disk_guid, NULL), EFI_SUCCESS);
    assert_false(is_held(&binding));
    assert_int_equal(driver_binding_claim(&other, disk, &disk_guid, work), EFI_SUCCESS);
    assert_int_equal(driver_binding_try(&binding, disk, &disk_guid, NULL), EFI_ACCESS_DENIED);
}

static void test_claim_keeps_the_controller(void **state)
{
    (void)state;
    assert_int_equal(driver_binding_claim(&binding, disk, &disk_guid, work), EFI_SUCCESS);
    assert_true(was_held);
    assert_true(is_held(&binding));
}

static void test_claim_gives_up_what_could_not_begin(void **state)
{
    (void)state;
    work_status = EFI_DEVICE_ERROR;
    assert_int_equal(driver_binding_claim(&binding, disk, &disk_guid, work), EFI_DEVICE_ERROR);
    assert_true(was_held);
    assert_false(is_held(&binding));
}

static void test_no_work_on_what_cannot_be_had(void **state)
{
    static const EFI_GUID missing = {.Data1 = 3};

    (void)state;
    assert_int_equal(driver_binding_claim(&binding, disk, &disk_guid, work), EFI_SUCCESS);
    works = 0;
    assert_int_equal(driver_binding_claim(&binding, disk, &disk_guid, work), EFI_ALREADY_STARTED);
    assert_int_equal(driver_binding_try(&binding, disk, &disk_guid, work), EFI_ALREADY_STARTED);
    assert_int_equal(driver_binding_claim(&other, disk, &disk_guid, work), EFI_ACCESS_DENIED);
    assert_int_equal(driver_binding_try(&other, disk, &disk_guid, work), EFI_ACCESS_DENIED);
    assert_int_equal(driver_binding_claim(&binding, disk, &missing, work), EFI_UNSUPPORTED);
    assert_int_equal(works, 0);
    assert_true(is_held(&binding));
}

static void test_what_is_given_up_is_free_for_others(void **state)
{
    (void)state;
    assert_int_equal(driver_binding_claim(&binding, disk, &disk_guid, work), EFI_SUCCESS);
    driver_binding_give_up(&binding, disk, &disk_guid);
    assert_int_equal(driver_binding_claim(&other, disk, &disk_guid, work), EFI_SUCCESS);
    assert_true(is_held(&other));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup(test_each_driver_has_a_handle_of_its_own, start),
        cmocka_unit_test_setup(test_try_holds_the_controller_while_it_looks, start),
        cmocka_unit_test_setup(test_try_returns_what_the_probe_says, start),
        cmocka_unit_test_setup(test_try_without_a_probe_asks_whether_the_controller_is_free, start),
        cmocka_unit_test_setup(test_claim_keeps_the_controller, start),
        cmocka_unit_test_setup(test_claim_gives_up_what_could_not_begin, start),
        cmocka_unit_test_setup(test_no_work_on_what_cannot_be_had, start),
        cmocka_unit_test_setup(test_what_is_given_up_is_free_for_others, start),
    };

    return isolated_run(tests);
}
