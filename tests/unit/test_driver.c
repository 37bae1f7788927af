/* ConnectController and DisconnectController (UEFI 2.10 sections 7.3.12 and 7.3.13). */
#include "shim/driver/driver.h"

#include <string.h>

#include "shim/protocol/handle.h"
#include "tests/unit/device_paths.h"
#include "tests/unit/fake_driver.h"
#include "tests/unit/fake_memory.h"
#include "tests/unit/isolated.h"

static const EFI_GUID guid = {.Data1 = 1};
static const EFI_GUID other_guid = {.Data1 = 2};
static const EFI_GUID child_guid = {.Data1 = 3};
static int interface;
static EFI_HANDLE controller; /* has `guid` and `other_guid` */

static int start(void **state)
{
    fake_memory_setup(state);
    assert_int_equal(handle_install(&controller, &guid, &interface), EFI_SUCCESS);
    assert_int_equal(handle_install(&controller, &other_guid, &interface), EFI_SUCCESS);
    return 0;
}

static void assert_trace(const char *expected)
{
    assert_string_equal(fake_driver_trace, expected);
    fake_driver_trace[0] = 0;
}

static void connect(bool recursive)
{
    assert_int_equal(driver_connect(controller, NULL, NULL, recursive), EFI_SUCCESS);
    fake_driver_trace[0] = 0;
}

/* Two children with `child_guid`. */
static struct fake_driver *new_bus(void)
{
    struct fake_driver *bus = fake_driver_new('b', 10, &guid);

    bus->children_wanted = 2;
    bus->child_guid = &child_guid;
    return bus;
}

static void test_best_driver_that_supports_it_is_started(void **state)
{
    struct fake_driver *driver;

    (void)state;
    fake_driver_new('n', 30, NULL);
    driver = fake_driver_new('a', 20, &guid);
    fake_driver_new('b', 10, &guid);
    assert_int_equal(driver_connect(controller, NULL, NULL, false), EFI_SUCCESS);
    assert_trace("?n?a+a?n?b");
    assert_true(fake_driver_drives(driver, controller));
}

static void test_each_protocol_may_have_a_driver(void **state)
{
    struct fake_driver *first = fake_driver_new('a', 20, &guid);
    struct fake_driver *second = fake_driver_new('b', 10, &other_guid);

    (void)state;
    assert_int_equal(driver_connect(controller, NULL, NULL, false), EFI_SUCCESS);
    assert_true(fake_driver_drives(first, controller));
    assert_true(fake_driver_drives(second, controller));
}

static void test_driver_that_does_not_start_leaves_it_to_the_next(void **state)
{
    struct fake_driver *first = fake_driver_new('a', 20, &guid);
    struct fake_driver *second = fake_driver_new('b', 10, &guid);

    (void)state;
    first->start_status = EFI_DEVICE_ERROR;
    assert_int_equal(driver_connect(controller, NULL, NULL, false), EFI_SUCCESS);
    assert_trace("?a+a?b+b");
    assert_true(fake_driver_drives(second, controller));
}

static void test_nobody_to_connect_is_not_found(void **state)
{
    (void)state;
    assert_int_equal(driver_connect(controller, NULL, NULL, false), EFI_NOT_FOUND);
    fake_driver_new('a', 20, NULL);
    assert_int_equal(driver_connect(controller, NULL, NULL, false), EFI_NOT_FOUND);
    fake_driver_new('b', 10, &guid)->start_status = EFI_DEVICE_ERROR;
    assert_int_equal(driver_connect(controller, NULL, NULL, false), EFI_NOT_FOUND);
}

static void test_empty_remaining_path_asks_for_nothing(void **state)
{
    static struct path_of_1 path = {.node = {PATH_NODE(1)}, .end = DEVICE_PATH_END};

    (void)state;
    assert_int_equal(driver_connect(controller, NULL, &path.end, false), EFI_SUCCESS);
    assert_int_equal(driver_connect(controller, NULL, (EFI_DEVICE_PATH *)&path, false),
                     EFI_NOT_FOUND);
}

static void test_driver_is_given_the_remaining_path(void **state)
{
    static struct path_of_1 path = {.node = {PATH_NODE(1)}, .end = DEVICE_PATH_END};
    struct fake_driver *driver = fake_driver_new('a', 20, &guid);

    (void)state;
    assert_int_equal(driver_connect(controller, NULL, (EFI_DEVICE_PATH *)&path, false),
                     EFI_SUCCESS);
    assert_ptr_equal(driver->remaining, &path);
}

static void test_children_are_connected_when_asked_for(void **state)
{
    struct fake_driver *bus = new_bus();
    struct fake_driver *device = fake_driver_new('d', 10, &child_guid);

    (void)state;
    assert_int_equal(driver_connect(controller, NULL, NULL, false), EFI_SUCCESS);
    assert_false(fake_driver_drives(device, bus->children[0]));
    assert_int_equal(driver_connect(controller, NULL, NULL, true), EFI_NOT_FOUND);
    assert_true(fake_driver_drives(device, bus->children[0]));
    assert_true(fake_driver_drives(device, bus->children[1]));
}

/* A child that is its parent's parent would never end. */
static void test_circle_of_children_ends(void **state)
{
    struct fake_driver *bus = new_bus();

    (void)state;
    connect(false);
    bus->consumes = &child_guid;
    bus->children_wanted = 0;
    assert_int_equal(driver_connect(bus->children[0], NULL, NULL, true), EFI_SUCCESS);
    assert_int_equal(driver_connect(controller, NULL, NULL, true), EFI_NOT_FOUND);
}

