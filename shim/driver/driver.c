#include "shim/driver/driver.h"

#include <stddef.h>

#include "shim/driver/child_controllers.h"
#include "shim/driver/driver_order.h"
#include "shim/protocol/handle.h"

/* Bus drivers make children that bus drivers connect: real machines are a few levels deep. */
#define DEPTH_MAX 16

/*
 * Starts the best driver that supports the controller as it is now. `handles` of drivers that were
 * tried become NULL: each gets one chance, but a driver may need what another one adds.
 */
static bool start_one(EFI_HANDLE controller, struct driver_order *order, EFI_DEVICE_PATH *remaining,
                      bool *started)
{
    for (size_t i = 0; i < order->count && handle_find(controller); i++) {
        EFI_DRIVER_BINDING_PROTOCOL *binding = driver_binding_of(order->handles[i]);

        if (!binding || binding->Supported(binding, controller, remaining) != EFI_SUCCESS)
            continue;
        order->handles[i] = NULL;
        if (binding->Start(binding, controller, remaining) == EFI_SUCCESS)
            *started = true;
        return true;
    }
    return false;
}

static EFI_STATUS connect_at_depth(EFI_HANDLE controller, const EFI_HANDLE *chosen,
                                   EFI_DEVICE_PATH *remaining, bool recursive, unsigned int depth);

static void connect_children(EFI_HANDLE controller, unsigned int depth)
{
    struct child_controllers children;

    if (depth >= DEPTH_MAX || child_controllers_get(controller, NULL, &children) != EFI_SUCCESS)
        return;
    for (size_t i = 0; i < children.count; i++) {
        if (handle_find(children.handles[i]))
            connect_at_depth(children.handles[i], NULL, NULL, true, depth + 1);
    }
    child_controllers_free(&children);
}

static EFI_STATUS connect_at_depth(EFI_HANDLE controller, const EFI_HANDLE *chosen,
                                   EFI_DEVICE_PATH *remaining, bool recursive, unsigned int depth)
{
    struct driver_order order;
    bool started = false;
    EFI_STATUS status = driver_order_make(controller, chosen, &order);

    if (status != EFI_SUCCESS)
        return status;
    while (start_one(controller, &order, remaining, &started))
        ;
    driver_order_free(&order);
    if (recursive)
        connect_children(controller, depth);
    if (started)
        return EFI_SUCCESS;
    /* A remaining path of nothing but its end asks for no child: that was done. */
    return remaining && IsDevicePathEnd(remaining) ? EFI_SUCCESS : EFI_NOT_FOUND;
}

EFI_STATUS driver_connect(EFI_HANDLE controller, const EFI_HANDLE *chosen,
                          EFI_DEVICE_PATH *remaining, bool recursive)
{
    if (!handle_find(controller))
        return EFI_INVALID_PARAMETER;
    return connect_at_depth(controller, chosen, remaining, recursive, 0);
}
