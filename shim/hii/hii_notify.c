#include "shim/hii/hii_notify.h"

#include <stddef.h>

#include "loader/lib/list.h"
#include "shim/memory/pool.h"

struct registration {
    struct list link; /* in registrations, by `position` */
    uint64_t position;
    uint8_t type;
    EFI_GUID guid;
    EFI_HII_DATABASE_NOTIFY function;
    EFI_HII_DATABASE_NOTIFY_TYPE what;
};

static struct list registrations = LIST_EMPTY(registrations);
static uint64_t last_position;

EFI_STATUS hii_notify_register(uint8_t type, const EFI_GUID *guid, EFI_HII_DATABASE_NOTIFY function,
                               EFI_HII_DATABASE_NOTIFY_TYPE what, EFI_HANDLE *ret_handle)
{
    struct registration *registration = pool_new(sizeof(*registration));

    if (!registration)
        return EFI_OUT_OF_RESOURCES;
    registration->position = ++last_position;
    registration->type = type;
    if (guid)
        registration->guid = *guid;
    registration->function = function;
    registration->what = what;
    list_append(&registrations, &registration->link);
    *ret_handle = registration;
    return EFI_SUCCESS;
}

EFI_STATUS hii_notify_unregister(EFI_HANDLE handle)
{
    list_for_each (link, next, &registrations) {
        struct registration *registration = container_of(link, struct registration, link);

        if (registration != handle)
            continue;
        list_remove(link);
        pool_free(registration);
        return EFI_SUCCESS;
    }
    return EFI_NOT_FOUND;
}

EFI_HII_DATABASE_NOTIFY hii_notify_next(uint64_t *position, const struct hii_package_view *package,
                                        EFI_HII_DATABASE_NOTIFY_TYPE what)
{
    list_for_each (link, next, &registrations) {
        const struct registration *registration = container_of(link, struct registration, link);

        if (registration->position <= *position || !(registration->what & what) ||
            !hii_package_is(package, registration->type, &registration->guid))
            continue;
        *position = registration->position;
        return registration->function;
    }
    return NULL;
}
