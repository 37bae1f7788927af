#include "shim/protocol/handle.h"

#include <stdbool.h>
#include <stddef.h>

#include "shim/device_path/device_path.h"
#include "shim/device_path/device_path_index.h"
#include "shim/guid.h"
#include "shim/memory/pool.h"
#include "shim/protocol/protocol_notify.h"
#include "shim/protocol/protocol_use.h"

static struct list handles = LIST_EMPTY(handles);
static uint64_t last_handle;
static struct tree by_handle = GUID_INDEX_EMPTY;
static struct tree by_installing = GUID_INDEX_EMPTY;
static uint64_t last_installation;

struct list *handle_list(void)
{
    return &handles;
}

struct handle *handle_find(EFI_HANDLE handle)
{
    return pool_has_object(handle, POOL_HANDLE) ? handle : NULL;
}

static struct protocol *of_handle_entry(struct guid_entry *entry)
{
    return entry ? container_of(entry, struct protocol, by_handle) : NULL;
}

struct protocol *handle_find_protocol(struct handle *handle, const EFI_GUID *guid)
{
    struct protocol *found = of_handle_entry(guid_index_find(&by_handle, guid, handle->number));

    return found && found->handle == handle ? found : NULL;
}

struct protocol *handle_first_with(const EFI_GUID *guid)
{
    return of_handle_entry(guid_index_find(&by_handle, guid, 0));
}

struct protocol *handle_next_with(const struct protocol *protocol)
{
    return of_handle_entry(guid_index_next(&protocol->by_handle));
}

struct protocol *handle_find_installed_after(const EFI_GUID *guid, uint64_t number)
{
    struct guid_entry *entry = guid_index_find(&by_installing, guid, number + 1);

    return entry ? container_of(entry, struct protocol, by_installing) : NULL;
}

static bool is_device_path(const struct protocol *protocol)
{
    return guid_equal(&protocol->by_handle.guid, &device_path_protocol_guid);
}

static void record_installation(struct protocol *protocol, const EFI_GUID *guid)
{
    guid_index_add(&by_installing, &protocol->by_installing, guid, ++last_installation);
    if (is_device_path(protocol))
        device_path_index_add(protocol->handle, protocol->interface);
}

/* Takes back what record_installation() did. */
static void forget_installation(struct protocol *protocol)
{
    tree_remove(&by_installing, &protocol->by_installing.node);
    if (is_device_path(protocol))
        device_path_index_remove(protocol->handle);
}

static EFI_STATUS protocol_add(struct handle *handle, const EFI_GUID *guid, void *interface)
{
    struct protocol *protocol = pool_new_object(POOL_PROTOCOL, sizeof(*protocol));

    if (!protocol)
        return EFI_OUT_OF_RESOURCES;
    protocol->handle = handle;
    protocol->interface = interface;
    list_init(&protocol->uses);
    list_append(&handle->protocols, &protocol->link);
    guid_index_add(&by_handle, &protocol->by_handle, guid, handle->number);
    record_installation(protocol, guid);
    return EFI_SUCCESS;
}

static void protocol_remove(struct protocol *protocol)
{
    forget_installation(protocol);
    tree_remove(&by_handle, &protocol->by_handle.node);
    list_remove(&protocol->link);
    pool_free_object(protocol, POOL_PROTOCOL);
}

static struct handle *handle_new(void)
{
    struct handle *handle = pool_new_object(POOL_HANDLE, sizeof(*handle));

    if (!handle)
        return NULL;
    handle->number = ++last_handle;
    list_init(&handle->protocols);
    list_append(&handles, &handle->link);
    return handle;
}

static void handle_delete_if_empty(struct handle *handle)
{
    if (handle->holds || !list_is_empty(&handle->protocols))
        return;
    list_remove(&handle->link);
    pool_free_object(handle, POOL_HANDLE);
}

struct handle *handle_hold(EFI_HANDLE handle)
{
    struct handle *found = handle_find(handle);

    if (found)
        found->holds++;
    return found;
}

void handle_release(struct handle *handle)
{
    if (!handle)
        return;
    handle->holds--;
    handle_delete_if_empty(handle);
}

EFI_STATUS handle_install(EFI_HANDLE *handle, const EFI_GUID *guid, void *interface)
{
    struct handle *target;
    EFI_STATUS status;

    if (!handle || !guid)
        return EFI_INVALID_PARAMETER;
    target = *handle ? handle_find(*handle) : handle_new();
    if (!target)
        return *handle ? EFI_INVALID_PARAMETER : EFI_OUT_OF_RESOURCES;
    if (handle_find_protocol(target, guid))
        return EFI_INVALID_PARAMETER;
    status = protocol_add(target, guid, interface);
    if (status != EFI_SUCCESS) {
        handle_delete_if_empty(target);
        return status;
    }
    *handle = target;
    protocol_notify(guid);
    return EFI_SUCCESS;
}

static EFI_STATUS find_installed(EFI_HANDLE handle, const EFI_GUID *guid, const void *interface,
                                 struct protocol **ret_protocol)
{
    struct handle *found = handle_find(handle);
    struct protocol *protocol;

    if (!found || !guid)
        return EFI_INVALID_PARAMETER;
    protocol = handle_find_protocol(found, guid);
    if (!protocol || protocol->interface != interface)
        return EFI_NOT_FOUND;
    *ret_protocol = protocol;
    return EFI_SUCCESS;
}

EFI_STATUS handle_uninstall(EFI_HANDLE handle, const EFI_GUID *guid, void *interface)
{
    struct protocol *protocol;
    struct handle *owner;
    EFI_STATUS status = find_installed(handle, guid, interface, &protocol);

    if (status == EFI_SUCCESS)
        status = protocol_use_end_lookups(protocol);
    if (status != EFI_SUCCESS)
        return status;
    owner = protocol->handle;
    protocol_remove(protocol);
    handle_delete_if_empty(owner);
    return EFI_SUCCESS;
}

EFI_STATUS handle_reinstall(EFI_HANDLE handle, const EFI_GUID *guid, void *old_interface,
                            void *new_interface)
{
    struct protocol *protocol;
    EFI_STATUS status = find_installed(handle, guid, old_interface, &protocol);

    if (status == EFI_SUCCESS)
        status = protocol_use_end_lookups(protocol);
    if (status != EFI_SUCCESS)
        return status;
    forget_installation(protocol);
    protocol->interface = new_interface;
    record_installation(protocol, guid);
    protocol_notify(guid);
    return EFI_SUCCESS;
}

void *handle_get_interface(EFI_HANDLE handle, const EFI_GUID *guid)
{
    struct handle *found = handle_find(handle);
    struct protocol *protocol = found ? handle_find_protocol(found, guid) : NULL;

    return protocol ? protocol->interface : NULL;
}
