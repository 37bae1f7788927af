#include "shim/protocol_notify.h"

#include <stddef.h>
#include <stdint.h>

#include "shim/event.h"
#include "shim/guid.h"
#include "shim/handle.h"
#include "shim/pool.h"
#include "shim/tpl.h"

struct registration {
    struct list link;
    EFI_GUID guid;
    EFI_EVENT event;
    uint64_t seen_sequence;
};

static struct list registrations = LIST_EMPTY(registrations);

EFI_STATUS protocol_notify_register(const EFI_GUID *guid, EFI_EVENT event, void **ret_registration)
{
    struct registration *registration;

    if (!guid || !event_is_valid(event) || !ret_registration)
        return EFI_INVALID_PARAMETER;
    registration = pool_new(sizeof(*registration));
    if (!registration)
        return EFI_OUT_OF_RESOURCES;
    registration->guid = *guid;
    registration->event = event;
    list_append(&registrations, &registration->link);
    *ret_registration = registration;
    return EFI_SUCCESS;
}

/* All are signalled before the first one runs: a notification may close events, and with them
 * registrations. */
void protocol_notify(const EFI_GUID *guid)
{
    EFI_TPL level = tpl_raise(TPL_HIGH_LEVEL);

    list_for_each (link, next, &registrations) {
        struct registration *registration = container_of(link, struct registration, link);

        if (guid_equal(&registration->guid, guid))
            event_signal(registration->event);
    }
    tpl_restore(level);
}

void protocol_notify_forget(EFI_EVENT event)
{
    list_for_each (link, next, &registrations) {
        struct registration *registration = container_of(link, struct registration, link);

        if (registration->event == event) {
            list_remove(link);
            pool_free(registration);
        }
    }
}

static struct registration *registration_find(const void *key)
{
    list_for_each (link, next, &registrations) {
        struct registration *registration = container_of(link, struct registration, link);

        if (registration == key)
            return registration;
    }
    return NULL;
}

struct protocol *protocol_notify_next(const void *key)
{
    struct registration *registration = registration_find(key);
    struct protocol *oldest = NULL;

    if (!registration)
        return NULL;
    list_for_each (link, next, handle_list()) {
        struct handle *handle = container_of(link, struct handle, link);
        struct protocol *protocol = handle_find_protocol(handle, &registration->guid);

        if (protocol && protocol->sequence > registration->seen_sequence &&
            (!oldest || protocol->sequence < oldest->sequence))
            oldest = protocol;
    }
    if (oldest)
        registration->seen_sequence = oldest->sequence;
    return oldest;
}
