#include "shim/driver/child_controllers.h"

#include "shim/protocol/open_protocol.h"
#include "shim/protocol/protocol_use.h"
#include "tests/unit/fake_memory.h"
#include "tests/unit/isolated.h"

#define CHILDREN 3u

static const EFI_GUID bus_guid = {.Data1 = 1};
static const EFI_GUID second_guid = {.Data1 = 2};
static const EFI_GUID driver_guid = {.Data1 = 3};

static EFI_HANDLE bus;
static EFI_HANDLE drivers[2];
static EFI_HANDLE children[CHILDREN];

static EFI_HANDLE handle_with(const EFI_GUID *guid)
{
    EFI_HANDLE handle = NULL;

    assert_int_equal(handle_install(&handle, guid, NULL), EFI_SUCCESS);
    return handle;
}

static int start(void **state)
{
    fake_memory_setup(state);
    bus = handle_with(&bus_guid);
    assert_int_equal(handle_install(&bus, &second_guid, NULL), EFI_SUCCESS);
    for (unsigned int i = 0; i < 2; i++)
        drivers[i] = handle_with(&driver_guid);
    for (unsigned int i = 0; i < CHILDREN; i++)
        children[i] = handle_with(&driver_guid);
    return 0;
}

static void make_child(unsigned int driver, unsigned int child, const EFI_GUID *guid)
{
    void *interface;

    assert_int_equal(open_protocol(bus, guid, &interface, drivers[driver], children[child],
                                   EFI_OPEN_PROTOCOL_BY_CHILD_CONTROLLER),
                     EFI_SUCCESS);
}

/* Their numbers, one digit each. */
static void assert_children(EFI_HANDLE driver, const char *expected)
{
    struct child_controllers found;
    char text[16] = {0};

    assert_int_equal(child_controllers_get(bus, driver, &found), EFI_SUCCESS);
    for (size_t i = 0; i < found.count && i < sizeof(text) - 1; i++) {
        for (unsigned int child = 0; child < CHILDREN; child++)
            if (found.handles[i] == children[child])
                text[i] = (char)('0' + child);
    }
    child_controllers_free(&found);
    assert_string_equal(text, expected);
}

static void test_there_are_none_at_first(void **state)
{
    (void)state;
    assert_children(NULL, "");
    assert_children(drivers[0], "");
}

static void test_children_are_in_the_order_of_their_making(void **state)
{
    (void)state;
    make_child(0, 2, &bus_guid);
    make_child(0, 0, &bus_guid);
    make_child(0, 1, &bus_guid);
    assert_children(NULL, "201");
}

static void test_children_of_one_driver(void **state)
{
    (void)state;
    make_child(0, 2, &bus_guid);
    make_child(1, 0, &bus_guid);
    make_child(0, 1, &second_guid);
    assert_children(drivers[0], "21");
    assert_children(drivers[1], "0");
    assert_children(NULL, "201");
}

static void test_a_child_on_two_protocols_is_one(void **state)
{
    (void)state;
    make_child(0, 1, &second_guid);
    make_child(0, 2, &bus_guid);
    make_child(0, 1, &bus_guid);
    assert_children(drivers[0], "21");
}

static void test_other_uses_make_no_child(void **state)
{
    void *interface;

    (void)state;
    assert_int_equal(open_protocol(bus, &bus_guid, &interface, drivers[0], children[0],
                                   EFI_OPEN_PROTOCOL_BY_DRIVER),
                     EFI_SUCCESS);
    assert_int_equal(open_protocol(bus, &bus_guid, &interface, drivers[0], children[1],
                                   EFI_OPEN_PROTOCOL_GET_PROTOCOL),
                     EFI_SUCCESS);
    assert_children(NULL, "");
}

static void test_what_is_no_controller_has_none(void **state)
{
    struct child_controllers found;

    (void)state;
    assert_int_equal(child_controllers_get(&found, NULL, &found), EFI_SUCCESS);
    assert_int_equal(found.count, 0);
}

static void test_without_memory(void **state)
{
    struct child_controllers found;

    (void)state;
    make_child(0, 1, &bus_guid);
    fake_memory_exhaust();
    assert_int_equal(child_controllers_get(bus, NULL, &found), EFI_OUT_OF_RESOURCES);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup(test_there_are_none_at_first, start),
        cmocka_unit_test_setup(test_children_are_in_the_order_of_their_making, start),
        cmocka_unit_test_setup(test_children_of_one_driver, start),
        cmocka_unit_test_setup(test_a_child_on_two_protocols_is_one, start),
        cmocka_unit_test_setup(test_other_uses_make_no_child, start),
        cmocka_unit_test_setup(test_what_is_no_controller_has_none, start),
        cmocka_unit_test_setup(test_without_memory, start),
    };

    return isolated_run(tests);
}
