#include "shim/protocol/open_protocol.h"

#include <stdbool.h>
#include <stddef.h>

#include "shim/memory/pool.h"
#include "shim/protocol/handle.h"
#include "shim/protocol/protocol_use.h"

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

static EFI_STATUS check_conflict(const struct protocol *protocol, struct protocol_user user)
{
    const struct protocol_use *owner = protocol->owner;

    if (!owner || !(user.attributes & (BY_DRIVER | EXCLUSIVE)))
        return EFI_SUCCESS;
    if (owner->user.agent == user.agent && owner->user.controller == user.controller &&
        owner->user.attributes == user.attributes && user.attributes & BY_DRIVER)
        return EFI_ALREADY_STARTED;
    return EFI_ACCESS_DENIED;
}

EFI_STATUS open_protocol(EFI_HANDLE handle, const EFI_GUID *guid, void **ret_interface,
                         EFI_HANDLE agent, EFI_HANDLE controller, uint32_t attributes)
{
    const struct protocol_user user = {
        .agent = agent, .controller = controller, .attributes = attributes};
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
    status = check_conflict(protocol, user);
    /* Who has it already is given it again. */
    if (!test_only && (status == EFI_SUCCESS || status == EFI_ALREADY_STARTED))
        *ret_interface = protocol->interface;
    if (status != EFI_SUCCESS || test_only)
        return status;
    /* A look without an agent's name leaves no trace. */
    return handle_find(agent) ? protocol_use_add(protocol, user) : EFI_SUCCESS;
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

    if (!found || !guid || !handle_find(agent) || (controller && !handle_find(controller)))
        return EFI_INVALID_PARAMETER;
    protocol = handle_find_protocol(found, guid);
    return protocol ? protocol_use_end(protocol, agent, controller) : EFI_NOT_FOUND;
}

static size_t use_count(struct protocol *protocol)
{
    size_t count = 0;

    list_for_each (link, next, &protocol->uses)
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
    count = use_count(protocol);
    entry = pool_new(count * sizeof(*entry));
    if (!entry)
        return EFI_OUT_OF_RESOURCES;
    *ret_entries = entry;
    *ret_count = count;
    list_for_each (link, next, &protocol->uses) {
        const struct protocol_use *use = container_of(link, struct protocol_use, link);

        *entry++ = (EFI_OPEN_PROTOCOL_INFORMATION_ENTRY){
            .AgentHandle = use->user.agent,
            .ControllerHandle = use->user.controller,
            .Attributes = use->user.attributes,
            .OpenCount = use->count,
        };
    }
    return EFI_SUCCESS;
}
