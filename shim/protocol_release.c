#include "shim/protocol_release.h"

#include <stdbool.h>
#include <stddef.h>

#include "shim/driver.h"
#include "shim/handle.h"
#include "shim/open_protocol.h"

#define BY_DRIVER EFI_OPEN_PROTOCOL_BY_DRIVER
#define EXCLUSIVE EFI_OPEN_PROTOCOL_EXCLUSIVE

/* A driver that has the protocol open and may be asked to give it up. */
static const struct protocol_open *driver_find(EFI_HANDLE handle, const EFI_GUID *guid,
                                               bool exclusive_too)
{
    struct handle *found = handle_find(handle);
    struct protocol *protocol = found ? handle_find_protocol(found, guid) : NULL;

    if (!protocol)
        return NULL;
    list_for_each (link, next, &protocol->opens) {
        const struct protocol_open *open = container_of(link, struct protocol_open, link);

        if (open->attributes & BY_DRIVER && (exclusive_too || !(open->attributes & EXCLUSIVE)))
            return open;
    }
    return NULL;
}

/* Each round must get rid of one driver, or it would never end. */
static EFI_STATUS stop_drivers(EFI_HANDLE handle, const EFI_GUID *guid, bool exclusive_too)
{
    const struct protocol_open *open;

    while ((open = driver_find(handle, guid, exclusive_too))) {
        EFI_HANDLE driver = open->agent;
        const struct protocol_open *next;

        if (driver_disconnect(handle, driver, NULL) != EFI_SUCCESS)
            return EFI_ACCESS_DENIED;
        next = driver_find(handle, guid, exclusive_too);
        if (next && next->agent == driver)
            return EFI_ACCESS_DENIED;
    }
    return EFI_SUCCESS;
}

static bool is_installed(EFI_HANDLE handle, const EFI_GUID *guid, const void *interface)
{
    struct handle *found = handle_find(handle);
    struct protocol *protocol = found && guid ? handle_find_protocol(found, guid) : NULL;

    return protocol && protocol->interface == interface;
}

EFI_STATUS protocol_uninstall(EFI_HANDLE handle, const EFI_GUID *guid, void *interface)
{
    EFI_STATUS status = EFI_SUCCESS;

    if (is_installed(handle, guid, interface))
        status = stop_drivers(handle, guid, true);
    if (status == EFI_SUCCESS)
        status = handle_uninstall(handle, guid, interface);
    /* It stays: whoever was stopped for nothing may have it again. */
    if (status == EFI_ACCESS_DENIED)
        driver_connect(handle, NULL, NULL, true);
    return status;
}

EFI_STATUS protocol_reinstall(EFI_HANDLE handle, const EFI_GUID *guid, void *old_interface,
                              void *new_interface)
{
    EFI_STATUS status = EFI_SUCCESS;

    if (is_installed(handle, guid, old_interface))
        status = stop_drivers(handle, guid, true);
    if (status == EFI_SUCCESS)
        status = handle_reinstall(handle, guid, old_interface, new_interface);
    if (status == EFI_SUCCESS || status == EFI_ACCESS_DENIED)
        driver_connect(handle, NULL, NULL, true);
    return status;
}

EFI_STATUS protocol_open(EFI_HANDLE handle, const EFI_GUID *guid, void **ret_interface,
                         EFI_HANDLE agent, EFI_HANDLE controller, uint32_t attributes)
{
    EFI_STATUS status = open_protocol(handle, guid, ret_interface, agent, controller, attributes);

    if (status != EFI_ACCESS_DENIED || !(attributes & EXCLUSIVE) ||
        stop_drivers(handle, guid, false) != EFI_SUCCESS)
        return status;
    return open_protocol(handle, guid, ret_interface, agent, controller, attributes);
}
