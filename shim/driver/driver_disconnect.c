#include <stddef.h>

#include "shim/driver/child_controllers.h"
#include "shim/driver/driver.h"
#include "shim/driver/driver_order.h"
#include "shim/memory/pool.h"
#include "shim/protocol/handle.h"
#include "shim/protocol/protocol_use.h"

static bool contains(const EFI_HANDLE *handles, size_t count, EFI_HANDLE handle)
{
    for (size_t i = 0; i < count; i++) {
        if (handles[i] == handle)
            return true;
    }
    return false;
}

/* The drivers that have a protocol of it open, each once. */
struct drivers {
    EFI_HANDLE *handles;
    size_t count;
};

static EFI_STATUS drivers_get(const struct handle *controller, struct drivers *ret_drivers)
{
    size_t protocols = 0;

    list_for_each (link, next, &controller->protocols)
        protocols++;
    *ret_drivers = (struct drivers){.handles = pool_new(protocols * sizeof(EFI_HANDLE))};
    if (!ret_drivers->handles)
        return EFI_OUT_OF_RESOURCES;
    list_for_each (link, next, &controller->protocols) {
        const struct protocol_use *owner = container_of(link, struct protocol, link)->owner;

        if (owner && owner->user.attributes & EFI_OPEN_PROTOCOL_BY_DRIVER &&
            !contains(ret_drivers->handles, ret_drivers->count, owner->user.agent))
            ret_drivers->handles[ret_drivers->count++] = owner->user.agent;
    }
    return EFI_SUCCESS;
}

/* Stops the wanted children first, and the driver itself when none is left. */
static EFI_STATUS stop(EFI_DRIVER_BINDING_PROTOCOL *binding, EFI_HANDLE controller,
                       EFI_HANDLE child, const struct child_controllers *children)
{
    EFI_STATUS status = EFI_SUCCESS;

    if (child && !contains(children->handles, children->count, child))
        return EFI_NOT_FOUND;
    if (children->count)
        status = child ? binding->Stop(binding, controller, 1, &child)
                       : binding->Stop(binding, controller, children->count, children->handles);
    if (status == EFI_SUCCESS && (!child || children->count == 1))
        status = binding->Stop(binding, controller, 0, NULL);
    return status;
}

static EFI_STATUS disconnect_one(EFI_HANDLE controller, EFI_HANDLE driver, EFI_HANDLE child)
{
    EFI_DRIVER_BINDING_PROTOCOL *binding = driver_binding_of(driver);
    struct child_controllers children;
    EFI_STATUS status;

    if (!binding)
        return EFI_NOT_FOUND;
    status = child_controllers_get(controller, driver, &children);
    if (status != EFI_SUCCESS)
        return status;
    status = stop(binding, controller, child, &children);
    child_controllers_free(&children);
    return status == EFI_SUCCESS ? EFI_SUCCESS : EFI_DEVICE_ERROR;
}

static EFI_STATUS disconnect_all(EFI_HANDLE controller, const struct drivers *drivers,
                                 EFI_HANDLE wanted, EFI_HANDLE child)
{
    EFI_STATUS status = EFI_SUCCESS;
    bool stopped = false;

    for (size_t i = 0; i < drivers->count; i++) {
        if (wanted && drivers->handles[i] != wanted)
            continue;
        status = disconnect_one(controller, drivers->handles[i], child);
        stopped = stopped || status == EFI_SUCCESS;
    }
    return stopped ? EFI_SUCCESS : status;
}

EFI_STATUS driver_disconnect(EFI_HANDLE controller, EFI_HANDLE driver, EFI_HANDLE child)
{
    struct drivers drivers;
    EFI_STATUS status;

    if (!handle_find(controller) || (child && !handle_find(child)) ||
        (driver && !driver_binding_of(driver)))
        return EFI_INVALID_PARAMETER;
    status = drivers_get(controller, &drivers);
    if (status != EFI_SUCCESS)
        return status;
    status = disconnect_all(controller, &drivers, driver, child);
    pool_free(drivers.handles);
    return status;
}
