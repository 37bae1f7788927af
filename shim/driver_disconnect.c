#include <stddef.h>

#include "shim/driver.h"
#include "shim/driver_order.h"
#include "shim/handle.h"
#include "shim/pool.h"
#include "shim/protocol_use.h"

/* Calls `visit` for each use of a protocol on `controller`; it must not change the database. */
static void for_each_user(EFI_HANDLE controller,
                          void (*visit)(const struct protocol_user *user, void *context),
                          void *context)
{
    struct handle *handle = handle_find(controller);

    if (!handle)
        return;
    list_for_each (link, next, &handle->protocols) {
        struct protocol *protocol = container_of(link, struct protocol, link);

        list_for_each (use_link, use_next, &protocol->uses)
            visit(&container_of(use_link, struct protocol_use, link)->user, context);
    }
}

/* Handles, each once; `handles` NULL: only counted. */
struct handle_set {
    EFI_HANDLE *handles;
    size_t capacity;
    size_t count;
    EFI_HANDLE driver; /* whose children are wanted */
};

static void add(struct handle_set *set, EFI_HANDLE handle)
{
    for (size_t i = 0; i < set->count; i++) {
        if (set->handles[i] == handle)
            return;
    }
    if (set->count < set->capacity)
        set->handles[set->count++] = handle;
}

static void add_driver(const struct protocol_user *user, void *context)
{
    if (user->attributes & EFI_OPEN_PROTOCOL_BY_DRIVER)
        add(context, user->agent);
}

static void add_child(const struct protocol_user *user, void *context)
{
    struct handle_set *set = context;

    if (user->attributes & EFI_OPEN_PROTOCOL_BY_CHILD_CONTROLLER && user->agent == set->driver)
        add(set, user->controller);
}

static void count_user(const struct protocol_user *user, void *context)
{
    (void)user;
    ++*(size_t *)context;
}

static EFI_STATUS collect(EFI_HANDLE controller,
                          void (*visit)(const struct protocol_user *user, void *context),
                          struct handle_set *set)
{
    for_each_user(controller, count_user, &set->capacity);
    set->handles = pool_new(set->capacity * sizeof(EFI_HANDLE));
    if (!set->handles)
        return EFI_OUT_OF_RESOURCES;
    for_each_user(controller, visit, set);
    return EFI_SUCCESS;
}

static bool contains(const struct handle_set *set, EFI_HANDLE handle)
{
    for (size_t i = 0; i < set->count; i++) {
        if (set->handles[i] == handle)
            return true;
    }
    return false;
}

/* Stops the wanted children first, and the driver itself when none is left. */
static EFI_STATUS stop(EFI_DRIVER_BINDING_PROTOCOL *binding, EFI_HANDLE controller,
                       EFI_HANDLE child, const struct handle_set *children)
{
    EFI_STATUS status = EFI_SUCCESS;

    if (child && !contains(children, child))
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
    struct handle_set children = {.driver = driver};
    EFI_STATUS status;

    if (!binding)
        return EFI_NOT_FOUND;
    status = collect(controller, add_child, &children);
    if (status != EFI_SUCCESS)
        return status;
    status = stop(binding, controller, child, &children);
    pool_free(children.handles);
    return status == EFI_SUCCESS ? EFI_SUCCESS : EFI_DEVICE_ERROR;
}

static EFI_STATUS disconnect_all(EFI_HANDLE controller, const struct handle_set *drivers,
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
    struct handle_set drivers = {0};
    EFI_STATUS status;

    if (!handle_find(controller) || (child && !handle_find(child)) ||
        (driver && !driver_binding_of(driver)))
        return EFI_INVALID_PARAMETER;
    status = collect(controller, add_driver, &drivers);
    if (status != EFI_SUCCESS)
        return status;
    status = disconnect_all(controller, &drivers, driver, child);
    pool_free(drivers.handles);
    return status;
}
