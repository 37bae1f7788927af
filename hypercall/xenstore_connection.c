#include "hypercall/xenstore_connection.h"

#include <stddef.h>

#include <xen/errno.h>

#include "hypercall/evtchn.h"
#include "hypercall/hvm.h"
#include "hypercall/xenstore_ring.h"
#include "loader/lib/log.h"
#include "loader/x86/tsc.h"

#define PAGE_SHIFT   12
#define HEADER_BYTES sizeof(struct xsd_sockmsg)

static struct xenstore_domain_interface *ring;
static evtchn_port_t port;
static bool broken;

static const struct xenstore_message *outgoing;
static size_t sent_bytes;
static struct xenstore_message incoming;
static size_t received_bytes;

int xenstore_connection_open(void)
{
    uint64_t gfn;
    uint64_t channel;

    if (hvm_get_param(HVM_PARAM_STORE_PFN, &gfn) || hvm_get_param(HVM_PARAM_STORE_EVTCHN, &channel))
        return -XEN_ENODEV;
    /* 0: there is none; all ones: there will be one later (dom0less). Above 4 GiB none is mapped.
     */
    if (!gfn || gfn >> (32 - PAGE_SHIFT) || !channel || channel >= EVTCHN_2L_NR_CHANNELS)
        return -XEN_ENODEV;
    ring = (struct xenstore_domain_interface *)(uintptr_t)(gfn << PAGE_SHIFT);
    port = (evtchn_port_t)channel;
    return 0;
}

void xenstore_connection_close(void)
{
    /* The ring tells everything: an event that is still pending would only wake the OS for nothing.
     */
    if (ring)
        evtchn_clear(port);
    ring = NULL;
}

void xenstore_connection_send(const struct xenstore_message *request)
{
    outgoing = request;
    sent_bytes = 0;
}

static size_t unsent_bytes(void)
{
    return outgoing ? HEADER_BYTES + outgoing->header.len - sent_bytes : 0;
}

static int send_some(void)
{
    int count = 0;

    if (unsent_bytes())
        count =
            xenstore_ring_put(ring, (const char *)&outgoing->header + sent_bytes, unsent_bytes());
    if (count > 0) {
        sent_bytes += (size_t)count;
        evtchn_send(port);
    }
    return count;
}

static bool has_header(void)
{
    return received_bytes >= HEADER_BYTES;
}

static bool is_whole(void)
{
    return has_header() && received_bytes == HEADER_BYTES + incoming.header.len;
}

/* First the header, which says how much there is behind it. */
static int receive_some(void)
{
    size_t end = has_header() ? HEADER_BYTES + incoming.header.len : HEADER_BYTES;
    bool was_full = false;
    int count = xenstore_ring_get(ring, (char *)&incoming + received_bytes, end - received_bytes,
                                  &was_full);

    if (count > 0)
        received_bytes += (size_t)count;
    if (was_full)
        evtchn_send(port);
    if (has_header() && !xenstore_message_is_bounded(&incoming.header))
        return -XEN_EIO;
    return count;
}

/* What can be moved now: more than 0 when something could. */
static int move_some(void)
{
    int sent = send_some();
    int received = sent < 0 ? sent : receive_some();

    if (received < 0) {
        broken = true;
        log_err("xenstore: the ring is out of order, no PV devices (error field %u)", ring->error);
        return -XEN_EIO;
    }
    return sent + received;
}

static int receive_whole(uint64_t deadline_ns)
{
    while (!is_whole()) {
        int moved;

        evtchn_clear(port);
        moved = move_some();
        if (moved < 0)
            return moved;
        if (moved)
            continue;
        if (tsc_now_ns() >= deadline_ns)
            return -XEN_ETIMEDOUT;
        evtchn_wait(port, deadline_ns);
    }
    return 0;
}

int xenstore_connection_receive(const struct xenstore_message **ret_message, uint64_t deadline_ns)
{
    int result;

    if (!ring)
        return -XEN_ENODEV;
    if (broken)
        return -XEN_EIO;
    /* The former one was looked at. */
    if (is_whole())
        received_bytes = 0;
    result = receive_whole(deadline_ns);
    if (result)
        return result;
    xenstore_message_finish(&incoming);
    *ret_message = &incoming;
    return 0;
}

bool xenstore_connection_is_idle(void)
{
    return !unsent_bytes() && (is_whole() || !received_bytes) && xenstore_ring_is_idle(ring);
}
