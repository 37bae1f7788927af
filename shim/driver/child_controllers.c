#include "shim/driver/child_controllers.h"

#include <stdbool.h>

#include "shim/memory/pool.h"
#include "shim/protocol/protocol_use.h"

/* Is it recorded for another protocol of the same controller already? */
static bool is_known(const struct handle *controller, const struct protocol_use *use)
{
    list_for_each (link, next, &controller->protocols) {
        struct protocol *protocol = container_of(link, struct protocol, link);

        if (protocol == use->protocol)
            return false;
        if (protocol_use_find(protocol, use->user))
            return true;
    }
    return false;
}

static bool is_child(const struct protocol_use *use, EFI_HANDLE driver)
{
    return use->user.attributes == EFI_OPEN_PROTOCOL_BY_CHILD_CONTROLLER &&
           (!driver || use->user.agent == driver);
}

/* Writes them when `ret_handles` is not NULL; returns their number. */
static size_t collect(const struct handle *controller, EFI_HANDLE driver, EFI_HANDLE *ret_handles)
{
    size_t count = 0;

    list_for_each (link, next, &controller->protocols) {
        const struct protocol *protocol = container_of(link, struct protocol, link);

        list_for_each (use_link, use_next, &protocol->uses) {
            const struct protocol_use *use = container_of(use_link, struct protocol_use, link);

            if (!is_child(use, driver) || is_known(controller, use))
                continue;
            if (ret_handles)
                ret_handles[count] = use->user.controller;
            count++;
        }
    }
    return count;
}

EFI_STATUS child_controllers_get(EFI_HANDLE controller, EFI_HANDLE driver,
                                 struct child_controllers *ret_children)
{
    const struct handle *found = handle_find(controller);
    struct child_controllers children = {0};

    if (found)
        children.count = collect(found, driver, NULL);
    if (children.count) {
        children.handles = pool_new(children.count * sizeof(EFI_HANDLE));
        if (!children.handles)
            return EFI_OUT_OF_RESOURCES;
        collect(found, driver, children.handles);
    }
    *ret_children = children;
    return EFI_SUCCESS;
}

void child_controllers_free(const struct child_controllers *children)
{
    if (children->handles)
        pool_free(children->handles);
}
