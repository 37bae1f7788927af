#include "shim/locate.h"

#include <stdbool.h>
#include <stddef.h>

#include "shim/device_path.h"
#include "shim/handle.h"
#include "shim/pool.h"
#include "shim/protocol_notify.h"

static EFI_GUID device_path_guid = EFI_DEVICE_PATH_PROTOCOL_GUID;

/* Writes the handles that have `guid` (any when NULL) as far as `capacity` goes; returns how many
 * exist. */
static size_t collect_handles(const EFI_GUID *guid, EFI_HANDLE *ret_handles, size_t capacity)
{
    size_t count = 0;

    list_for_each (link, next, handle_list()) {
        struct handle *handle = container_of(link, struct handle, link);

        if (guid && !handle_find_protocol(handle, guid))
            continue;
        if (count < capacity)
            ret_handles[count] = handle;
        count++;
    }
    return count;
}

static EFI_STATUS locate_registered(const void *key, UINTN *bytes, EFI_HANDLE *ret_handles)
{
    struct protocol *protocol;

    if (*bytes < sizeof(EFI_HANDLE)) {
        *bytes = sizeof(EFI_HANDLE);
        return EFI_BUFFER_TOO_SMALL;
    }
    if (!ret_handles)
        return EFI_INVALID_PARAMETER;
    protocol = protocol_notify_next(key);
    if (!protocol)
        return EFI_NOT_FOUND;
    *bytes = sizeof(EFI_HANDLE);
    ret_handles[0] = protocol->handle;
    return EFI_SUCCESS;
}

EFI_STATUS locate_handle(EFI_LOCATE_SEARCH_TYPE how, const EFI_GUID *guid, const void *key,
                         UINTN *bytes, EFI_HANDLE *ret_handles)
{
    size_t count;
    size_t offered;

    if (!bytes || (unsigned int)how > ByProtocol || (how == ByProtocol && !guid) ||
        (how == ByRegisterNotify && !key))
        return EFI_INVALID_PARAMETER;
    if (how == ByRegisterNotify)
        return locate_registered(key, bytes, ret_handles);
    offered = ret_handles ? *bytes / sizeof(EFI_HANDLE) : 0;
    count = collect_handles(how == ByProtocol ? guid : NULL, ret_handles, offered);
    if (!count)
        return EFI_NOT_FOUND;
    if (*bytes / sizeof(EFI_HANDLE) >= count && !ret_handles)
        return EFI_INVALID_PARAMETER;
    *bytes = count * sizeof(EFI_HANDLE);
    return offered < count ? EFI_BUFFER_TOO_SMALL : EFI_SUCCESS;
}

EFI_STATUS locate_handle_buffer(EFI_LOCATE_SEARCH_TYPE how, const EFI_GUID *guid, const void *key,
                                UINTN *ret_count, EFI_HANDLE **ret_handles)
{
    UINTN bytes = 0;
    EFI_HANDLE *handles;
    EFI_STATUS status;

    if (!ret_count || !ret_handles)
        return EFI_INVALID_PARAMETER;
    *ret_count = 0;
    *ret_handles = NULL;
    status = locate_handle(how, guid, key, &bytes, NULL);
    if (status != EFI_BUFFER_TOO_SMALL)
        return status;
    handles = pool_new(bytes);
    if (!handles)
        return EFI_OUT_OF_RESOURCES;
    status = locate_handle(how, guid, key, &bytes, handles);
    if (status != EFI_SUCCESS) {
        pool_free(handles);
        return status;
    }
    *ret_count = bytes / sizeof(EFI_HANDLE);
    *ret_handles = handles;
    return EFI_SUCCESS;
}

EFI_STATUS locate_protocol(const EFI_GUID *guid, const void *registration, void **ret_interface)
{
    struct protocol *protocol = NULL;
    EFI_HANDLE handle;

    if (!guid || !ret_interface)
        return EFI_INVALID_PARAMETER;
    *ret_interface = NULL;
    if (registration)
        protocol = protocol_notify_next(registration);
    else if (collect_handles(guid, &handle, 1))
        protocol = handle_find_protocol(handle, guid);
    if (!protocol)
        return EFI_NOT_FOUND;
    *ret_interface = protocol->interface;
    return EFI_SUCCESS;
}

EFI_STATUS locate_device_path(const EFI_GUID *guid, EFI_DEVICE_PATH **path, EFI_HANDLE *ret_handle)
{
    struct handle *best = NULL;
    EFI_DEVICE_PATH *best_rest = NULL;

    if (!guid || !path || !*path || !device_path_bytes(*path))
        return EFI_INVALID_PARAMETER;
    list_for_each (link, next, handle_list()) {
        struct handle *handle = container_of(link, struct handle, link);
        struct protocol *device = handle_find_protocol(handle, &device_path_guid);
        EFI_DEVICE_PATH *rest;

        if (!device || !device->interface || !handle_find_protocol(handle, guid))
            continue;
        rest = device_path_behind(*path, device->interface);
        if (rest && rest > best_rest) {
            best = handle;
            best_rest = rest;
        }
    }
    if (!best)
        return EFI_NOT_FOUND;
    if (!ret_handle)
        return EFI_INVALID_PARAMETER;
    *ret_handle = best;
    *path = best_rest;
    return EFI_SUCCESS;
}

EFI_STATUS locate_protocols_of(EFI_HANDLE handle, EFI_GUID ***ret_guids, UINTN *ret_count)
{
    struct handle *found = handle_find(handle);
    EFI_GUID **guids;
    size_t count = 0;

    if (!found || !ret_guids || !ret_count)
        return EFI_INVALID_PARAMETER;
    list_for_each (link, next, &found->protocols)
        count++;
    guids = pool_new(count * sizeof(void *));
    if (!guids)
        return EFI_OUT_OF_RESOURCES;
    *ret_guids = guids;
    *ret_count = count;
    list_for_each (link, next, &found->protocols)
        *guids++ = &container_of(link, struct protocol, link)->guid;
    return EFI_SUCCESS;
}
