#include "hypercall/xenstore_watch.h"

#include <xen/errno.h>

#include "hypercall/xenstore_exchange.h"
#include "hypercall/xenstore_value.h"
#include "loader/lib/format.h"
#include "loader/x86/tsc.h"

static struct list watches = LIST_EMPTY(watches);
static uint32_t last_id;

static int request(const struct xenstore_watch *watch, uint32_t type)
{
    char token[XENSTORE_NUMBER_BYTES];
    const struct xenstore_message *reply;
    struct xenstore_request message = {
        .type = type,
        .dir = watch->dir,
        .node = watch->node,
        .data = token,
        .bytes = format_string(token, sizeof(token), "%u", watch->id) + 1,
    };

    return xenstore_exchange(&message, &reply);
}

int xenstore_watch_add(struct xenstore_watch *watch, const char *dir, const char *node)
{
    int result;

    *watch = (struct xenstore_watch){.dir = dir, .node = node, .id = ++last_id};
    list_append(&watches, &watch->link);
    result = request(watch, XS_WATCH);
    if (result)
        list_remove(&watch->link);
    return result;
}

static bool is_listed(const struct xenstore_watch *watch)
{
    return watch->link.next && !list_is_empty(&watch->link);
}

void xenstore_watch_remove(struct xenstore_watch *watch)
{
    if (!is_listed(watch))
        return;
    list_remove(&watch->link);
    request(watch, XS_UNWATCH);
}

int xenstore_watch_wait(struct xenstore_watch *watch, uint64_t deadline_ns)
{
    /* Other watches' events without end do not prolong the wait. */
    do {
        int result = watch->fired ? 0 : xenstore_exchange_listen(deadline_ns);

        if (result)
            return result;
        if (watch->fired) {
            watch->fired = false;
            return 0;
        }
    } while (tsc_now_ns() < deadline_ns);
    return -XEN_ETIMEDOUT;
}

bool xenstore_watch_any(void)
{
    return !list_is_empty(&watches);
}

void xenstore_watch_fire(const char *token)
{
    uint64_t id;

    if (xenstore_value_number(token, UINT32_MAX, &id))
        return;
    list_for_each (link, next, &watches) {
        struct xenstore_watch *watch = container_of(link, struct xenstore_watch, link);

        if (watch->id == id)
            watch->fired = true;
    }
}
