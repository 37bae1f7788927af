/* Protocols that are taken from drivers: exclusive opens, uninstalling, reinstalling. */
#include "tests/efi/conformance/check.h"
#include "tests/efi/conformance/drivers.h"
#include "tests/efi/conformance/fixture.h"

static EFI_HANDLE controller; /* has test_guids[0], and test_guids[3] to stay without it */
static EFI_HANDLE agent;

static struct driver *connect(UINT32 extra_attributes)
{
    struct driver *driver = driver_new('a', 16, 0);

    if (!driver)
        return NULL;
    driver->extra_attributes = extra_attributes;
    boot->ConnectController(controller, NULL, NULL, FALSE);
    trace_clear();
    return need(is_driven_by(controller, 0, driver), "connected driver") ? driver : NULL;
}

static EFI_STATUS open(UINT32 attributes)
{
    void *interface;

    return boot->OpenProtocol(controller, &test_guids[0], &interface, agent, agent, attributes);
}

static void clean_up(void)
{
    boot->CloseProtocol(controller, &test_guids[0], agent, agent);
    boot->DisconnectController(controller, NULL, NULL);
    drivers_remove();
}

static void exclusive(const char *name, UINT32 attributes)
{
    struct driver *driver = connect(0);

    topic("drivers.exclusive", "7.3.9");
    if (driver) {
        check_status(name, open(attributes), EFI_SUCCESS,
                     "who wants a protocol for himself gets it from a driver");
        topic("drivers.exclusive.stopped", "7.3.9");
        check(name, trace_is("-a") && !is_driven_by(controller, 0, driver), "which is stopped");
    }
    clean_up();
}

static void exclusive_from_who_does_not_stop(void)
{
    struct driver *driver = connect(0);

    topic("drivers.exclusive", "7.3.9");
    if (driver) {
        driver->stop_status = EFI_DEVICE_ERROR;
        check_status("stop-fails", open(EFI_OPEN_PROTOCOL_EXCLUSIVE), EFI_ACCESS_DENIED,
                     "a driver that does not stop keeps it");
        check("stop-fails-kept", is_driven_by(controller, 0, driver), "and goes on driving");
        driver->stop_status = EFI_SUCCESS;
    }
    clean_up();
}

static void exclusive_from_an_exclusive_driver(void)
{
    struct driver *driver = connect(EFI_OPEN_PROTOCOL_EXCLUSIVE);

    topic("drivers.exclusive", "7.3.9");
    if (driver) {
        check_status("exclusive-driver", open(EFI_OPEN_PROTOCOL_EXCLUSIVE), EFI_ACCESS_DENIED,
                     "a driver that has it exclusively keeps it");
        check("exclusive-driver-asked", trace_is(""), "and is not even asked to stop");
    }
    clean_up();
}

static void lookups_stop_nobody(void)
{
    struct driver *driver = connect(0);

    topic("drivers.exclusive", "7.3.9");
    if (driver) {
        check_status("get", open(EFI_OPEN_PROTOCOL_GET_PROTOCOL), EFI_SUCCESS,
                     "a mere look is possible while a driver has it");
        check_status("by-driver", open(EFI_OPEN_PROTOCOL_BY_DRIVER), EFI_ACCESS_DENIED,
                     "a second driver is refused");
        check("others", trace_is(""), "neither stops the driver");
    }
    clean_up();
}

static void uninstall(void)
{
    struct driver *driver = connect(0);
    EFI_STATUS status;

    topic("drivers.uninstall", "7.3.3");
    if (driver) {
        status = boot->UninstallProtocolInterface(controller, &test_guids[0], &test_interfaces[0]);
        check_status("works", status, EFI_SUCCESS, "a protocol that a driver uses is taken off");
        check("stopped", trace_is("-a"), "the driver is stopped before");
        boot->InstallProtocolInterface(&controller, &test_guids[0], EFI_NATIVE_INTERFACE,
                                       &test_interfaces[0]);
    }
    clean_up();
}

static void uninstall_from_an_exclusive_driver(void)
{
    struct driver *driver = connect(EFI_OPEN_PROTOCOL_EXCLUSIVE);
    EFI_STATUS status;

    topic("drivers.uninstall", "7.3.3");
    if (driver) {
        status = boot->UninstallProtocolInterface(controller, &test_guids[0], &test_interfaces[0]);
        check_status("exclusive-driver", status, EFI_SUCCESS,
                     "a driver is stopped for this even if it has the protocol exclusively");
        check("exclusive-driver-stopped", trace_is("-a"), "it is stopped before");
        boot->InstallProtocolInterface(&controller, &test_guids[0], EFI_NATIVE_INTERFACE,
                                       &test_interfaces[0]);
    }
    clean_up();
}

