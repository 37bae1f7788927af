#include "shim/protocol/locate.h"

#include <stdbool.h>
#include <stddef.h>

#include "shim/device_path/device_path.h"
#include "shim/device_path/device_path_index.h"
#include "shim/memory/pool.h"
#include "shim/protocol/handle.h"
#include "shim/protocol/protocol_notify.h"

/* Where handles are written to, as many as there is room for. */
struct collection {
    EFI_HANDLE *handles;
    size_t room;
    size_t count; /* of all that there are */
};

static void collect(struct collection *collection, struct handle *handle)
{
    if (collection->count < collection->room)
        collection->handles[collection->count] = handle;
    collection->count++;
}

/* The handles that have `guid` (any when NULL). */
static void collect_handles(const EFI_GUID *guid, struct collection *collection)
{
    if (!guid) {
        list_for_each (link, next, handle_list())
            collect(collection, container_of(link, struct handle, link));
        return;
    }
    for (struct protocol *p = handle_first_with(guid); p; p = handle_next_with(p))
        collect(collection, p->handle);
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
    struct collection found = {.handles = ret_handles};

    if (!bytes || (unsigned int)how > ByProtocol || (how == ByProtocol && !guid) ||
        (how == ByRegisterNotify && !key))
        return EFI_INVALID_PARAMETER;
    if (how == ByRegisterNotify)
        return locate_registered(key, bytes, ret_handles);
    found.room = ret_handles ? *bytes / sizeof(EFI_HANDLE) : 0;
    collect_handles(how == ByProtocol ? guid : NULL, &found);
    if (!found.count)
        return EFI_NOT_FOUND;
    if (*bytes / sizeof(EFI_HANDLE) >= found.count && !ret_handles)
        return EFI_INVALID_PARAMETER;
    *bytes = found.count * sizeof(EFI_HANDLE);
    return found.room < found.count ? EFI_BUFFER_TOO_SMALL : EFI_SUCCESS;
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
    struct protocol *protocol;

    if (!guid || !ret_interface)
        return EFI_INVALID_PARAMETER;
    *ret_interface = NULL;
    protocol = registration ? protocol_notify_next(registration) : handle_first_with(guid);
    if (!protocol)
        return EFI_NOT_FOUND;
    *ret_interface = protocol->interface;
    return EFI_SUCCESS;
}

EFI_STATUS locate_device_path(const EFI_GUID *guid, EFI_DEVICE_PATH **path, EFI_HANDLE *ret_handle)
{
    EFI_DEVICE_PATH *rest;
    struct handle *found;

    if (!guid || !path || !*path || !device_path_bytes(*path))
        return EFI_INVALID_PARAMETER;
    found = device_path_index_find(guid, *path, &rest);
    if (!found)
        return EFI_NOT_FOUND;
    if (!ret_handle)
        return EFI_INVALID_PARAMETER;
    *ret_handle = found;
    *path = rest;
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
        *guids++ = &container_of(link, struct protocol, link)->by_handle.guid;
    return EFI_SUCCESS;
}
