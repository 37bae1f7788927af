/* The block ring, whose other end writes what it likes. */
#include "hypercall/blk_ring.h"

#include <stdlib.h>
#include <string.h>

#include <xen/errno.h>

#include "tests/unit/isolated.h"

#define PAGE_BYTES 4096u
#define ENTRIES    32u

static struct blkif_sring *shared;
static struct blk_ring ring;

/* On the heap, so that a byte too far is seen. */
static int start(void **state)
{
    (void)state;
    shared = calloc(1, PAGE_BYTES);
    blk_ring_init(&ring, shared, PAGE_BYTES);
    return 0;
}

static void put(uint64_t id)
{
    struct blkif_request request = {.operation = BLKIF_OP_WRITE, .id = id};

    blk_ring_put(&ring, &request);
}

/* What a backend does. */
static void answer(uint32_t index, uint64_t id, int16_t status)
{
    shared->ring[index % ENTRIES].rsp =
        (struct blkif_response){.id = id, .operation = BLKIF_OP_WRITE, .status = status};
    shared->rsp_prod = index + 1;
}

static void test_sizes(void **state)
{
    struct blkif_sring *large = calloc(2, PAGE_BYTES);

    (void)state;
    assert_int_equal(ring.entries, ENTRIES);
    assert_int_equal(shared->req_event, 1);
    assert_int_equal(shared->rsp_event, 1);
    blk_ring_init(&ring, large, 2 * PAGE_BYTES);
    assert_int_equal(ring.entries, 2 * ENTRIES);
    memset(&large->ring[ring.entries - 1], 0, sizeof(large->ring[0]));
    free(large);
}

static void test_requests_are_shown_by_push(void **state)
{
    (void)state;
    put(5);
    assert_int_equal(shared->req_prod, 0);
    assert_int_equal(ring.produced - ring.consumed, 1);
    assert_true(blk_ring_push(&ring));
    assert_int_equal(shared->req_prod, 1);
    assert_int_equal(shared->ring[0].req.id, 5);
}

static void test_backend_is_told_only_when_it_sleeps(void **state)
{
    (void)state;
    put(0);
    assert_true(blk_ring_push(&ring));
    put(1);
    assert_false(blk_ring_push(&ring));
    shared->req_event = 3;
    put(2);
    assert_true(blk_ring_push(&ring));
    assert_false(blk_ring_push(&ring));
    shared->req_event = 5;
    put(3);
    assert_false(blk_ring_push(&ring));
    put(4);
    put(5);
    assert_true(blk_ring_push(&ring));
}

static void test_responses(void **state)
{
    struct blk_response response = {0};

    (void)state;
    assert_int_equal(blk_ring_take(&ring, &response), 0);
    put(7);
    put(8);
    blk_ring_push(&ring);
    assert_int_equal(blk_ring_take(&ring, &response), 0);
    answer(0, 8, BLKIF_RSP_ERROR);
    assert_int_equal(blk_ring_take(&ring, &response), 1);
    assert_int_equal(response.id, 8);
    assert_int_equal(response.operation, BLKIF_OP_WRITE);
    assert_int_equal(response.status, BLKIF_RSP_ERROR);
    assert_int_equal(ring.produced - ring.consumed, 1);
    assert_int_equal(blk_ring_take(&ring, &response), 0);
}

static void test_indices_wrap(void **state)
{
    struct blk_response response;

    (void)state;
    ring.produced = ring.consumed = UINT32_MAX - 1;
    shared->req_prod = shared->rsp_prod = UINT32_MAX - 1;
    for (uint32_t i = 0; i < 4; i++) {
        put(i);
        blk_ring_push(&ring);
        answer(UINT32_MAX - 1 + i, i, BLKIF_RSP_OKAY);
        assert_int_equal(blk_ring_take(&ring, &response), 1);
        assert_int_equal(response.id, i);
    }
    assert_int_equal(shared->req_prod, 2);
}

static void test_more_answers_than_questions(void **state)
{
    static const uint32_t producers[] = {2, ENTRIES, ENTRIES + 1, UINT32_MAX, 0x80000000};
    struct blk_response response;

    (void)state;
    put(0);
    blk_ring_push(&ring);
    for (size_t i = 0; i < sizeof(producers) / sizeof(producers[0]); i++) {
        shared->rsp_prod = producers[i];
        assert_int_equal(blk_ring_take(&ring, &response), -XEN_EIO);
    }
    assert_int_equal(ring.produced - ring.consumed, 1);
}

static void test_full_ring(void **state)
{
    struct blk_response response;

    (void)state;
    for (uint32_t i = 0; i < ENTRIES; i++)
        put(i);
    blk_ring_push(&ring);
    assert_int_equal(ring.produced - ring.consumed, ENTRIES);
    for (uint32_t i = 0; i < ENTRIES; i++) {
        assert_int_equal(shared->ring[i].req.id, i);
        answer(i, i, BLKIF_RSP_OKAY);
        assert_int_equal(blk_ring_take(&ring, &response), 1);
    }
    assert_int_equal(ring.produced - ring.consumed, 0);
}

static void test_asking_for_an_event(void **state)
{
    (void)state;
    put(0);
    put(1);
    blk_ring_push(&ring);
    assert_false(blk_ring_ask_for_event(&ring));
    assert_int_equal(shared->rsp_event, 1);
    answer(0, 0, BLKIF_RSP_OKAY);
    assert_true(blk_ring_ask_for_event(&ring));
    blk_ring_take(&ring, &(struct blk_response){0});
    assert_false(blk_ring_ask_for_event(&ring));
    assert_int_equal(shared->rsp_event, 2);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup(test_sizes, start),
        cmocka_unit_test_setup(test_requests_are_shown_by_push, start),
        cmocka_unit_test_setup(test_backend_is_told_only_when_it_sleeps, start),
        cmocka_unit_test_setup(test_responses, start),
        cmocka_unit_test_setup(test_indices_wrap, start),
        cmocka_unit_test_setup(test_more_answers_than_questions, start),
        cmocka_unit_test_setup(test_full_ring, start),
        cmocka_unit_test_setup(test_asking_for_an_event, start),
    };

    return isolated_run(tests);
}
