/* ConnectController with drivers that make no children. */
#include "shim/device_path/device_path.h"
#include "tests/efi/conformance/check.h"
#include "tests/efi/conformance/drivers.h"
#include "tests/efi/conformance/fixture.h"

static EFI_HANDLE controller;

static EFI_STATUS connect(void)
{
    trace_clear();
    return boot->ConnectController(controller, NULL, NULL, FALSE);
}

static void clean_up(void)
{
    boot->DisconnectController(controller, NULL, NULL);
    drivers_remove();
}

static void one_driver(void)
{
    struct driver *driver = driver_new('a', 16, 0);

    topic("drivers.connect", "7.3.12");
    if (!driver)
        return;
    check_status("works", connect(), EFI_SUCCESS, "a driver that supports the controller");
    check("started", trace_is("?a+a"), "is asked, then started");
    check("driven", is_driven_by(controller, 0, driver), "it has the controller's protocol open");
    check_status("again", connect(), EFI_NOT_FOUND, "there is nobody left to connect");
    check("again-asked", trace_is("?a"), "the driver is asked but not started again");
    clean_up();
}

static void no_driver(void)
{
    struct driver *driver = driver_new('a', 16, 1);

    topic("drivers.connect", "7.3.12");
    if (!driver)
        return;
    check_status("unsupported", connect(), EFI_NOT_FOUND, "nobody supports the controller");
    check("unsupported-asked", trace_is("?a"), "the driver is asked and not started");
    clean_up();
}

static void start_fails(void)
{
    struct driver *driver = driver_new('a', 16, 0);

    topic("drivers.connect", "7.3.12");
    if (!driver)
        return;
    driver->start_status = EFI_DEVICE_ERROR;
    check_status("start-fails", connect(), EFI_NOT_FOUND, "the only driver does not start");
    check("start-fails-once", trace_is("?a+a"), "it is tried once");
    clean_up();
}

static void next_after_a_failure(void)
{
    struct driver *first = driver_new('a', 20, 0);
    struct driver *second = driver_new('b', 16, 0);

    topic("drivers.connect", "7.3.12");
    if (!first || !second)
        return;
    first->start_status = EFI_DEVICE_ERROR;
    check_status("next", connect(), EFI_SUCCESS, "another driver starts when the best does not");
    check("next-order", trace_is("?a+a?b+b"), "after it");
    clean_up();
}

static void one_gets_it(void)
{
    struct driver *first = driver_new('a', 20, 0);
    struct driver *second = driver_new('b', 16, 0);

    topic("drivers.connect", "7.3.12");
    if (!first || !second)
        return;
    connect();
    check("best-only", is_driven_by(controller, 0, first) && !is_driven_by(controller, 0, second),
          "of two drivers for one protocol the best gets it");
    clean_up();
}

/* The second driver's protocol comes from the first one's start. */
static void stacked(void)
{
    struct driver *upper = driver_new('u', 20, 1);
    struct driver *lower = driver_new('l', 16, 0);

    topic("drivers.connect", "7.3.12");
    if (!upper || !lower)
        return;
    lower->adds = 1;
    connect();
    check("stacked", is_driven_by(controller, 0, lower) && is_driven_by(controller, 1, upper),
          "a driver that needs what another one adds is connected, too");
    check("stacked-order", trace_is("?u?l+l?u+u"), "the drivers are asked anew after each start");
    boot->DisconnectController(controller, upper->handle, NULL);
    clean_up();
}

static void remaining_path(void)
{
    static struct {
        VENDOR_DEVICE_PATH vendor;
        EFI_DEVICE_PATH end;
    } __attribute__((packed)) path = {
        .vendor = {.Header = DEVICE_PATH_NODE(HARDWARE_DEVICE_PATH, HW_VENDOR_DP,
                                              sizeof(VENDOR_DEVICE_PATH))},
        .end = DEVICE_PATH_END,
    };
    struct driver *driver = driver_new('a', 16, 0);
    EFI_STATUS status;

    topic("drivers.connect", "7.3.12");
    if (!driver)
        return;
    status =
        boot->ConnectController(controller, NULL, (EFI_DEVICE_PATH *)&path.vendor.Header, FALSE);
    check_status("remaining", status, EFI_SUCCESS, "with a remaining path");
    check("remaining-passed",
          driver->last_remaining_node.Type == HARDWARE_DEVICE_PATH &&
              driver->last_remaining_node.Length[0] == sizeof(VENDOR_DEVICE_PATH),
          "the driver is given it");
    clean_up();
    driver = driver_new('a', 16, 1);
    if (!driver)
        return;
    status = boot->ConnectController(controller, NULL, &path.end, FALSE);
    check_status("remaining-end", status, EFI_SUCCESS,
                 "with nothing remaining it is no error that nobody starts");
    clean_up();
}

static void wrong_parameters(void)
{
    EFI_HANDLE gone = test_handle(0);

    topic("drivers.connect", "7.3.12");
    test_handle_remove(gone, 0);
    check_status("no-controller", boot->ConnectController(NULL, NULL, NULL, FALSE),
                 EFI_INVALID_PARAMETER, "the controller is a must");
    check_status("gone-controller", boot->ConnectController(gone, NULL, NULL, FALSE),
                 EFI_INVALID_PARAMETER, "a handle that is gone is none");
}

void drivers_connect_tests(void)
{
    controller = test_handle(0);
    if (!controller)
        return;
    one_driver();
    no_driver();
    start_fails();
    next_after_a_failure();
    one_gets_it();
    stacked();
    remaining_path();
    wrong_parameters();
    test_handle_remove(controller, 0);
}