static void test_only_handles_can_be_connected(void **state)
{
    (void)state;
    assert_int_equal(driver_connect(NULL, NULL, NULL, false), EFI_INVALID_PARAMETER);
    assert_int_equal(driver_connect(&interface, NULL, NULL, false), EFI_INVALID_PARAMETER);
}

static void test_all_drivers_are_stopped(void **state)
{
    struct fake_driver *first = fake_driver_new('a', 20, &guid);

    (void)state;
    fake_driver_new('b', 10, &other_guid);
    connect(false);
    assert_int_equal(driver_disconnect(controller, NULL, NULL), EFI_SUCCESS);
    assert_trace("-a-b");
    assert_false(fake_driver_drives(first, controller));
    assert_int_equal(driver_disconnect(controller, NULL, NULL), EFI_SUCCESS);
    assert_trace("");
}

static void test_one_driver_is_stopped(void **state)
{
    struct fake_driver *second = fake_driver_new('b', 10, &other_guid);

    (void)state;
    fake_driver_new('a', 20, &guid);
    connect(false);
    assert_int_equal(driver_disconnect(controller, second->handle, NULL), EFI_SUCCESS);
    assert_trace("-b");
    assert_int_equal(driver_disconnect(controller, second->handle, NULL), EFI_SUCCESS);
    assert_trace("");
}

static void test_driver_that_does_not_stop_is_a_device_error(void **state)
{
    struct fake_driver *driver = fake_driver_new('a', 20, &guid);

    (void)state;
    connect(false);
    driver->stop_status = EFI_ACCESS_DENIED;
    assert_int_equal(driver_disconnect(controller, NULL, NULL), EFI_DEVICE_ERROR);
    assert_true(fake_driver_drives(driver, controller));
}

static void test_one_driver_that_stops_is_success(void **state)
{
    struct fake_driver *first = fake_driver_new('a', 20, &guid);
    struct fake_driver *second = fake_driver_new('b', 10, &other_guid);

    (void)state;
    connect(false);
    second->stop_status = EFI_DEVICE_ERROR;
    assert_int_equal(driver_disconnect(controller, NULL, NULL), EFI_SUCCESS);
    assert_false(fake_driver_drives(first, controller));
    assert_true(fake_driver_drives(second, controller));
}

static void test_children_are_stopped_before_their_bus(void **state)
{
    struct fake_driver *bus = new_bus();

    (void)state;
    connect(false);
    assert_int_equal(driver_disconnect(controller, NULL, NULL), EFI_SUCCESS);
    assert_trace("-b2-b");
    assert_null(handle_find(bus->children[0]));
    assert_null(handle_find(bus->children[1]));
}

static void test_bus_goes_on_while_children_do_not_stop(void **state)
{
    struct fake_driver *bus = new_bus();

    (void)state;
    connect(false);
    bus->stop_status = EFI_DEVICE_ERROR;
    assert_int_equal(driver_disconnect(controller, NULL, NULL), EFI_DEVICE_ERROR);
    assert_trace("-b2");
}

static void test_last_child_takes_the_bus_with_it(void **state)
{
    struct fake_driver *bus = new_bus();

    (void)state;
    connect(false);
    assert_int_equal(driver_disconnect(controller, bus->handle, bus->children[0]), EFI_SUCCESS);
    assert_trace("-b1");
    assert_int_equal(driver_disconnect(controller, NULL, bus->children[1]), EFI_SUCCESS);
    assert_trace("-b1-b");
}

static void test_disconnect_needs_real_handles(void **state)
{
    (void)state;
    assert_int_equal(driver_disconnect(NULL, NULL, NULL), EFI_INVALID_PARAMETER);
    assert_int_equal(driver_disconnect(&interface, NULL, NULL), EFI_INVALID_PARAMETER);
    assert_int_equal(driver_disconnect(controller, &interface, NULL), EFI_INVALID_PARAMETER);
    assert_int_equal(driver_disconnect(controller, controller, NULL), EFI_INVALID_PARAMETER);
    assert_int_equal(driver_disconnect(controller, NULL, &interface), EFI_INVALID_PARAMETER);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup(test_best_driver_that_supports_it_is_started, start),
        cmocka_unit_test_setup(test_each_protocol_may_have_a_driver, start),
        cmocka_unit_test_setup(test_driver_that_does_not_start_leaves_it_to_the_next, start),
        cmocka_unit_test_setup(test_nobody_to_connect_is_not_found, start),
        cmocka_unit_test_setup(test_empty_remaining_path_asks_for_nothing, start),
        cmocka_unit_test_setup(test_driver_is_given_the_remaining_path, start),
        cmocka_unit_test_setup(test_children_are_connected_when_asked_for, start),
        cmocka_unit_test_setup(test_circle_of_children_ends, start),
        cmocka_unit_test_setup(test_only_handles_can_be_connected, start),
        cmocka_unit_test_setup(test_all_drivers_are_stopped, start),
        cmocka_unit_test_setup(test_one_driver_is_stopped, start),
        cmocka_unit_test_setup(test_driver_that_does_not_stop_is_a_device_error, start),
        cmocka_unit_test_setup(test_one_driver_that_stops_is_success, start),
        cmocka_unit_test_setup(test_children_are_stopped_before_their_bus, start),
        cmocka_unit_test_setup(test_bus_goes_on_while_children_do_not_stop, start),
        cmocka_unit_test_setup(test_last_child_takes_the_bus_with_it, start),
        cmocka_unit_test_setup(test_disconnect_needs_real_handles, start),
    };

    return isolated_run(tests);
}
