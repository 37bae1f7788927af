#include "hypercall/xenstore.h"

#include <xen/errno.h>

#include "hypercall/xenstore_connection.h"
#include "hypercall/xenstore_exchange.h"
#include "hypercall/xenstore_watch.h"
#include "loader/lib/log.h"
#include "loader/lib/string.h"
#include "loader/x86/tsc.h"

#define CLOSE_WAIT_NS 1000000000ull

int xenstore_open(void)
{
    return xenstore_connection_open();
}

/* One request drops them all. */
static void forget_everything(void)
{
    struct xenstore_request request = {.type = XS_RESET_WATCHES, .dir = ""};
    const struct xenstore_message *reply;
    int result = xenstore_exchange(&request, &reply);

    if (result)
        log_warn("xenstore: watches or transactions are left behind (%d)", result);
}

static int wait_until_idle(uint64_t deadline_ns)
{
    int result = 0;

    while (!result && !xenstore_exchange_is_idle())
        result =
            tsc_now_ns() < deadline_ns ? xenstore_exchange_listen(deadline_ns) : -XEN_ETIMEDOUT;
    return result;
}

void xenstore_close(void)
{
    uint64_t deadline = tsc_now_ns() + CLOSE_WAIT_NS;
    int result = wait_until_idle(deadline);

    if (xenstore_watch_any() || xenstore_exchange_gave_up()) {
        forget_everything();
        result = wait_until_idle(deadline);
    }
    if (result && result != -XEN_ENODEV)
        log_warn("xenstore: the ring is left as it is (%d), PV devices may not work", result);
    xenstore_connection_close();
}

int xenstore_read(uint32_t transaction, const char *dir, const char *node, char *ret_value,
                  size_t capacity)
{
    struct xenstore_request request = {XS_READ, transaction, dir, node, NULL, 0};
    const struct xenstore_message *reply;
    int result = xenstore_exchange(&request, &reply);

    if (result)
        return result;
    if (reply->header.len >= capacity)
        return -XEN_E2BIG;
    memcpy(ret_value, reply->payload, reply->header.len + 1);
    return 0;
}

static int change(const struct xenstore_request *request)
{
    const struct xenstore_message *reply;

    return xenstore_exchange(request, &reply);
}

int xenstore_write(uint32_t transaction, const char *dir, const char *node, const char *value)
{
    return change(
        &(struct xenstore_request){XS_WRITE, transaction, dir, node, value, strlen(value)});
}

int xenstore_rm(uint32_t transaction, const char *dir, const char *node)
{
    return change(&(struct xenstore_request){XS_RM, transaction, dir, node, NULL, 0});
}
