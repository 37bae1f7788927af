#include "hypercall/xenbus.h"

#include <xen/errno.h>

#include "hypercall/xenstore.h"
#include "hypercall/xenstore_value.h"
#include "loader/lib/format.h"
#include "loader/x86/tsc.h"

#define STATE_NODE "state"

static int find_backend(struct xenbus_device *device)
{
    uint64_t domid;
    int result =
        xenstore_read(0, device->frontend, "backend", device->backend, sizeof(device->backend));

    if (!result)
        result =
            xenbus_read_number(device->frontend, "backend-id", DOMID_FIRST_RESERVED - 1, &domid);
    if (!result)
        device->backend_domid = (domid_t)domid;
    return result == -XEN_ERANGE ? -XEN_EINVAL : result;
}

int xenbus_open(struct xenbus_device *device, const char *type, const char *name)
{
    size_t length;
    int result;

    *device = (struct xenbus_device){.backend_domid = DOMID_INVALID};
    length = format_string(device->frontend, sizeof(device->frontend), "device/%s/%s", type, name);
    if (length >= sizeof(device->frontend))
        return -XEN_E2BIG;
    result = find_backend(device);
    if (!result)
        result = xenstore_watch_add(&device->watch, device->backend, STATE_NODE);
    return result;
}

void xenbus_close(struct xenbus_device *device)
{
    xenstore_watch_remove(&device->watch);
}

/* What is no state counts as one that is gone; an xenstore that does not answer is an error. */
static int read_state(const struct xenbus_device *device, enum xenbus_state *ret_state)
{
    uint64_t state = XenbusStateUnknown;
    int result = xenbus_read_number(device->backend, STATE_NODE, XenbusStateReconfigured, &state);

    if (result == -XEN_ETIMEDOUT || result == -XEN_EIO)
        return result;
    *ret_state = (enum xenbus_state)state;
    return 0;
}

enum xenbus_state xenbus_backend_state(const struct xenbus_device *device)
{
    enum xenbus_state state = XenbusStateUnknown;

    read_state(device, &state);
    return state;
}

int xenbus_set_state(const struct xenbus_device *device, uint32_t transaction,
                     enum xenbus_state state)
{
    return xenbus_write_number(transaction, device->frontend, STATE_NODE, state);
}

int xenbus_wait(struct xenbus_device *device, unsigned int states, uint64_t timeout_ns,
                enum xenbus_state *ret_state)
{
    uint64_t deadline = tsc_now_ns() + timeout_ns;
    int result;

    do {
        enum xenbus_state state;

        result = read_state(device, &state);
        if (result)
            return result;
        if (states >> state & 1) {
            *ret_state = state;
            return 0;
        }
        if (state == XenbusStateUnknown)
            return -XEN_ENODEV;
        result = xenstore_watch_wait(&device->watch, deadline);
    } while (!result);
    return result;
}

int xenbus_read_number(const char *dir, const char *node, uint64_t max, uint64_t *ret_number)
{
    char text[XENSTORE_NUMBER_BYTES];
    int result = xenstore_read(0, dir, node, text, sizeof(text));

    if (result == -XEN_E2BIG)
        return -XEN_ERANGE;
    return result ? result : xenstore_value_number(text, max, ret_number);
}

int xenbus_read_optional(const char *dir, const char *node, uint64_t max, uint64_t absent,
                         uint64_t *ret_number)
{
    int result = xenbus_read_number(dir, node, max, ret_number);

    if (result != -XEN_ENOENT)
        return result;
    *ret_number = absent;
    return 0;
}

int xenbus_write_number(uint32_t transaction, const char *dir, const char *node, uint64_t number)
{
    char text[XENSTORE_NUMBER_BYTES];

    format_string(text, sizeof(text), "%lu", number);
    return xenstore_write(transaction, dir, node, text);
}

static int set_and_wait(struct xenbus_device *device, enum xenbus_state state, unsigned int answers,
                        uint64_t timeout_ns)
{
    enum xenbus_state answer;
    int result = xenbus_set_state(device, 0, state);

    return result ? result : xenbus_wait(device, answers, timeout_ns, &answer);
}

int xenbus_disconnect(struct xenbus_device *device, uint64_t timeout_ns)
{
    int result = set_and_wait(device, XenbusStateClosing,
                              XENBUS_STATE(Closing) | XENBUS_STATE(Closed) | XENBUS_STATE(Unknown),
                              timeout_ns);

    if (!result)
        result = set_and_wait(device, XenbusStateClosed,
                              XENBUS_STATE(Closed) | XENBUS_STATE(Unknown), timeout_ns);
    return result;
}

int xenbus_renew(struct xenbus_device *device, const char *const *nodes, uint64_t timeout_ns)
{
    for (; *nodes; nodes++) {
        int result = xenstore_rm(0, device->frontend, *nodes);

        if (result && result != -XEN_ENOENT)
            return result;
    }
    return set_and_wait(device, XenbusStateInitialising, XENBUS_STATE(InitWait), timeout_ns);
}
