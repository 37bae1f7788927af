/* Bus drivers: children, recursion, and their end. */
#include "tests/efi/conformance/check.h"
#include "tests/efi/conformance/drivers.h"
#include "tests/efi/conformance/fixture.h"

static EFI_HANDLE controller; /* has test_guids[0] */

/* Bus driver b makes two children with test_guids[1], which device driver d drives. */
static bool connect(BOOLEAN recursive, struct driver **ret_bus, struct driver **ret_device)
{
    struct driver *bus = driver_new('b', 16, 0);
    struct driver *device = driver_new('d', 16, 1);

    if (!bus || !device)
        return false;
    bus->children_wanted = 2;
    bus->child_has = 1;
    trace_clear();
    boot->ConnectController(controller, NULL, NULL, recursive);
    *ret_bus = bus;
    *ret_device = device;
    return need(bus->children[1], "children");
}

static bool drives_children(const struct driver *bus, const struct driver *device)
{
    return is_driven_by(bus->children[0], 1, device) && is_driven_by(bus->children[1], 1, device);
}

static void clean_up(void)
{
    boot->DisconnectController(controller, NULL, NULL);
    drivers_remove();
}

static void recursion(void)
{
    struct driver *bus;
    struct driver *device;

    topic("drivers.bus", "7.3.12");
    if (connect(FALSE, &bus, &device))
        check("not-recursive",
              !is_driven_by(bus->children[0], 1, device) &&
                  !is_driven_by(bus->children[1], 1, device),
              "children are not connected unless asked for");
    clean_up();
    if (connect(TRUE, &bus, &device))
        check("recursive", drives_children(bus, device), "they are when it is asked for");
    clean_up();
}

static void recursion_without_new_driver(void)
{
    struct driver *bus;
    struct driver *device;
    EFI_STATUS status;

    topic("drivers.bus", "7.3.12");
    if (connect(FALSE, &bus, &device)) {
        status = boot->ConnectController(controller, NULL, NULL, TRUE);
        check_status("recursive-later", status, EFI_NOT_FOUND, "the bus has its driver already");
        check("recursive-later-children", drives_children(bus, device),
              "its children are connected all the same");
    }
    clean_up();
}

static void whole_bus(void)
{
    struct driver *bus;
    struct driver *device;
    EFI_HANDLE children[2];
    EFI_STATUS status;

    topic("drivers.bus", "7.3.13");
    if (connect(FALSE, &bus, &device)) {
        children[0] = bus->children[0];
        children[1] = bus->children[1];
        trace_clear();
        status = boot->DisconnectController(controller, NULL, NULL);
        check_status("disconnect", status, EFI_SUCCESS, "a bus is disconnected");
        check("disconnect-order", trace_is("-b2-b"), "its children are stopped first, at once");
        check("disconnect-children",
              !interface_of(children[0], &test_guids[1]) &&
                  !interface_of(children[1], &test_guids[1]),
              "they are gone");
    }
    clean_up();
}

/* The child's driver is asked to stop when the bus driver takes the child's protocol off. */
static void whole_tree(void)
{
    struct driver *bus;
    struct driver *device;
    EFI_STATUS status;

    topic("drivers.bus", "7.3.13");
    if (connect(TRUE, &bus, &device)) {
        trace_clear();
        status = boot->DisconnectController(controller, NULL, NULL);
        check_status("disconnect-tree", status, EFI_SUCCESS, "a bus with drivers on its children");
        check("disconnect-tree-order", trace_is("-b2-d-d-b"),
              "the children's drivers are stopped with them");
    }
    clean_up();
}

static void one_child(void)
{
    struct driver *bus;
    struct driver *device;
    EFI_HANDLE child;
    EFI_STATUS status;

    topic("drivers.bus", "7.3.13");
    if (connect(FALSE, &bus, &device)) {
        child = bus->children[0];
        trace_clear();
        status = boot->DisconnectController(controller, bus->handle, child);
        check_status("child", status, EFI_SUCCESS, "one child is disconnected");
        check("child-stopped", trace_is("-b1"), "only that one is stopped");
        check("child-bus-kept", is_driven_by(controller, 0, bus), "the bus keeps its driver");
        child = bus->children[1];
        trace_clear();
        status = boot->DisconnectController(controller, bus->handle, child);
        check_status("last-child", status, EFI_SUCCESS, "the last child is disconnected");
        check("last-child-bus", trace_is("-b1-b"), "and the driver with it");
    }
    clean_up();
}

static void child_of_any_driver(void)
{
    struct driver *bus;
    struct driver *device;
    EFI_STATUS status;

    topic("drivers.bus", "7.3.13");
    if (connect(FALSE, &bus, &device)) {
        trace_clear();
        status = boot->DisconnectController(controller, NULL, bus->children[1]);
        check_status("child-only", status, EFI_SUCCESS, "a child without naming its driver");
        check("child-only-stopped", trace_is("-b1"), "only that one is stopped");
    }
    clean_up();
}

static void children_that_do_not_stop(void)
{
    struct driver *bus;
    struct driver *device;
    EFI_STATUS status;

    topic("drivers.bus", "7.3.13");
    if (connect(FALSE, &bus, &device)) {
        bus->stop_status = EFI_DEVICE_ERROR;
        trace_clear();
        status = boot->DisconnectController(controller, NULL, NULL);
        check_refused("children-stay", status, "children that do not stop");
        check("children-stay-bus", trace_is("-b2"), "keep the bus's driver from being stopped");
        bus->stop_status = EFI_SUCCESS;
    }
    clean_up();
}

void drivers_bus_tests(void)
{
    controller = test_handle(0);
    if (!controller)
        return;
    recursion();
    recursion_without_new_driver();
    whole_bus();
    whole_tree();
    one_child();
    child_of_any_driver();
    children_that_do_not_stop();
    test_handle_remove(controller, 0);
}
