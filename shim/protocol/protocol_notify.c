#include "shim/protocol/protocol_notify.h"

#include <stddef.h>

#include "shim/event/event.h"
#include "shim/event/tpl.h"
#include "shim/memory/pool.h"
#include "shim/protocol/handle.h"

struct registration {
    struct guid_entry entry; /* its number grows with every registration */
    struct list link;        /* of the event's */
    EFI_EVENT event;
    uint64_t seen; /* number of the last installation that was looked at */
};

static struct tree registrations = GUID_INDEX_EMPTY;
static uint64_t last_registration;

EFI_STATUS protocol_notify_register(const EFI_GUID *guid, EFI_EVENT event, void **ret_registration)
{
    struct registration *registration;

    if (!guid || !event_is_valid(event) || !ret_registration)
        return EFI_INVALID_PARAMETER;
    registration = pool_new_object(POOL_REGISTRATION, sizeof(*registration));
    if (!registration)
        return EFI_OUT_OF_RESOURCES;
    registration->event = event;
    list_append(event_registrations(event), &registration->link);
    guid_index_add(&registrations, &registration->entry, guid, ++last_registration);
    *ret_registration = registration;
    return EFI_SUCCESS;
}

/* All are signalled before the first one runs: a notification may close events, and with them
 * registrations. */
void protocol_notify(const EFI_GUID *guid)
{
    EFI_TPL level = tpl_raise(TPL_HIGH_LEVEL);

    for (struct guid_entry *entry = guid_index_find(&registrations, guid, 0); entry;
         entry = guid_index_next(entry))
        event_signal(container_of(entry, struct registration, entry)->event);
    tpl_restore(level);
}

void protocol_notify_forget(EFI_EVENT event)
{
    list_for_each (link, next, event_registrations(event)) {
        struct registration *registration = container_of(link, struct registration, link);

        list_remove(link);
        tree_remove(&registrations, &registration->entry.node);
        pool_free_object(registration, POOL_REGISTRATION);
    }
}

struct protocol *protocol_notify_next(const void *key)
{
    struct registration *registration =
        pool_has_object(key, POOL_REGISTRATION) ? (struct registration *)(uintptr_t)key : NULL;
    struct protocol *oldest;

    if (!registration)
        return NULL;
    oldest = handle_find_installed_after(&registration->entry.guid, registration->seen);
    if (oldest)
        registration->seen = oldest->by_installing.number;
    return oldest;
}
