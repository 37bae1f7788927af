/* DisconnectController with drivers that made no children. */
#include "tests/efi/conformance/check.h"
#include "tests/efi/conformance/drivers.h"
#include "tests/efi/conformance/fixture.h"

static EFI_HANDLE controller; /* has test_guids[0] and test_guids[1] */

/* Driver a drives the first protocol, b the second. */
static bool connect_two(struct driver **ret_first, struct driver **ret_second)
{
    *ret_first = driver_new('a', 20, 0);
    *ret_second = driver_new('b', 16, 1);
    if (!*ret_first || !*ret_second)
        return false;
    boot->ConnectController(controller, NULL, NULL, FALSE);
    trace_clear();
    return need(is_driven_by(controller, 0, *ret_first) && is_driven_by(controller, 1, *ret_second),
                "connected drivers");
}

static void clean_up(void)
{
    boot->DisconnectController(controller, NULL, NULL);
    drivers_remove();
}

static void all_drivers(void)
{
    struct driver *first;
    struct driver *second;
    EFI_STATUS status;

    topic("drivers.disconnect", "7.3.13");
    if (!connect_two(&first, &second))
        return;
    status = boot->DisconnectController(controller, NULL, NULL);
    check_status("all", status, EFI_SUCCESS, "all drivers are disconnected");
    check("all-stopped", trace_is("-a-b") || trace_is("-b-a"), "each is stopped once");
    check("all-gone", !is_driven_by(controller, 0, first) && !is_driven_by(controller, 1, second),
          "nobody drives the controller any more");
    trace_clear();
    status = boot->DisconnectController(controller, NULL, NULL);
    check_status("nobody", status, EFI_SUCCESS, "without drivers there is nothing to do");
    check("nobody-stopped", trace_is(""), "nobody is stopped");
    clean_up();
}

static void one_driver(void)
{
    struct driver *first;
    struct driver *second;
    EFI_STATUS status;

    topic("drivers.disconnect", "7.3.13");
    if (!connect_two(&first, &second))
        return;
    status = boot->DisconnectController(controller, second->handle, NULL);
    check_status("one", status, EFI_SUCCESS, "one driver is disconnected");
    check("one-stopped", trace_is("-b"), "it is stopped");
    check("one-other-kept", is_driven_by(controller, 0, first), "the other is not");
    trace_clear();
    status = boot->DisconnectController(controller, second->handle, NULL);
    check_status("not-managing", status, EFI_SUCCESS,
                 "a driver that does not manage the controller has nothing to stop");
    check("not-managing-stopped", trace_is(""), "nobody is stopped");
    clean_up();
}

static void stop_fails(void)
{
    struct driver *first;
    struct driver *second;
    EFI_STATUS status;

    topic("drivers.disconnect", "7.3.13");
    if (!connect_two(&first, &second))
        return;
    first->stop_status = EFI_DEVICE_ERROR;
    status = boot->DisconnectController(controller, first->handle, NULL);
    check_status("stop-fails", status, EFI_DEVICE_ERROR, "a driver does not stop");
    check("stop-fails-kept", is_driven_by(controller, 0, first), "it goes on driving");
    status = boot->DisconnectController(controller, NULL, NULL);
    check_status("one-stops", status, EFI_SUCCESS, "of two drivers one stops");
    check("one-stops-gone", !is_driven_by(controller, 1, second), "that one is disconnected");
    first->stop_status = EFI_SUCCESS;
    clean_up();
}

static void wrong_parameters(void)
{
    struct driver *driver = driver_new('a', 16, 0);
    EFI_HANDLE gone = test_handle(2);

    topic("drivers.disconnect", "7.3.13");
    if (!driver)
        return;
    test_handle_remove(gone, 2);
    check_status("no-controller", boot->DisconnectController(NULL, NULL, NULL),
                 EFI_INVALID_PARAMETER, "the controller is a must");
    check_status("gone-controller", boot->DisconnectController(gone, NULL, NULL),
                 EFI_INVALID_PARAMETER, "a handle that is gone is none");
    check_status("gone-driver", boot->DisconnectController(controller, gone, NULL),
                 EFI_INVALID_PARAMETER, "nor a driver");
    check_status("no-driver", boot->DisconnectController(controller, controller, NULL),
                 EFI_INVALID_PARAMETER, "nor is a handle without driver binding");
    check_status("gone-child", boot->DisconnectController(controller, NULL, gone),
                 EFI_INVALID_PARAMETER, "nor can it be a child");
    clean_up();
}

void drivers_disconnect_tests(void)
{
    EFI_STATUS status;

    controller = test_handle(0);
    if (!controller)
        return;
    status = boot->InstallProtocolInterface(&controller, &test_guids[1], EFI_NATIVE_INTERFACE,
                                            &test_interfaces[1]);
    if (!need_status(status, "second protocol"))
        return;
    all_drivers();
    one_driver();
    stop_fails();
    wrong_parameters();
    test_handle_remove(controller, 1);
    test_handle_remove(controller, 0);
}
