/* In which order ConnectController asks drivers. None of them supports the controller. */
#include "tests/efi/conformance/check.h"
#include "tests/efi/conformance/drivers.h"
#include "tests/efi/conformance/fixture.h"

#define NOBODY_HAS 5

static EFI_GUID platform_guid = EFI_PLATFORM_DRIVER_OVERRIDE_PROTOCOL_GUID;
static EFI_GUID bus_guid = EFI_BUS_SPECIFIC_DRIVER_OVERRIDE_PROTOCOL_GUID;
static EFI_GUID family_guid = EFI_DRIVER_FAMILY_OVERRIDE_PROTOCOL_GUID;

static EFI_HANDLE controller;

/* What the overrides return, one after another; each list ends with NULL. */
static EFI_HANDLE platform_choice[3];
static EFI_HANDLE bus_choice[3];

/* *handle is NULL to begin with, then what was returned before. */
static EFI_STATUS next_choice(const EFI_HANDLE *choice, EFI_HANDLE *handle)
{
    if (*handle) {
        while (*choice && *choice != *handle)
            choice++;
        if (!*choice)
            return EFI_INVALID_PARAMETER;
        choice++;
    }
    if (!*choice)
        return EFI_NOT_FOUND;
    *handle = *choice;
    return EFI_SUCCESS;
}

static EFI_STATUS EFIAPI platform_get_driver(EFI_PLATFORM_DRIVER_OVERRIDE_PROTOCOL *this,
                                             EFI_HANDLE for_controller, EFI_HANDLE *handle)
{
    (void)this;
    return for_controller == controller ? next_choice(platform_choice, handle) : EFI_NOT_FOUND;
}

static EFI_STATUS EFIAPI platform_get_path(EFI_PLATFORM_DRIVER_OVERRIDE_PROTOCOL *this,
                                           EFI_HANDLE for_controller, EFI_DEVICE_PATH **path)
{
    (void)this;
    (void)for_controller;
    (void)path;
    return EFI_NOT_FOUND;
}

static EFI_STATUS EFIAPI platform_loaded(EFI_PLATFORM_DRIVER_OVERRIDE_PROTOCOL *this,
                                         EFI_HANDLE for_controller, EFI_DEVICE_PATH *path,
                                         EFI_HANDLE handle)
{
    (void)this;
    (void)for_controller;
    (void)path;
    (void)handle;
    return EFI_NOT_FOUND;
}

static EFI_PLATFORM_DRIVER_OVERRIDE_PROTOCOL platform_override = {
    .GetDriver = platform_get_driver,
    .GetDriverPath = platform_get_path,
    .DriverLoaded = platform_loaded,
};

static EFI_STATUS EFIAPI bus_get_driver(EFI_BUS_SPECIFIC_DRIVER_OVERRIDE_PROTOCOL *this,
                                        EFI_HANDLE *handle)
{
    (void)this;
    return next_choice(bus_choice, handle);
}

static EFI_BUS_SPECIFIC_DRIVER_OVERRIDE_PROTOCOL bus_override = {.GetDriver = bus_get_driver};

static UINT32 EFIAPI family_version_7(EFI_DRIVER_FAMILY_OVERRIDE_PROTOCOL *this)
{
    (void)this;
    return 7;
}

static UINT32 EFIAPI family_version_9(EFI_DRIVER_FAMILY_OVERRIDE_PROTOCOL *this)
{
    (void)this;
    return 9;
}

static EFI_DRIVER_FAMILY_OVERRIDE_PROTOCOL families[] = {{.GetVersion = family_version_7},
                                                         {.GetVersion = family_version_9}};

static struct driver *drivers[6];

/* Drivers a, b, ... of these versions. */
static bool create(const UINT32 *versions, UINTN count)
{
    for (UINTN i = 0; i < count; i++) {
        drivers[i] = driver_new((char)('a' + i), versions[i], NOBODY_HAS);
        if (!drivers[i])
            return false;
    }
    return true;
}

static void connect(EFI_HANDLE *chosen)
{
    trace_clear();
    boot->ConnectController(controller, chosen, NULL, FALSE);
}

static void by_version(void)
{
    static const UINT32 versions[] = {16, 32, 8, 0xffffffff};

    topic("drivers.order", "7.3.12");
    if (create(versions, COUNT_OF(versions))) {
        connect(NULL);
        check("version", trace_is("?d?b?a?c"), "the highest version is asked first");
    }
    drivers_remove();
}

static void by_context(void)
{
    static const UINT32 versions[] = {16, 32, 8};

    topic("drivers.order", "7.3.12");
    if (create(versions, COUNT_OF(versions))) {
        EFI_HANDLE chosen[] = {drivers[2]->handle, drivers[0]->handle, NULL};
        EFI_HANDLE none[] = {NULL};

        connect(chosen);
        check("context", trace_is("?c?a?b"), "the caller's choice comes first, in its order");
        connect(none);
        check("context-empty", trace_is("?b?a?c"), "an empty choice changes nothing");
    }
    drivers_remove();
}

