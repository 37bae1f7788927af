/* How requests of a PV disk end: answered, or given up. */
#include <xen/errno.h>

#include "hypercall/blkfront.h"
#include "hypercall/grant_table.h"
#include "loader/lib/log.h"
#include "loader/lib/string.h"
#include "loader/x86/tsc.h"

/* A disk may have to spin up, or a network to come back. */
#define SILENCE_NS (30 * NS_PER_S)
#define NS_PER_S   1000000000ull

/* A page that the backend does not let go of stays granted: it may still be written to. */
static void end_grants(struct blkfront *front, struct blkfront_slot *slot)
{
    unsigned int in_use = 0;

    while (slot->segments)
        in_use += grant_table_end(slot->refs[--slot->segments]) != 0;
    if (in_use)
        log_warn("blkfront: %s: %u pages stay in use by the backend", front->bus.frontend, in_use);
}

static void end_slot(struct blkfront *front, struct blkfront_slot *slot, int result)
{
    bool is_copied = slot->is_bounced && slot->operation == BLKIF_OP_READ && !result;

    end_grants(front, slot);
    if (is_copied)
        memcpy(slot->buffer, slot->bounce, slot->bytes);
    slot->is_busy = false;
    front->in_flight--;
    front->done(front, slot->cookie, result);
}

/* What the backend may still have mapped is not used for requests again: there will be none. */
static void give_up(struct blkfront *front, int error)
{
    front->error = error;
    for (unsigned int i = 0; i < front->slots; i++) {
        if (front->slot[i].is_busy)
            end_slot(front, &front->slot[i], error);
    }
}

static int result_of(int16_t status)
{
    if (status == BLKIF_RSP_OKAY)
        return 0;
    return status == BLKIF_RSP_EOPNOTSUPP ? -XEN_EOPNOTSUPP : -XEN_EIO;
}

/* NULL for an answer to nothing. Some backends answer an indirect request as one. */
static struct blkfront_slot *slot_of(struct blkfront *front, const struct blk_response *response)
{
    struct blkfront_slot *slot;

    if (response->id >= front->slots)
        return NULL;
    slot = &front->slot[response->id];
    if (!slot->is_busy ||
        (response->operation != slot->operation && response->operation != BLKIF_OP_INDIRECT))
        return NULL;
    return slot;
}

static int take_all(struct blkfront *front)
{
    struct blk_response response;
    int result;

    while ((result = blk_ring_take(&front->ring, &response)) > 0) {
        struct blkfront_slot *slot = slot_of(front, &response);

        if (!slot)
            return -XEN_EIO;
        front->last_progress_ns = tsc_now_ns();
        end_slot(front, slot, result_of(response.status));
    }
    return result;
}

/* A backend that is about to go still answers what it has been asked. */
bool blkfront_check(struct blkfront *front)
{
    enum xenbus_state state;

    if (front->error || xenstore_watch_wait(&front->bus.watch, 0))
        return !front->error;
    state = xenbus_backend_state(&front->bus);
    if (state == XenbusStateConnected)
        return true;
    log_warn("blkfront: %s: the disk is taken away", front->bus.frontend);
    if (state == XenbusStateClosing)
        front->error = -XEN_ENODEV;
    else
        give_up(front, -XEN_ENODEV);
    return false;
}

void blkfront_poll(struct blkfront *front)
{
    if (!front->in_flight)
        return;
    if (take_all(front)) {
        log_err("blkfront: %s: the backend answers what was not asked", front->bus.frontend);
        give_up(front, -XEN_EIO);
    }
    if (front->in_flight)
        blkfront_check(front);
    if (front->in_flight && tsc_now_ns() - front->last_progress_ns > SILENCE_NS) {
        log_err("blkfront: %s: no answer for %llu s", front->bus.frontend, SILENCE_NS / NS_PER_S);
        give_up(front, -XEN_EIO);
    }
}

void blkfront_wait(struct blkfront *front, uint64_t deadline_ns)
{
    if (!front->in_flight)
        return;
    evtchn_clear(front->port);
    if (!blk_ring_ask_for_event(&front->ring))
        evtchn_wait(front->port, deadline_ns);
}
