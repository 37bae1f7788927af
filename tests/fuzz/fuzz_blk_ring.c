/*
 * A backend that does as it likes with the ring's page. The input is a list of steps: 'r' puts a
 * request, 'p' pushes, 't' takes a response, 'e' asks for an event, 'w' and three bytes writes the
 * third one at the offset in the page that the first two say.
 */
#include "hypercall/blk_ring.h"

#include <stdlib.h>

#include "tests/fuzz/fuzz.h"

#define PAGE_BYTES 4096u

static uint32_t in_flight(const struct blk_ring *ring)
{
    return ring->produced - ring->consumed;
}

static void take(struct blk_ring *ring)
{
    uint32_t before = in_flight(ring);
    struct blk_response response;
    int result = blk_ring_take(ring, &response);

    REQUIRE(result <= 1);
    REQUIRE(result < 1 || before > 0);
    REQUIRE(in_flight(ring) == before - (result == 1));
}

static void put(struct blk_ring *ring)
{
    struct blkif_request request = {.id = ring->produced};

    if (in_flight(ring) < ring->entries)
        blk_ring_put(ring, &request);
}

static void step(struct blk_ring *ring, uint8_t *page, const uint8_t **data, const uint8_t *end)
{
    switch (*(*data)++) {
    case 'r':
        put(ring);
        break;
    case 'p':
        blk_ring_push(ring);
        REQUIRE(((struct blkif_sring *)(void *)page)->req_prod == ring->produced);
        break;
    case 't':
        take(ring);
        break;
    case 'e':
        blk_ring_ask_for_event(ring);
        break;
    case 'w':
        if (end - *data < 3)
            break;
        page[((*data)[0] | (*data)[1] << 8) % PAGE_BYTES] = (*data)[2];
        *data += 3;
        break;
    default:
        break;
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    uint8_t *page = calloc(1, PAGE_BYTES);
    const uint8_t *end = data + size;
    struct blk_ring ring;

    blk_ring_init(&ring, (struct blkif_sring *)(void *)page, PAGE_BYTES);
    while (data < end) {
        step(&ring, page, &data, end);
        REQUIRE(in_flight(&ring) <= ring.entries);
    }
    free(page);
    return 0;
}
