#include "shim/protocol/protocol_release.h"

#include <stdbool.h>
#include <stddef.h>

#include "shim/driver/driver.h"
#include "shim/protocol/handle.h"
#include "shim/protocol/open_protocol.h"
#include "shim/protocol/protocol_use.h"

#define BY_DRIVER EFI_OPEN_PROTOCOL_BY_DRIVER
#define EXCLUSIVE EFI_OPEN_PROTOCOL_EXCLUSIVE

/* The driver that has the protocol open and may be asked to give it up; NULL when there is none. */
static EFI_HANDLE driver_find(EFI_HANDLE handle, const EFI_GUID *guid, bool exclusive_too)
{
    struct handle *found = handle_find(handle);
    struct protocol *protocol = found ? handle_find_protocol(found, guid) : NULL;
    const struct protocol_use *owner = protocol ? protocol->owner : NULL;

    if (!owner || !(owner->user.attributes & BY_DRIVER))
        return NULL;
    return exclusive_too || !(owner->user.attributes & EXCLUSIVE) ? owner->user.agent : NULL;
}

/* Each round must get rid of one driver, or it would never end. */
static EFI_STATUS stop_drivers(EFI_HANDLE handle, const EFI_GUID *guid, bool exclusive_too)
{
    EFI_HANDLE driver;

    while ((driver = driver_find(handle, guid, exclusive_too))) {
        if (driver_disconnect(handle, driver, NULL) != EFI_SUCCESS ||
            driver_find(handle, guid, exclusive_too) == driver)
            return EFI_ACCESS_DENIED;
    }
    return EFI_SUCCESS;
}

EFI_STATUS protocol_stop_drivers(EFI_HANDLE handle, const EFI_GUID *guid)
{
    return stop_drivers(handle, guid, true);
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
