#include "hypercall/blkfront.h"

#include <xen/errno.h>
#include <xen/io/protocols.h>

#include "hypercall/grant_table.h"
#include "hypercall/xenstore.h"
#include "hypercall/xenstore_transaction.h"
#include "hypercall/xenstore_value.h"
#include "loader/lib/format.h"
#include "loader/lib/log.h"
#include "loader/lib/string.h"
#include "loader/x86/tsc.h"
#include "shim/memory/page_alloc.h"
#include "shim/memory/pool.h"

#define PAGE_SHIFT 12
#define PAGE_BYTES 4096u
#define STEP_NS    5000000000ull

/* Some 32 MiB are in flight at most: more would not make any disk faster. */
#define SEGMENTS_MAX       256u
#define SLOTS_OF_LARGE_MAX 16u
/* "ring-ref" and the digits of a page. */
#define RING_NODE_BYTES 16

/* What this front end writes for the backend, other than the ring references. */
static const char *const nodes[] = {"ring-ref", "ring-ref0",     "ring-ref1", "ring-page-order",
                                    "protocol", "event-channel", NULL};

int blkfront_open(struct blkfront *front, const char *name)
{
    uint64_t vdev = 0;
    int result;

    memset(front, 0, sizeof(*front));
    result = xenbus_open(&front->bus, "vbd", name);
    if (!result)
        result = xenbus_read_number(front->bus.frontend, "virtual-device", UINT32_MAX, &vdev);
    front->vdev = (uint32_t)vdev;
    return result;
}

static uint64_t time_left(uint64_t deadline_ns)
{
    uint64_t now = tsc_now_ns();

    return deadline_ns > now ? deadline_ns - now : 0;
}

/* Large requests make up for a small ring. */
static unsigned int choose_ring_order(const struct blk_offer *offer)
{
    if (offer->max_segments > BLKIF_MAX_SEGMENTS_PER_REQUEST)
        return 0;
    return offer->ring_order < BLKFRONT_RING_ORDER_MAX ? offer->ring_order
                                                       : BLKFRONT_RING_ORDER_MAX;
}

static int create_slots(struct blkfront *front)
{
    unsigned int segments = front->offer.max_segments;
    unsigned int slots =
        segments > BLKIF_MAX_SEGMENTS_PER_REQUEST ? SLOTS_OF_LARGE_MAX : BLKFRONT_SLOTS_MAX;

    front->max_segments = segments < SEGMENTS_MAX ? segments : SEGMENTS_MAX;
    slots = slots < front->ring.entries ? slots : front->ring.entries;
    front->slot = pool_new(slots * sizeof(*front->slot));
    front->refs = pool_new((size_t)slots * front->max_segments * sizeof(*front->refs));
    if (!front->slot || !front->refs)
        return -XEN_ENOMEM;
    for (unsigned int i = 0; i < slots; i++)
        front->slot[i].refs = front->refs + (size_t)i * front->max_segments;
    front->slots = slots;
    return 0;
}

static int create_ring(struct blkfront *front)
{
    unsigned int pages = 1u << front->ring_order;
    size_t bytes = (size_t)pages * PAGE_BYTES;
    EFI_PHYSICAL_ADDRESS address;

    if (page_alloc(AllocateAnyPages, EfiBootServicesData, pages, &address) != EFI_SUCCESS)
        return -XEN_ENOMEM;
    memset((void *)(uintptr_t)address, 0, bytes);
    blk_ring_init(&front->ring, (struct blkif_sring *)(uintptr_t)address, bytes);
    while (front->ring_refs_granted < pages) {
        unsigned int i = front->ring_refs_granted;
        int result = grant_table_permit(front->bus.backend_domid, (address >> PAGE_SHIFT) + i,
                                        false, &front->ring_refs[i]);

        if (result)
            return result;
        front->ring_refs_granted++;
    }
    return 0;
}

static int write_ring(const struct blkfront *front, uint32_t transaction)
{
    const char *dir = front->bus.frontend;
    int result;

    if (!front->ring_order)
        return xenbus_write_number(transaction, dir, "ring-ref", front->ring_refs[0]);
    result = xenbus_write_number(transaction, dir, "ring-page-order", front->ring_order);
    for (unsigned int i = 0; i < front->ring_refs_granted && !result; i++) {
        char node[RING_NODE_BYTES];

        format_string(node, sizeof(node), "ring-ref%u", i);
        result = xenbus_write_number(transaction, dir, node, front->ring_refs[i]);
    }
    return result;
}

static int write_offer(uint32_t transaction, void *context)
{
    struct blkfront *front = context;
    const char *dir = front->bus.frontend;
    int result = write_ring(front, transaction);

    if (!result)
        result = xenbus_write_number(transaction, dir, "event-channel", front->port);
    if (!result)
        result = xenstore_write(transaction, dir, "protocol", XEN_IO_PROTO_ABI_X86_64);
    return result ? result : xenbus_set_state(&front->bus, transaction, XenbusStateInitialised);
}

int blkfront_offer(struct blkfront *front, uint64_t deadline_ns)
{
    enum xenbus_state state;
    int result = xenbus_wait(&front->bus, XENBUS_STATE(InitWait), time_left(deadline_ns), &state);

    if (!result)
        result = blk_backend_read_offer(front->bus.backend, &front->offer);
    if (result)
        return result;
    front->ring_order = choose_ring_order(&front->offer);
    result = create_ring(front);
    if (!result)
        result = create_slots(front);
    if (!result)
        result = evtchn_alloc_unbound(front->bus.backend_domid, &front->port);
    return result ? result : xenstore_transaction(write_offer, front);
}

int blkfront_connect(struct blkfront *front, uint64_t deadline_ns)
{
    enum xenbus_state state;
    int result = xenbus_wait(&front->bus,
                             XENBUS_STATE(Connected) | XENBUS_STATE(Closing) | XENBUS_STATE(Closed),
                             time_left(deadline_ns), &state);

    if (!result && state != XenbusStateConnected)
        result = -XEN_ENODEV;
    if (!result)
        result = blk_backend_read_medium(front->bus.backend, &front->medium);
    return result ? result : xenbus_set_state(&front->bus, 0, XenbusStateConnected);
}

static void wait_for_requests(struct blkfront *front)
{
    uint64_t deadline = tsc_now_ns() + STEP_NS;

    while (front->in_flight && tsc_now_ns() < deadline) {
        blkfront_poll(front);
        blkfront_wait(front, deadline);
    }
}

static void end_ring(struct blkfront *front)
{
    for (unsigned int i = 0; i < front->slots; i++) {
        if (front->slot[i].indirect)
            grant_table_end(front->slot[i].indirect_ref);
    }
    while (front->ring_refs_granted)
        grant_table_end(front->ring_refs[--front->ring_refs_granted]);
    evtchn_close(front->port);
    front->port = 0;
}

static int let_go(struct blkfront *front)
{
    int result;

    wait_for_requests(front);
    front->error = -XEN_ENODEV;
    result = xenbus_disconnect(&front->bus, STEP_NS);
    end_ring(front);
    return result;
}

void blkfront_detach(struct blkfront *front)
{
    if (front->port)
        let_go(front);
    xenbus_close(&front->bus);
}

void blkfront_close(struct blkfront *front)
{
    int result = 0;

    if (front->port) {
        result = let_go(front);
        if (!result)
            result = xenbus_renew(&front->bus, nodes, STEP_NS);
    }
    if (result)
        log_warn("blkfront: %s: not handed over cleanly (%d)", front->bus.frontend, result);
    xenbus_close(&front->bus);
}
