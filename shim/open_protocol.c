#include "shim/open_protocol.h"

#include <stdbool.h>
#include <stddef.h>

#include "shim/handle.h"
#include "shim/pool.h"

#define BY_DRIVER EFI_OPEN_PROTOCOL_BY_DRIVER
#define EXCLUSIVE EFI_OPEN_PROTOCOL_EXCLUSIVE

static EFI_HANDLE firmware_handle;

/* Which parameters must be valid handles depends on the kind of use. */
static bool parameters_are_valid(EFI_HANDLE handle, EFI_HANDLE agent, EFI_HANDLE controller,
                                 uint32_t attributes)
{
    switch (attributes) {
    case EFI_OPEN_PROTOCOL_BY_HANDLE_PROTOCOL:
    case EFI_OPEN_PROTOCOL_GET_PROTOCOL:
    case EFI_OPEN_PROTOCOL_TEST_PROTOCOL:
        return true;
    case EFI_OPEN_PROTOCOL_BY_CHILD_CONTROLLER:
        return handle_find(agent) && handle_find(controller) && handle != controller;
    case BY_DRIVER:
    case BY_DRIVER | EXCLUSIVE:
        return handle_find(agent) && handle_find(controller);
    case EXCLUSIVE:
        return handle_find(agent);
    default:
        return false;
    }
}

static struct protocol_open *open_find(struct protocol *protocol, EFI_HANDLE agent,
                                       EFI_HANDLE controller, uint32_t attributes)
{
    list_for_each (link, next, &protocol->opens) {
        struct protocol_open *open = container_of(link, struct protocol_open, link);

        if (open->agent == agent && open->controller == controller &&
            open->attributes == attributes)
            return open;
    }
    return NULL;
}

/* The use that keeps others out, if there is one. */
static struct protocol_open *open_find_owner(struct protocol *protocol)
{
    list_for_each (link, next, &protocol->opens) {
        struct protocol_open *open = container_of(link, struct protocol_open, link);

        if (open->attributes & (BY_DRIVER | EXCLUSIVE))
            return open;
    }
    return NULL;
}

static EFI_STATUS check_conflict(struct protocol *protocol, EFI_HANDLE agent, EFI_HANDLE controller,
                                 uint32_t attributes)
{
    struct protocol_open *owner = open_find_owner(protocol);

    if (!owner || !(attributes & (BY_DRIVER | EXCLUSIVE)))
        return EFI_SUCCESS;
    if (owner->agent == agent && owner->controller == controller &&
        owner->attributes == attributes && attributes & BY_DRIVER)
        return EFI_ALREADY_STARTED;
    return EFI_ACCESS_DENIED;
}

static EFI_STATUS record_use(struct protocol *protocol, EFI_HANDLE agent, EFI_HANDLE controller,
                             uint32_t attributes)
{
    struct protocol_open *open = open_find(protocol, agent, controller, attributes);

    if (open) {
        open->count++;
        return EFI_SUCCESS;
    }
    open = pool_new(sizeof(*open));
    if (!open)
        return EFI_OUT_OF_RESOURCES;
    *open = (struct protocol_open){
        .agent = agent, .controller = controller, .attributes = attributes, .count = 1};
    list_append(&protocol->opens, &open->link);
    return EFI_SUCCESS;
}

EFI_STATUS open_protocol(EFI_HANDLE handle, const EFI_GUID *guid, void **ret_interface,
                         EFI_HANDLE agent, EFI_HANDLE controller, uint32_t attributes)
{
    bool test_only = attributes == EFI_OPEN_PROTOCOL_TEST_PROTOCOL;
    struct handle *found = handle_find(handle);
    struct protocol *protocol;
    EFI_STATUS status;

    if (!guid || (!ret_interface && !test_only) || !found ||
        !parameters_are_valid(handle, agent, controller, attributes))
        return EFI_INVALID_PARAMETER;
    protocol = handle_find_protocol(found, guid);
    if (!protocol) {
        if (!test_only)
            *ret_interface = NULL;
        return EFI_UNSUPPORTED;
    }
    status = check_conflict(protocol, agent, controller, attributes);
    /* Who has it already is given it again. */
    if (!test_only && (status == EFI_SUCCESS || status == EFI_ALREADY_STARTED))
        *ret_interface = protocol->interface;
    if (status != EFI_SUCCESS || test_only)
        return status;
    /* A look without an agent's name leaves no trace. */
    return handle_find(agent) ? record_use(protocol, agent, controller, attributes) : EFI_SUCCESS;
}

