/* The drivers that the tests work with. */
#include "tests/efi/conformance/check.h"
#include "tests/efi/conformance/drivers.h"
#include "tests/efi/conformance/fixture.h"

#define DRIVERS_MAX 8

static EFI_GUID binding_guid = EFI_DRIVER_BINDING_PROTOCOL_GUID;
static struct driver drivers[DRIVERS_MAX];
static UINTN driver_count;

static char trace[256];
static UINTN trace_length;

static void put(char letter)
{
    if (trace_length < sizeof(trace) - 1)
        trace[trace_length++] = letter;
    trace[trace_length] = 0;
}

static void note(char what, const struct driver *driver)
{
    put(what);
    put(driver->letter);
}

void trace_clear(void)
{
    trace_length = 0;
    trace[0] = 0;
}

bool trace_begins_with(const char *expected)
{
    for (UINTN i = 0; expected[i]; i++) {
        if (trace[i] != expected[i])
            return false;
    }
    return true;
}

bool trace_is(const char *expected)
{
    UINTN length = 0;

    while (expected[length])
        length++;
    return length == trace_length && trace_begins_with(expected);
}

/* `binding` is the first member. */
static struct driver *driver_of(EFI_DRIVER_BINDING_PROTOCOL *binding)
{
    return (struct driver *)binding;
}

static EFI_STATUS open(struct driver *driver, EFI_HANDLE controller, EFI_HANDLE used_by,
                       UINT32 attributes)
{
    void *interface;

    return boot->OpenProtocol(controller, &test_guids[driver->consumes], &interface, driver->handle,
                              used_by, attributes);
}

static void close(struct driver *driver, EFI_HANDLE controller, EFI_HANDLE used_by)
{
    boot->CloseProtocol(controller, &test_guids[driver->consumes], driver->handle, used_by);
}

static UINT32 attributes_of(const struct driver *driver)
{
    return EFI_OPEN_PROTOCOL_BY_DRIVER | driver->extra_attributes;
}

static EFI_STATUS EFIAPI supported(EFI_DRIVER_BINDING_PROTOCOL *this, EFI_HANDLE controller,
                                   EFI_DEVICE_PATH *remaining)
{
    struct driver *driver = driver_of(this);
    EFI_STATUS status =
        boot->OpenProtocol(controller, &test_guids[driver->consumes], NULL, driver->handle,
                           controller, EFI_OPEN_PROTOCOL_TEST_PROTOCOL);

    (void)remaining;
    note('?', driver);
    if (status != EFI_SUCCESS)
        return EFI_UNSUPPORTED;
    status = open(driver, controller, controller, attributes_of(driver));
    if (status == EFI_SUCCESS)
        close(driver, controller, controller);
    return status;
}

static EFI_STATUS make_children(struct driver *driver, EFI_HANDLE controller)
{
    for (UINTN i = 0; i < driver->children_wanted; i++) {
        EFI_STATUS status;

        driver->children[i] = test_handle(driver->child_has);
        if (!driver->children[i])
            return EFI_OUT_OF_RESOURCES;
        status =
            open(driver, controller, driver->children[i], EFI_OPEN_PROTOCOL_BY_CHILD_CONTROLLER);
        if (status != EFI_SUCCESS)
            return status;
    }
    return EFI_SUCCESS;
}

static EFI_STATUS EFIAPI start(EFI_DRIVER_BINDING_PROTOCOL *this, EFI_HANDLE controller,
                               EFI_DEVICE_PATH *remaining)
{
    struct driver *driver = driver_of(this);
    EFI_STATUS status = driver->start_status;

    note('+', driver);
    if (remaining)
        driver->last_remaining_node = *remaining;
    if (status == EFI_SUCCESS)
        status = open(driver, controller, controller, attributes_of(driver));
    if (status == EFI_SUCCESS && driver->adds)
        status =
            boot->InstallProtocolInterface(&controller, &test_guids[driver->adds],
                                           EFI_NATIVE_INTERFACE, &test_interfaces[driver->adds]);
    if (status == EFI_SUCCESS)
        status = make_children(driver, controller);
    return status;
}

static void remove_child(struct driver *driver, EFI_HANDLE controller, EFI_HANDLE child)
{
    for (UINTN i = 0; i < CHILDREN_MAX; i++) {
        if (driver->children[i] != child)
            continue;
        close(driver, controller, child);
        test_handle_remove(child, driver->child_has);
        driver->children[i] = NULL;
    }
}

static EFI_STATUS EFIAPI stop(EFI_DRIVER_BINDING_PROTOCOL *this, EFI_HANDLE controller,
                              UINTN child_count, EFI_HANDLE *children)
{
    struct driver *driver = driver_of(this);

    note('-', driver);
    if (child_count)
        put((char)('0' + child_count));
    if (driver->stop_status != EFI_SUCCESS)
        return driver->stop_status;
    for (UINTN i = 0; i < child_count; i++)
        remove_child(driver, controller, children[i]);
    if (child_count)
        return EFI_SUCCESS;
    if (driver->adds)
        boot->UninstallProtocolInterface(controller, &test_guids[driver->adds],
                                         &test_interfaces[driver->adds]);
    close(driver, controller, controller);
    return EFI_SUCCESS;
}

struct driver *driver_new(char letter, UINT32 version, UINTN consumes)
{
    struct driver *driver = &drivers[driver_count];
    EFI_STATUS status;

    if (!need(driver_count < DRIVERS_MAX, "room for a driver"))
        return NULL;
    boot->SetMem(driver, sizeof(*driver), 0);
    driver->letter = letter;
    driver->consumes = consumes;
    driver->binding.Supported = supported;
    driver->binding.Start = start;
    driver->binding.Stop = stop;
    driver->binding.Version = version;
    status = boot->InstallProtocolInterface(&driver->handle, &binding_guid, EFI_NATIVE_INTERFACE,
                                            &driver->binding);
    if (!need_status(status, "driver"))
        return NULL;
    /* Drivers of one image: overrides name images, so each of these stands for one. */
    driver->binding.ImageHandle = driver->handle;
    driver->binding.DriverBindingHandle = driver->handle;
    driver_count++;
    return driver;
}

void drivers_remove(void)
{
    while (driver_count) {
        struct driver *driver = &drivers[--driver_count];

        boot->UninstallProtocolInterface(driver->handle, &binding_guid, &driver->binding);
    }
    trace_clear();
}

bool is_driven_by(EFI_HANDLE controller, UINTN index, const struct driver *driver)
{
    EFI_OPEN_PROTOCOL_INFORMATION_ENTRY *entries;
    UINTN count;
    bool found = false;

    if (boot->OpenProtocolInformation(controller, &test_guids[index], &entries, &count) !=
        EFI_SUCCESS)
        return false;
    for (UINTN i = 0; i < count; i++) {
        if (entries[i].AgentHandle == driver->handle &&
            entries[i].Attributes & EFI_OPEN_PROTOCOL_BY_DRIVER)
            found = true;
    }
    if (entries)
        boot->FreePool(entries);
    return found;
}
