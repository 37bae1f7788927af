#include "hypercall/blkfront.h"

#include <xen/errno.h>

#include "hypercall/blk_request.h"
#include "hypercall/grant_table.h"
#include "loader/lib/string.h"
#include "loader/x86/tsc.h"
#include "shim/memory/page_alloc.h"

#define PAGE_SHIFT 12
/* What is not aligned goes through this much memory for each request in flight. */
#define BOUNCE_PAGES 16u
#define BOUNCE_BYTES ((size_t)BOUNCE_PAGES << PAGE_SHIFT)

static void *new_pages(uint64_t pages)
{
    EFI_PHYSICAL_ADDRESS address;

    if (page_alloc(AllocateAnyPages, EfiBootServicesData, pages, &address) != EFI_SUCCESS)
        return NULL;
    return (void *)(uintptr_t)address;
}

static struct blkfront_slot *find_free_slot(struct blkfront *front)
{
    for (unsigned int i = 0; i < front->slots; i++) {
        if (!front->slot[i].is_busy)
            return &front->slot[i];
    }
    return NULL;
}

static int grant_range(struct blkfront *front, struct blkfront_slot *slot, struct blk_range range,
                       bool read_only)
{
    unsigned int count = blk_request_segments(range);

    for (slot->segments = 0; slot->segments < count; slot->segments++) {
        int result = grant_table_permit(front->bus.backend_domid,
                                        (range.address >> PAGE_SHIFT) + slot->segments, read_only,
                                        &slot->refs[slot->segments]);

        if (result) {
            while (slot->segments)
                grant_table_end(slot->refs[--slot->segments]);
            return result;
        }
    }
    return 0;
}

/* The page of the segments stays granted as long as the slot is there. */
static int prepare_indirect(struct blkfront *front, struct blkfront_slot *slot)
{
    struct blkif_request_segment *page = slot->indirect ? slot->indirect : new_pages(1);
    int result;

    if (slot->indirect || !page)
        return slot->indirect ? 0 : -XEN_ENOMEM;
    result = grant_table_permit(front->bus.backend_domid, (uintptr_t)page >> PAGE_SHIFT, true,
                                &slot->indirect_ref);
    if (result)
        page_free((uintptr_t)page, 1);
    else
        slot->indirect = page;
    return result;
}

static void fill_segments(const struct blkfront_slot *slot, struct blk_range range,
                          struct blkif_request_segment *ret_segments)
{
    for (unsigned int i = 0; i < slot->segments; i++)
        ret_segments[i] = blk_request_segment(range, i, slot->refs[i]);
}

static void put(struct blkfront *front, struct blkfront_slot *slot, struct blk_range range,
                uint64_t sector)
{
    struct blk_command command = {
        .operation = slot->operation,
        .vdev = (uint16_t)front->vdev,
        .id = (uint64_t)(slot - front->slot),
        .sector = sector,
    };
    struct blkif_request request;

    if (slot->segments > BLKIF_MAX_SEGMENTS_PER_REQUEST) {
        fill_segments(slot, range, slot->indirect);
        request = blk_request_indirect(&command, slot->segments, slot->indirect_ref);
    } else {
        request = blk_request_direct(&command, slot->segments);
        fill_segments(slot, range, request.seg);
    }
    if (!front->in_flight)
        front->last_progress_ns = tsc_now_ns();
    slot->is_busy = true;
    front->in_flight++;
    blk_ring_put(&front->ring, &request);
}

/* Where the backend shall find or put the data: the caller's own pages if it can. */
static int choose_range(struct blkfront *front, struct blkfront_slot *slot, size_t bytes,
                        struct blk_range *ret_range)
{
    slot->is_bounced = (uintptr_t)slot->buffer % front->medium.sector_bytes != 0;
    if (slot->is_bounced && !slot->bounce)
        slot->bounce = new_pages(BOUNCE_PAGES);
    if (slot->is_bounced && !slot->bounce)
        return -XEN_ENOMEM;
    if (slot->is_bounced && bytes > BOUNCE_BYTES)
        bytes = BOUNCE_BYTES;
    ret_range->address = (uintptr_t)(slot->is_bounced ? slot->bounce : slot->buffer);
    ret_range->bytes = blk_request_fit(ret_range->address, bytes, front->max_segments);
    return 0;
}

static int start_slot(struct blkfront *front, struct blkfront_slot *slot, uint64_t sector,
                      size_t bytes)
{
    bool is_write = slot->operation == BLKIF_OP_WRITE;
    struct blk_range range;
    int result = choose_range(front, slot, bytes, &range);

    if (!result && blk_request_segments(range) > BLKIF_MAX_SEGMENTS_PER_REQUEST)
        result = prepare_indirect(front, slot);
    if (!result)
        result = grant_range(front, slot, range, is_write);
    if (result)
        return result;
    slot->bytes = range.bytes;
    if (slot->is_bounced && is_write)
        memcpy(slot->bounce, slot->buffer, slot->bytes);
    put(front, slot, range, sector);
    return 0;
}

/* A shortage is over when requests in flight have ended. */
static bool may_wait(const struct blkfront *front, int result)
{
    return (result == -XEN_ENOMEM || result == -XEN_ENOSPC) && front->in_flight;
}

long blkfront_start(struct blkfront *front, enum blkfront_operation operation, uint64_t sector,
                    void *buffer, size_t bytes, void *cookie)
{
    struct blkfront_slot *slot;
    int result;

    if (front->error)
        return front->error;
    slot = find_free_slot(front);
    if (!slot)
        return 0;
    slot->operation = operation == BLKFRONT_WRITE ? BLKIF_OP_WRITE : BLKIF_OP_READ;
    slot->buffer = buffer;
    slot->cookie = cookie;
    result = start_slot(front, slot, sector, bytes);
    if (result)
        return may_wait(front, result) ? 0 : -XEN_ENOMEM;
    return (long)slot->bytes;
}

int blkfront_start_flush(struct blkfront *front, void *cookie)
{
    struct blkfront_slot *slot;

    if (front->error)
        return front->error;
    if (!front->medium.can_flush && !front->medium.can_barrier)
        return -XEN_EOPNOTSUPP;
    slot = find_free_slot(front);
    if (!slot)
        return 0;
    slot->operation = front->medium.can_flush ? BLKIF_OP_FLUSH_DISKCACHE : BLKIF_OP_WRITE_BARRIER;
    slot->cookie = cookie;
    slot->segments = 0;
    slot->is_bounced = false;
    put(front, slot, (struct blk_range){0}, 0);
    return 1;
}

void blkfront_push(struct blkfront *front)
{
    if (!front->error && blk_ring_push(&front->ring))
        evtchn_send(front->port);
}