static void uninstall_from_who_does_not_stop(void)
{
    struct driver *driver = connect(0);
    EFI_STATUS status;

    topic("drivers.uninstall", "7.3.3");
    if (driver) {
        driver->stop_status = EFI_DEVICE_ERROR;
        status = boot->UninstallProtocolInterface(controller, &test_guids[0], &test_interfaces[0]);
        check_status("stop-fails", status, EFI_ACCESS_DENIED,
                     "a driver that does not stop keeps it");
        check_pointer("stop-fails-kept", interface_of(controller, &test_guids[0]),
                      &test_interfaces[0], "the protocol stays");
        driver->stop_status = EFI_SUCCESS;
    }
    clean_up();
}

/* One driver stops for it, an application does not: the driver gets its protocol back. */
static void uninstall_in_vain(void)
{
    struct driver *driver = connect(0);
    EFI_STATUS status;

    topic("drivers.uninstall", "7.3.3");
    if (driver &&
        need_status(open(EFI_OPEN_PROTOCOL_BY_CHILD_CONTROLLER), "use by somebody else")) {
        status = boot->UninstallProtocolInterface(controller, &test_guids[0], &test_interfaces[0]);
        check_status("in-vain", status, EFI_ACCESS_DENIED, "somebody else has it open, too");
        check("in-vain-restarted",
              trace_begins_with("-a?a+a") && is_driven_by(controller, 0, driver),
              "the driver that stopped for nothing is started again");
    }
    clean_up();
}

static void reinstall(void)
{
    struct driver *driver = connect(0);
    EFI_STATUS status;

    topic("drivers.reinstall", "7.3.4");
    if (driver) {
        status = boot->ReinstallProtocolInterface(controller, &test_guids[0], &test_interfaces[0],
                                                  &test_interfaces[1]);
        check_status("works", status, EFI_SUCCESS, "a protocol that a driver uses is replaced");
        check("restarted", trace_is("-a?a+a"), "the driver is stopped before, started afterwards");
        check("driven", is_driven_by(controller, 0, driver), "it drives the new interface");
        boot->ReinstallProtocolInterface(controller, &test_guids[0], &test_interfaces[1],
                                         &test_interfaces[0]);
    }
    clean_up();
}

static void reinstall_for_who_does_not_stop(void)
{
    struct driver *driver = connect(0);
    EFI_STATUS status;

    topic("drivers.reinstall", "7.3.4");
    if (driver) {
        driver->stop_status = EFI_DEVICE_ERROR;
        status = boot->ReinstallProtocolInterface(controller, &test_guids[0], &test_interfaces[0],
                                                  &test_interfaces[1]);
        check_status("stop-fails", status, EFI_ACCESS_DENIED,
                     "a driver that does not stop keeps it");
        check_pointer("stop-fails-kept", interface_of(controller, &test_guids[0]),
                      &test_interfaces[0], "the old interface stays");
        driver->stop_status = EFI_SUCCESS;
    }
    clean_up();
}

/* Installing a protocol does not connect anybody by itself. */
static void reinstall_connects(void)
{
    struct driver *driver = driver_new('a', 16, 0);

    topic("drivers.reinstall", "7.3.4");
    if (driver) {
        trace_clear();
        boot->ReinstallProtocolInterface(controller, &test_guids[0], &test_interfaces[0],
                                         &test_interfaces[0]);
        check("connects", is_driven_by(controller, 0, driver),
              "a driver that was not there before is connected");
    }
    clean_up();
}

void drivers_release_tests(void)
{
    controller = test_handle(3);
    agent = test_handle(2);
    if (!controller || !agent ||
        !need_status(boot->InstallProtocolInterface(&controller, &test_guids[0],
                                                    EFI_NATIVE_INTERFACE, &test_interfaces[0]),
                     "protocol"))
        return;
    exclusive("application", EFI_OPEN_PROTOCOL_EXCLUSIVE);
    exclusive("driver", EFI_OPEN_PROTOCOL_EXCLUSIVE | EFI_OPEN_PROTOCOL_BY_DRIVER);
    exclusive_from_who_does_not_stop();
    exclusive_from_an_exclusive_driver();
    lookups_stop_nobody();
    uninstall();
    uninstall_from_an_exclusive_driver();
    uninstall_from_who_does_not_stop();
    uninstall_in_vain();
    reinstall();
    reinstall_for_who_does_not_stop();
    reinstall_connects();
    test_handle_remove(controller, 0);
    test_handle_remove(controller, 3);
    test_handle_remove(agent, 2);
}
