#include "hypercall/xenstore_exchange.h"

#include <stddef.h>

#include <xen/errno.h>

#include "hypercall/xenstore_connection.h"
#include "hypercall/xenstore_watch.h"
#include "loader/lib/log.h"
#include "loader/x86/tsc.h"

/*
 * No domain is made without xenstored: one that does not answer at once is most likely busy, on a
 * host that boots twenty guests, and a guest that gives up too early has lost its disks. One that
 * is really gone is waited for only once.
 */
#define REPLY_WAIT_NS 10000000000ull

static struct xenstore_message message;
static uint32_t last_id;
static bool unanswered;
static bool gave_up;

static void deliver(const struct xenstore_message *event)
{
    const char *path;
    const char *token;

    if (xenstore_message_event(event, &path, &token))
        xenstore_watch_fire(token);
}

/*
 * One message: 0 for a watch event, which is delivered, and for one that nobody asked for, 1 for
 * the reply.
 */
static int receive(const struct xenstore_message **ret_reply, uint64_t deadline_ns)
{
    int result = xenstore_connection_receive(ret_reply, deadline_ns);

    if (result)
        return result;
    if ((*ret_reply)->header.type == XS_WATCH_EVENT) {
        deliver(*ret_reply);
        return 0;
    }
    if (!unanswered || (*ret_reply)->header.req_id != last_id)
        return 0;
    unanswered = false;
    return 1;
}

/* Other messages without end do not prolong the wait. */
static int receive_reply(const struct xenstore_message **ret_reply, uint64_t deadline_ns)
{
    int result;

    do {
        result = receive(ret_reply, deadline_ns);
        if (result)
            return result < 0 ? result : 0;
    } while (tsc_now_ns() < deadline_ns);
    return -XEN_ETIMEDOUT;
}

/* The answer that came too late makes the way free. */
static int finish_former(void)
{
    const struct xenstore_message *reply;

    return unanswered ? receive_reply(&reply, 0) : 0;
}

int xenstore_exchange(const struct xenstore_request *request,
                      const struct xenstore_message **ret_reply)
{
    int result = finish_former();

    if (!result)
        result = xenstore_message_build(&message, ++last_id, request);
    if (result)
        return result;
    xenstore_connection_send(&message);
    unanswered = true;
    result = receive_reply(ret_reply, tsc_now_ns() + REPLY_WAIT_NS);
    if (result == -XEN_ETIMEDOUT) {
        gave_up = true;
        log_err("xenstore: xenstored does not answer, no PV devices; is it running on the host?");
    }
    return result ? result : xenstore_message_result(*ret_reply, request->type);
}

int xenstore_exchange_listen(uint64_t deadline_ns)
{
    const struct xenstore_message *ignored;
    int result = receive(&ignored, deadline_ns);

    return result < 0 ? result : 0;
}

bool xenstore_exchange_gave_up(void)
{
    return gave_up;
}

bool xenstore_exchange_is_idle(void)
{
    return !unanswered && xenstore_connection_is_idle();
}