void open_protocol_set_firmware(EFI_HANDLE handle)
{
    firmware_handle = handle;
}

EFI_STATUS open_protocol_for_firmware(EFI_HANDLE handle, const EFI_GUID *guid, void **ret_interface)
{
    return open_protocol(handle, guid, ret_interface, firmware_handle, NULL,
                         EFI_OPEN_PROTOCOL_BY_HANDLE_PROTOCOL);
}

EFI_STATUS close_protocol(EFI_HANDLE handle, const EFI_GUID *guid, EFI_HANDLE agent,
                          EFI_HANDLE controller)
{
    struct handle *found = handle_find(handle);
    struct protocol *protocol;
    EFI_STATUS status = EFI_NOT_FOUND;

    if (!found || !guid || !handle_find(agent) || (controller && !handle_find(controller)))
        return EFI_INVALID_PARAMETER;
    protocol = handle_find_protocol(found, guid);
    if (!protocol)
        return EFI_NOT_FOUND;
    list_for_each (link, next, &protocol->opens) {
        struct protocol_open *open = container_of(link, struct protocol_open, link);

        if (open->agent == agent && open->controller == controller) {
            list_remove(link);
            pool_free(open);
            status = EFI_SUCCESS;
        }
    }
    return status;
}

static void forget_agent_of(struct protocol *protocol, EFI_HANDLE agent)
{
    list_for_each (link, next, &protocol->opens) {
        struct protocol_open *open = container_of(link, struct protocol_open, link);

        if (open->agent == agent) {
            list_remove(link);
            pool_free(open);
        }
    }
}

void open_protocol_forget_agent(EFI_HANDLE agent)
{
    list_for_each (link, next, handle_list()) {
        struct handle *handle = container_of(link, struct handle, link);

        list_for_each (protocol_link, protocol_next, &handle->protocols)
            forget_agent_of(container_of(protocol_link, struct protocol, link), agent);
    }
}

static size_t open_count(struct protocol *protocol)
{
    size_t count = 0;

    list_for_each (link, next, &protocol->opens)
        count++;
    return count;
}

EFI_STATUS open_protocol_information(EFI_HANDLE handle, const EFI_GUID *guid,
                                     EFI_OPEN_PROTOCOL_INFORMATION_ENTRY **ret_entries,
                                     UINTN *ret_count)
{
    struct handle *found = handle_find(handle);
    struct protocol *protocol = found && guid ? handle_find_protocol(found, guid) : NULL;
    EFI_OPEN_PROTOCOL_INFORMATION_ENTRY *entry;
    size_t count;

    if (!found || !guid || !ret_entries || !ret_count)
        return EFI_INVALID_PARAMETER;
    if (!protocol)
        return EFI_NOT_FOUND;
    count = open_count(protocol);
    entry = pool_new(count * sizeof(*entry));
    if (!entry)
        return EFI_OUT_OF_RESOURCES;
    *ret_entries = entry;
    *ret_count = count;
    list_for_each (link, next, &protocol->opens) {
        const struct protocol_open *open = container_of(link, struct protocol_open, link);

        *entry++ = (EFI_OPEN_PROTOCOL_INFORMATION_ENTRY){
            .AgentHandle = open->agent,
            .ControllerHandle = open->controller,
            .Attributes = open->attributes,
            .OpenCount = open->count,
        };
    }
    return EFI_SUCCESS;
}
