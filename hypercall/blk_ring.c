#include "hypercall/blk_ring.h"

#include <xen/errno.h>

#include "loader/lib/string.h"
#include "loader/x86/cpu.h"

_Static_assert(sizeof(struct blkif_request) == 112, "xen/include/public/io/blkif.h, x86_64-abi");
_Static_assert(offsetof(struct blkif_request, id) == 8, "xen/include/public/io/blkif.h");
_Static_assert(offsetof(struct blkif_request, seg) == 24, "xen/include/public/io/blkif.h");
_Static_assert(sizeof(struct blkif_response) == 16, "xen/include/public/io/blkif.h");
_Static_assert(offsetof(struct blkif_sring, ring) == 64, "xen/include/public/io/ring.h");

static uint32_t read_once(const RING_IDX *index)
{
    return *(const volatile RING_IDX *)index;
}

static void write_once(RING_IDX *index, uint32_t value)
{
    *(volatile RING_IDX *)index = value;
}

static uint32_t power_of_two_below(size_t count)
{
    uint32_t power = 1;

    while (power <= count / 2)
        power *= 2;
    return power;
}

void blk_ring_init(struct blk_ring *ring, struct blkif_sring *shared, size_t bytes)
{
    size_t room = bytes - offsetof(struct blkif_sring, ring);

    *ring = (struct blk_ring){
        .shared = shared,
        .entries = power_of_two_below(room / sizeof(shared->ring[0])),
    };
    shared->req_event = 1;
    shared->rsp_event = 1;
}

static union blkif_sring_entry *entry(struct blk_ring *ring, uint32_t index)
{
    return &ring->shared->ring[index & (ring->entries - 1)];
}

void blk_ring_put(struct blk_ring *ring, const struct blkif_request *request)
{
    memcpy(&entry(ring, ring->produced++)->req, request, sizeof(*request));
}

bool blk_ring_push(struct blk_ring *ring)
{
    uint32_t before = read_once(&ring->shared->req_prod);

    memory_barrier();
    write_once(&ring->shared->req_prod, ring->produced);
    memory_barrier();
    /* The backend sleeps until the request that it names is there. */
    return ring->produced - read_once(&ring->shared->req_event) < ring->produced - before;
}

int blk_ring_take(struct blk_ring *ring, struct blk_response *ret_response)
{
    const volatile struct blkif_response *response = &entry(ring, ring->consumed)->rsp;
    uint32_t answered = read_once(&ring->shared->rsp_prod) - ring->consumed;

    if (!answered)
        return 0;
    if (answered > ring->produced - ring->consumed)
        return -XEN_EIO;
    memory_barrier();
    ret_response->id = response->id;
    ret_response->operation = response->operation;
    ret_response->status = response->status;
    ring->consumed++;
    return 1;
}

bool blk_ring_ask_for_event(struct blk_ring *ring)
{
    write_once(&ring->shared->rsp_event, ring->consumed + 1);
    memory_barrier();
    return read_once(&ring->shared->rsp_prod) != ring->consumed;
}
