/* Taking protocols away from drivers (UEFI 2.10 sections 7.3.3, 7.3.4 and 7.3.9). */
#include "shim/protocol/protocol_release.h"

#include <string.h>

#include "shim/driver/driver.h"
#include "shim/protocol/handle.h"
#include "shim/protocol/open_protocol.h"
#include "tests/unit/fake_driver.h"
#include "tests/unit/fake_memory.h"
#include "tests/unit/isolated.h"

static const EFI_GUID guid = {.Data1 = 1};
static const EFI_GUID other_guid = {.Data1 = 2};
static int interface;
static int new_interface;
static EFI_HANDLE controller; /* has `guid`, and `other_guid` to stay without it */
static EFI_HANDLE agent;
static struct fake_driver *driver; /* drives the controller */

static int start(void **state)
{
    fake_memory_setup(state);
    assert_int_equal(handle_install(&controller, &guid, &interface), EFI_SUCCESS);
    assert_int_equal(handle_install(&controller, &other_guid, &interface), EFI_SUCCESS);
    assert_int_equal(handle_install(&agent, &other_guid, &interface), EFI_SUCCESS);
    driver = fake_driver_new('a', 10, &guid);
    assert_int_equal(driver_connect(controller, NULL, NULL, false), EFI_SUCCESS);
    fake_driver_trace[0] = 0;
    return 0;
}

static EFI_STATUS open(uint32_t attributes)
{
    void *found;

    return protocol_open(controller, &guid, &found, agent, agent, attributes);
}

static void test_exclusive_user_stops_the_driver(void **state)
{
    (void)state;
    assert_int_equal(open(EFI_OPEN_PROTOCOL_EXCLUSIVE), EFI_SUCCESS);
    assert_string_equal(fake_driver_trace, "-a");
    assert_false(fake_driver_drives(driver, controller));
}

static void test_exclusive_driver_stops_the_driver(void **state)
{
    (void)state;
    assert_int_equal(open(EFI_OPEN_PROTOCOL_EXCLUSIVE | EFI_OPEN_PROTOCOL_BY_DRIVER), EFI_SUCCESS);
    assert_string_equal(fake_driver_trace, "-a");
}

static void test_driver_that_does_not_stop_keeps_the_protocol(void **state)
{
    (void)state;
    driver->stop_status = EFI_DEVICE_ERROR;
    assert_int_equal(open(EFI_OPEN_PROTOCOL_EXCLUSIVE), EFI_ACCESS_DENIED);
    assert_true(fake_driver_drives(driver, controller));
}

static void test_other_uses_stop_nobody(void **state)
{
    (void)state;
    assert_int_equal(open(EFI_OPEN_PROTOCOL_GET_PROTOCOL), EFI_SUCCESS);
    assert_int_equal(open(EFI_OPEN_PROTOCOL_BY_DRIVER), EFI_ACCESS_DENIED);
    assert_string_equal(fake_driver_trace, "");
}

static void test_driver_with_exclusive_use_is_not_asked(void **state)
{
    (void)state;
    assert_int_equal(driver_disconnect(controller, NULL, NULL), EFI_SUCCESS);
    driver->attributes = EFI_OPEN_PROTOCOL_EXCLUSIVE;
    assert_int_equal(driver_connect(controller, NULL, NULL, false), EFI_SUCCESS);
    fake_driver_trace[0] = 0;
    assert_int_equal(open(EFI_OPEN_PROTOCOL_EXCLUSIVE), EFI_ACCESS_DENIED);
    assert_string_equal(fake_driver_trace, "");
    assert_int_equal(protocol_uninstall(controller, &guid, &interface), EFI_SUCCESS);
    assert_string_equal(fake_driver_trace, "-a");
}

static void test_uninstall_stops_the_driver(void **state)
{
    (void)state;
    assert_int_equal(protocol_uninstall(controller, &guid, &interface), EFI_SUCCESS);
    assert_string_equal(fake_driver_trace, "-a");
    assert_null(handle_find_protocol(handle_find(controller), &guid));
}

static void test_uninstall_of_something_else_stops_nobody(void **state)
{
    (void)state;
    assert_int_equal(protocol_uninstall(controller, &guid, &new_interface), EFI_NOT_FOUND);
    assert_int_equal(protocol_uninstall(controller, NULL, &interface), EFI_INVALID_PARAMETER);
    assert_int_equal(protocol_uninstall(NULL, &guid, &interface), EFI_INVALID_PARAMETER);
    assert_string_equal(fake_driver_trace, "");
}

static void test_driver_that_was_stopped_in_vain_starts_again(void **state)
{
    void *found;

    (void)state;
    assert_int_equal(open_protocol(controller, &guid, &found, agent, agent,
                                   EFI_OPEN_PROTOCOL_BY_CHILD_CONTROLLER),
                     EFI_SUCCESS);
    assert_int_equal(protocol_uninstall(controller, &guid, &interface), EFI_ACCESS_DENIED);
    assert_true(fake_driver_drives(driver, controller));
}

static void test_uninstall_fails_when_the_driver_does_not_stop(void **state)
{
    (void)state;
    driver->stop_status = EFI_DEVICE_ERROR;
    assert_int_equal(protocol_uninstall(controller, &guid, &interface), EFI_ACCESS_DENIED);
    assert_true(fake_driver_drives(driver, controller));
}

static void test_reinstall_stops_and_starts_the_driver(void **state)
{
    (void)state;
    assert_int_equal(protocol_reinstall(controller, &guid, &interface, &new_interface),
                     EFI_SUCCESS);
    assert_string_equal(fake_driver_trace, "-a?a+a");
    assert_ptr_equal(handle_get_interface(controller, &guid), &new_interface);
}

static void test_reinstall_fails_when_the_driver_does_not_stop(void **state)
{
    (void)state;
    driver->stop_status = EFI_DEVICE_ERROR;
    assert_int_equal(protocol_reinstall(controller, &guid, &interface, &new_interface),
                     EFI_ACCESS_DENIED);
    assert_ptr_equal(handle_get_interface(controller, &guid), &interface);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup(test_exclusive_user_stops_the_driver, start),
        cmocka_unit_test_setup(test_exclusive_driver_stops_the_driver, start),
        cmocka_unit_test_setup(test_driver_that_does_not_stop_keeps_the_protocol, start),
        cmocka_unit_test_setup(test_other_uses_stop_nobody, start),
        cmocka_unit_test_setup(test_driver_with_exclusive_use_is_not_asked, start),
        cmocka_unit_test_setup(test_uninstall_stops_the_driver, start),
        cmocka_unit_test_setup(test_uninstall_of_something_else_stops_nobody, start),
        cmocka_unit_test_setup(test_driver_that_was_stopped_in_vain_starts_again, start),
        cmocka_unit_test_setup(test_uninstall_fails_when_the_driver_does_not_stop, start),
        cmocka_unit_test_setup(test_reinstall_stops_and_starts_the_driver, start),
        cmocka_unit_test_setup(test_reinstall_fails_when_the_driver_does_not_stop, start),
    };

    return isolated_run(tests);
}