static void by_platform(void)
{
    static const UINT32 versions[] = {16, 32, 8};
    EFI_HANDLE handle = handle_with(&platform_guid, &platform_override);

    topic("drivers.order", "11.2");
    if (handle && create(versions, COUNT_OF(versions))) {
        EFI_HANDLE chosen[] = {drivers[0]->handle, NULL};

        platform_choice[0] = drivers[2]->handle;
        connect(NULL);
        check("platform", trace_is("?c?b?a"), "the platform's choice comes before the version");
        connect(chosen);
        check("platform-after-context", trace_is("?a?c?b"), "but after the caller's");
    }
    platform_choice[0] = NULL;
    boot->UninstallProtocolInterface(handle, &platform_guid, &platform_override);
    drivers_remove();
}

static void by_bus(void)
{
    static const UINT32 versions[] = {16, 32, 8};
    EFI_STATUS status =
        boot->InstallProtocolInterface(&controller, &bus_guid, EFI_NATIVE_INTERFACE, &bus_override);

    topic("drivers.order", "11.3");
    if (need_status(status, "override") && create(versions, COUNT_OF(versions))) {
        bus_choice[0] = drivers[2]->handle;
        bus_choice[1] = drivers[0]->handle;
        connect(NULL);
        check("bus", trace_is("?c?a?b"), "the bus's choice comes before the version, in its order");
    }
    bus_choice[0] = bus_choice[1] = NULL;
    boot->UninstallProtocolInterface(controller, &bus_guid, &bus_override);
    drivers_remove();
}

static void add_family(struct driver *driver, UINTN index)
{
    boot->InstallProtocolInterface(&driver->handle, &family_guid, EFI_NATIVE_INTERFACE,
                                   &families[index]);
}

static void remove_family(struct driver *driver, UINTN index)
{
    boot->UninstallProtocolInterface(driver->handle, &family_guid, &families[index]);
}

static void by_family(void)
{
    static const UINT32 versions[] = {16, 32, 8};

    topic("drivers.order", "7.3.12");
    if (create(versions, COUNT_OF(versions))) {
        add_family(drivers[0], 0);
        add_family(drivers[2], 1);
        connect(NULL);
        check("family", trace_is("?c?a?b"),
              "families come before the version, the highest family version first");
        remove_family(drivers[0], 0);
        remove_family(drivers[2], 1);
    }
    drivers_remove();
}

/* One driver for each rule, the least version for the first one. */
static void all_rules(void)
{
    static const UINT32 versions[] = {1, 2, 3, 4, 50, 40};
    EFI_HANDLE handle = handle_with(&platform_guid, &platform_override);
    EFI_STATUS status =
        boot->InstallProtocolInterface(&controller, &bus_guid, EFI_NATIVE_INTERFACE, &bus_override);

    topic("drivers.order", "7.3.12");
    if (handle && need_status(status, "override") && create(versions, COUNT_OF(versions))) {
        EFI_HANDLE chosen[] = {drivers[0]->handle, NULL};

        platform_choice[0] = drivers[1]->handle;
        add_family(drivers[2], 0);
        bus_choice[0] = drivers[3]->handle;
        connect(chosen);
        check("all", trace_is("?a?b?c?d?e?f"),
              "caller, platform, family, bus, version: in this order");
        remove_family(drivers[2], 0);
    }
    platform_choice[0] = bus_choice[0] = NULL;
    boot->UninstallProtocolInterface(controller, &bus_guid, &bus_override);
    boot->UninstallProtocolInterface(handle, &platform_guid, &platform_override);
    drivers_remove();
}

/* Chosen by several rules it is still asked once. */
static void once_each(void)
{
    static const UINT32 versions[] = {16, 32};
    EFI_HANDLE handle = handle_with(&platform_guid, &platform_override);

    topic("drivers.order", "7.3.12");
    if (handle && create(versions, COUNT_OF(versions))) {
        EFI_HANDLE chosen[] = {drivers[0]->handle, drivers[0]->handle, NULL};

        platform_choice[0] = drivers[0]->handle;
        connect(chosen);
        check("once", trace_is("?a?b"), "a driver that is chosen several times is asked once");
    }
    platform_choice[0] = NULL;
    boot->UninstallProtocolInterface(handle, &platform_guid, &platform_override);
    drivers_remove();
}

void drivers_order_tests(void)
{
    controller = test_handle(0);
    if (!controller)
        return;
    by_version();
    by_context();
    by_platform();
    by_bus();
    by_family();
    all_rules();
    once_each();
    test_handle_remove(controller, 0);
}
