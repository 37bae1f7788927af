#include "shim/handle.h"

#include <stddef.h>

#include "shim/guid.h"
#include "shim/pool.h"
#include "shim/protocol_notify.h"

#define LOOKUPS                                                              \
    (EFI_OPEN_PROTOCOL_BY_HANDLE_PROTOCOL | EFI_OPEN_PROTOCOL_GET_PROTOCOL | \
     EFI_OPEN_PROTOCOL_TEST_PROTOCOL)

static struct list handles = LIST_EMPTY(handles);
static uint64_t last_sequence;

struct list *handle_list(void)
{
    return &handles;
}

struct handle *handle_find(EFI_HANDLE handle)
{
    list_for_each (link, next, &handles) {
        struct handle *found = container_of(link, struct handle, link);

        if (found == handle)
            return found;
    }
    return NULL;
}

struct protocol *handle_find_protocol(struct handle *handle, const EFI_GUID *guid)
{
    list_for_each (link, next, &handle->protocols) {
        struct protocol *protocol = container_of(link, struct protocol, link);

        if (guid_equal(&protocol->guid, guid))
            return protocol;
    }
    return NULL;
}

static struct protocol *protocol_new(struct handle *handle, const EFI_GUID *guid, void *interface)
{
    struct protocol *protocol = pool_new(sizeof(*protocol));

    if (!protocol)
        return NULL;
    protocol->handle = handle;
    protocol->guid = *guid;
    protocol->interface = interface;
    protocol->sequence = ++last_sequence;
    list_init(&protocol->opens);
    return protocol;
}

static struct handle *handle_new(void)
{
    struct handle *handle = pool_new(sizeof(*handle));

    if (!handle)
        return NULL;
    list_init(&handle->protocols);
    list_append(&handles, &handle->link);
    return handle;
}

static void handle_delete_if_empty(struct handle *handle)
{
    if (handle->holds || !list_is_empty(&handle->protocols))
        return;
    list_remove(&handle->link);
    pool_free(handle);
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
    struct protocol *protocol;

    if (!handle || !guid)
        return EFI_INVALID_PARAMETER;
    target = *handle ? handle_find(*handle) : handle_new();
    if (!target)
        return *handle ? EFI_INVALID_PARAMETER : EFI_OUT_OF_RESOURCES;
    if (handle_find_protocol(target, guid))
        return EFI_INVALID_PARAMETER;
    protocol = protocol_new(target, guid, interface);
    if (!protocol) {
        handle_delete_if_empty(target);
        return EFI_OUT_OF_RESOURCES;
    }
    list_append(&target->protocols, &protocol->link);
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

/* Uses by mere lookup end with the protocol; everybody else must let go first. */
static EFI_STATUS close_all_uses(struct protocol *protocol)
{
    list_for_each (link, next, &protocol->opens) {
        struct protocol_open *open = container_of(link, struct protocol_open, link);

        if (open->attributes & ~LOOKUPS)
            return EFI_ACCESS_DENIED;
    }
    list_for_each (link, next, &protocol->opens) {
        list_remove(link);
        pool_free(container_of(link, struct protocol_open, link));
    }
    return EFI_SUCCESS;
}

EFI_STATUS handle_uninstall(EFI_HANDLE handle, const EFI_GUID *guid, void *interface)
{
    struct protocol *protocol;
    struct handle *owner;
    EFI_STATUS status = find_installed(handle, guid, interface, &protocol);

    if (status == EFI_SUCCESS)
        status = close_all_uses(protocol);
    if (status != EFI_SUCCESS)
        return status;
    owner = protocol->handle;
    list_remove(&protocol->link);
    pool_free(protocol);
    handle_delete_if_empty(owner);
    return EFI_SUCCESS;
}

EFI_STATUS handle_reinstall(EFI_HANDLE handle, const EFI_GUID *guid, void *old_interface,
                            void *new_interface)
{
    struct protocol *protocol;
    EFI_STATUS status = find_installed(handle, guid, old_interface, &protocol);

    if (status == EFI_SUCCESS)
        status = close_all_uses(protocol);
    if (status != EFI_SUCCESS)
        return status;
    protocol->interface = new_interface;
    protocol->sequence = ++last_sequence;
    protocol_notify(guid);
    return EFI_SUCCESS;
}

void *handle_get_interface(EFI_HANDLE handle, const EFI_GUID *guid)
{
    struct handle *found = handle_find(handle);
    struct protocol *protocol = found ? handle_find_protocol(found, guid) : NULL;

    return protocol ? protocol->interface : NULL;
}
