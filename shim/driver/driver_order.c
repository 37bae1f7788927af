#include "shim/driver/driver_order.h"

#include <stdbool.h>
#include <stdint.h>

#include "shim/memory/pool.h"
#include "shim/protocol/handle.h"
#include "shim/protocol/locate.h"

static const EFI_GUID binding_guid = EFI_DRIVER_BINDING_PROTOCOL_GUID;
static const EFI_GUID platform_guid = EFI_PLATFORM_DRIVER_OVERRIDE_PROTOCOL_GUID;
static const EFI_GUID bus_guid = EFI_BUS_SPECIFIC_DRIVER_OVERRIDE_PROTOCOL_GUID;
static const EFI_GUID family_guid = EFI_DRIVER_FAMILY_OVERRIDE_PROTOCOL_GUID;

EFI_DRIVER_BINDING_PROTOCOL *driver_binding_of(EFI_HANDLE handle)
{
    return handle_get_interface(handle, &binding_guid);
}

/* All handles with a binding, and those of them that were put into the order so far. */
struct candidates {
    EFI_HANDLE *all;
    UINTN count;
    struct driver_order *order;
};

static bool is_ordered(const struct driver_order *order, EFI_HANDLE handle)
{
    for (size_t i = 0; i < order->count; i++) {
        if (order->handles[i] == handle)
            return true;
    }
    return false;
}

/* Only what was there when the order was begun: its array has no room for more. */
static void add(struct candidates *candidates, EFI_HANDLE handle)
{
    struct driver_order *order = candidates->order;

    for (UINTN i = 0; i < candidates->count; i++) {
        if (candidates->all[i] == handle && !is_ordered(order, handle)) {
            order->handles[order->count++] = handle;
            return;
        }
    }
}

/* An override names an image; its bindings are those on that handle or made by that image. */
static void add_image(struct candidates *candidates, EFI_HANDLE image)
{
    for (UINTN i = 0; i < candidates->count; i++) {
        const EFI_DRIVER_BINDING_PROTOCOL *binding = driver_binding_of(candidates->all[i]);

        if (candidates->all[i] == image || (binding && binding->ImageHandle == image))
            add(candidates, candidates->all[i]);
    }
}

static void add_chosen(struct candidates *candidates, const EFI_HANDLE *chosen)
{
    for (; chosen && *chosen; chosen++)
        add(candidates, *chosen);
}

static void add_platform_override(struct candidates *candidates, EFI_HANDLE controller)
{
    EFI_PLATFORM_DRIVER_OVERRIDE_PROTOCOL *override;
    EFI_HANDLE image = NULL;

    if (locate_protocol(&platform_guid, NULL, (void **)&override) != EFI_SUCCESS)
        return;
    for (UINTN i = 0; i < candidates->count; i++) {
        if (override->GetDriver(override, controller, &image) != EFI_SUCCESS)
            return;
        add_image(candidates, image);
    }
}

static void add_bus_override(struct candidates *candidates, EFI_HANDLE controller)
{
    EFI_BUS_SPECIFIC_DRIVER_OVERRIDE_PROTOCOL *override =
        handle_get_interface(controller, &bus_guid);
    EFI_HANDLE image = NULL;

    for (UINTN i = 0; override && i < candidates->count; i++) {
        if (override->GetDriver(override, &image) != EFI_SUCCESS)
            return;
        add_image(candidates, image);
    }
}

static bool version_of_family(EFI_HANDLE handle, uint32_t *ret_version)
{
    EFI_DRIVER_FAMILY_OVERRIDE_PROTOCOL *override = handle_get_interface(handle, &family_guid);

    if (!override)
        return false;
    *ret_version = override->GetVersion(override);
    return true;
}

static bool version_of_binding(EFI_HANDLE handle, uint32_t *ret_version)
{
    const EFI_DRIVER_BINDING_PROTOCOL *binding = driver_binding_of(handle);

    if (!binding)
        return false;
    *ret_version = binding->Version;
    return true;
}

/* Highest version first; of equals the older handle. */
static void add_by_version(struct candidates *candidates,
                           bool (*version_of)(EFI_HANDLE handle, uint32_t *ret_version))
{
    for (;;) {
        EFI_HANDLE best = NULL;
        uint32_t best_version = 0;

        for (UINTN i = 0; i < candidates->count; i++) {
            uint32_t version;

            if (is_ordered(candidates->order, candidates->all[i]) ||
                !version_of(candidates->all[i], &version))
                continue;
            if (!best || version > best_version) {
                best = candidates->all[i];
                best_version = version;
            }
        }
        if (!best)
            return;
        add(candidates, best);
    }
}

EFI_STATUS driver_order_make(EFI_HANDLE controller, const EFI_HANDLE *chosen,
                             struct driver_order *ret_order)
{
    struct candidates candidates = {.order = ret_order};
    EFI_STATUS status;

    *ret_order = (struct driver_order){0};
    status =
        locate_handle_buffer(ByProtocol, &binding_guid, NULL, &candidates.count, &candidates.all);
    if (status != EFI_SUCCESS)
        return status == EFI_NOT_FOUND ? EFI_SUCCESS : status;
    ret_order->handles = pool_new(candidates.count * sizeof(EFI_HANDLE));
    if (!ret_order->handles) {
        pool_free(candidates.all);
        return EFI_OUT_OF_RESOURCES;
    }
    add_chosen(&candidates, chosen);
    add_platform_override(&candidates, controller);
    add_by_version(&candidates, version_of_family);
    add_bus_override(&candidates, controller);
    add_by_version(&candidates, version_of_binding);
    pool_free(candidates.all);
    return EFI_SUCCESS;
}

void driver_order_free(struct driver_order *order)
{
    if (order->handles)
        pool_free(order->handles);
}
