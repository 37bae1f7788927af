#include "tests/unit/fake_driver.h"

#include <string.h>

#include "shim/protocol/handle.h"
#include "shim/protocol/open_protocol.h"
#include "shim/protocol/protocol_use.h"
#include "tests/unit/isolated.h"

char fake_driver_trace[128];

static const EFI_GUID binding_guid = EFI_DRIVER_BINDING_PROTOCOL_GUID;
static int child_interface;

static void note(char what, const struct fake_driver *driver)
{
    char text[3] = {what, driver->letter, 0};

    strncat(fake_driver_trace, text, sizeof(fake_driver_trace) - strlen(fake_driver_trace) - 1);
}

/* `binding` is the first member. */
static struct fake_driver *driver_of(EFI_DRIVER_BINDING_PROTOCOL *binding)
{
    return (struct fake_driver *)binding;
}

static EFI_STATUS open(struct fake_driver *driver, EFI_HANDLE controller, EFI_HANDLE used_by,
                       uint32_t attributes)
{
    void *interface;

    return open_protocol(controller, driver->consumes, &interface, driver->handle, used_by,
                         attributes);
}

static EFI_STATUS EFIAPI supported(EFI_DRIVER_BINDING_PROTOCOL *this, EFI_HANDLE controller,
                                   EFI_DEVICE_PATH *remaining)
{
    struct fake_driver *driver = driver_of(this);
    uint32_t attributes = EFI_OPEN_PROTOCOL_BY_DRIVER | driver->attributes;
    EFI_STATUS status;

    (void)remaining;
    note('?', driver);
    if (!driver->consumes)
        return EFI_UNSUPPORTED;
    status = open(driver, controller, controller, attributes);
    if (status == EFI_SUCCESS)
        close_protocol(controller, driver->consumes, driver->handle, controller);
    return status;
}

static EFI_STATUS EFIAPI start(EFI_DRIVER_BINDING_PROTOCOL *this, EFI_HANDLE controller,
                               EFI_DEVICE_PATH *remaining)
{
    struct fake_driver *driver = driver_of(this);

    note('+', driver);
    driver->remaining = remaining;
    if (driver->start_status != EFI_SUCCESS)
        return driver->start_status;
    assert_int_equal(
        open(driver, controller, controller, EFI_OPEN_PROTOCOL_BY_DRIVER | driver->attributes),
        EFI_SUCCESS);
    for (unsigned int i = 0; i < driver->children_wanted; i++) {
        assert_int_equal(handle_install(&driver->children[i], driver->child_guid, &child_interface),
                         EFI_SUCCESS);
        assert_int_equal(
            open(driver, controller, driver->children[i], EFI_OPEN_PROTOCOL_BY_CHILD_CONTROLLER),
            EFI_SUCCESS);
    }
    return EFI_SUCCESS;
}

static EFI_STATUS EFIAPI stop(EFI_DRIVER_BINDING_PROTOCOL *this, EFI_HANDLE controller,
                              UINTN child_count, EFI_HANDLE *children)
{
    struct fake_driver *driver = driver_of(this);

    note('-', driver);
    if (child_count)
        strncat(fake_driver_trace, &"0123456789"[child_count], 1);
    if (driver->stop_status != EFI_SUCCESS)
        return driver->stop_status;
    for (UINTN i = 0; i < child_count; i++) {
        close_protocol(controller, driver->consumes, driver->handle, children[i]);
        handle_uninstall(children[i], driver->child_guid, &child_interface);
    }
    if (!child_count)
        close_protocol(controller, driver->consumes, driver->handle, controller);
    return EFI_SUCCESS;
}

struct fake_driver *fake_driver_new(char letter, uint32_t version, const EFI_GUID *consumes)
{
    static struct fake_driver drivers[8];
    static unsigned int count;
    struct fake_driver *driver = &drivers[count++];

    assert_in_range(count, 1, sizeof(drivers) / sizeof(drivers[0]));
    driver->letter = letter;
    driver->consumes = consumes;
    driver->binding = (EFI_DRIVER_BINDING_PROTOCOL){
        .Supported = supported, .Start = start, .Stop = stop, .Version = version};
    assert_int_equal(handle_install(&driver->handle, &binding_guid, &driver->binding), EFI_SUCCESS);
    driver->binding.ImageHandle = driver->handle;
    driver->binding.DriverBindingHandle = driver->handle;
    return driver;
}

bool fake_driver_drives(const struct fake_driver *driver, EFI_HANDLE controller)
{
    struct protocol *protocol = handle_find_protocol(handle_find(controller), driver->consumes);

    list_for_each (link, next, &protocol->uses) {
        const struct protocol_use *use = container_of(link, struct protocol_use, link);

        if (use->user.agent == driver->handle && use->user.attributes & EFI_OPEN_PROTOCOL_BY_DRIVER)
            return true;
    }
    return false;
}
