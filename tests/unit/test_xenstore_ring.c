/* xenstore's ring, whose other end writes what it likes. */
#include "hypercall/xenstore_ring.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include <xen/errno.h>

#define BYTES XENSTORE_RING_SIZE

static struct xenstore_domain_interface *ring;
static char text[2 * BYTES];
static char found[2 * BYTES];
static bool was_full;

/* On the heap, so that a byte too far is seen. */
static int start(void **state)
{
    (void)state;
    ring = calloc(1, sizeof(*ring));
    for (size_t i = 0; i < sizeof(text); i++)
        text[i] = (char)('!' + i % 90);
    memset(found, 0, sizeof(found));
    was_full = false;
    return 0;
}

static int stop(void **state)
{
    (void)state;
    free(ring);
    return 0;
}

static void set_requests(XENSTORE_RING_IDX consumer, XENSTORE_RING_IDX producer)
{
    ring->req_cons = consumer;
    ring->req_prod = producer;
}

static void set_replies(XENSTORE_RING_IDX consumer, XENSTORE_RING_IDX producer)
{
    ring->rsp_cons = consumer;
    ring->rsp_prod = producer;
}

static int get(size_t bytes)
{
    return xenstore_ring_get(ring, found, bytes, &was_full);
}

static void test_put_writes_and_moves_the_producer(void **state)
{
    (void)state;
    assert_int_equal(xenstore_ring_put(ring, "hello", 5), 5);
    assert_int_equal(xenstore_ring_put(ring, "you", 3), 3);
    assert_memory_equal(ring->req, "helloyou", 9);
    assert_int_equal(ring->req_prod, 8);
    assert_int_equal(ring->req_cons, 0);
}

static void test_put_goes_round_at_the_rings_end(void **state)
{
    (void)state;
    set_requests(BYTES - 2, BYTES - 2);
    assert_int_equal(xenstore_ring_put(ring, "abcd", 4), 4);
    assert_memory_equal(ring->req + BYTES - 2, "ab", 2);
    assert_memory_equal(ring->req, "cd", 2);
}

static void test_put_across_the_wrap_of_the_indices(void **state)
{
    (void)state;
    set_requests(UINT32_MAX - 1, UINT32_MAX - 1);
    assert_int_equal(xenstore_ring_put(ring, "abcd", 4), 4);
    assert_int_equal(ring->req_prod, 2);
    assert_memory_equal(ring->req, "cd", 2);
}

static void test_put_takes_what_fits(void **state)
{
    (void)state;
    assert_int_equal(xenstore_ring_put(ring, text, sizeof(text)), BYTES);
    assert_memory_equal(ring->req, text, BYTES);
    assert_int_equal(xenstore_ring_put(ring, text, 1), 0);
    ring->req_cons += 3;
    assert_int_equal(xenstore_ring_put(ring, "abcdef", 6), 3);
    assert_memory_equal(ring->req, "abc", 3);
}

static void test_put_refuses_indices_that_make_no_sense(void **state)
{
    static const XENSTORE_RING_IDX consumers[] = {1, 100, 0x80000000, UINT32_MAX - BYTES};

    (void)state;
    for (size_t i = 0; i < sizeof(consumers) / sizeof(consumers[0]); i++) {
        set_requests(consumers[i], 0);
        assert_int_equal(xenstore_ring_put(ring, text, 10), -XEN_EIO);
        assert_int_equal(ring->req_prod, 0);
        assert_int_equal(ring->req_cons, consumers[i]);
    }
    for (size_t i = 0; i < BYTES; i++)
        assert_int_equal(ring->req[i], 0);
}

static void test_get_reads_and_moves_the_consumer(void **state)
{
    (void)state;
    memcpy(ring->rsp, "hello", 5);
    set_replies(0, 5);
    assert_int_equal(get(3), 3);
    assert_memory_equal(found, "hel", 3);
    assert_int_equal(get(10), 2);
    assert_memory_equal(found, "lo", 2);
    assert_int_equal(get(10), 0);
    assert_int_equal(ring->rsp_cons, 5);
    assert_int_equal(ring->rsp_prod, 5);
    assert_false(was_full);
}

static void test_get_across_the_wrap_of_the_indices(void **state)
{
    (void)state;
    memcpy(ring->rsp + BYTES - 2, "ab", 2);
    memcpy(ring->rsp, "cd", 2);
    set_replies(UINT32_MAX - 1, 2);
    assert_int_equal(get(sizeof(found)), 4);
    assert_memory_equal(found, "abcd", 4);
    assert_int_equal(ring->rsp_cons, 2);
}

static void test_get_tells_that_the_ring_was_full(void **state)
{
    (void)state;
    memcpy(ring->rsp, text, BYTES);
    set_replies(BYTES, 2 * BYTES);
    assert_int_equal(get(16), 16);
    assert_true(was_full);
    assert_int_equal(get(sizeof(found)), BYTES - 16);
    assert_memory_equal(found, text + 16, BYTES - 16);
    assert_false(was_full);
}

static void test_get_of_nothing_was_not_full(void **state)
{
    (void)state;
    set_replies(0, BYTES);
    was_full = true;
    assert_int_equal(get(0), 0);
    assert_false(was_full);
}

static void test_get_refuses_indices_that_make_no_sense(void **state)
{
    static const XENSTORE_RING_IDX producers[] = {BYTES + 1, 0x80000000, UINT32_MAX};

    (void)state;
    for (size_t i = 0; i < sizeof(producers) / sizeof(producers[0]); i++) {
        set_replies(0, producers[i]);
        assert_int_equal(get(8), -XEN_EIO);
        assert_int_equal(ring->rsp_cons, 0);
    }
    assert_int_equal(found[0], 0);
}

static void test_nothing_is_moved_while_xenstored_reconnects(void **state)
{
    (void)state;
    ring->connection = XENSTORE_RECONNECT;
    set_replies(0, 5);
    assert_int_equal(xenstore_ring_put(ring, "hello", 5), 0);
    assert_int_equal(get(5), 0);
    assert_int_equal(ring->req_prod, 0);
    assert_int_equal(ring->rsp_cons, 0);
    ring->connection = XENSTORE_CONNECTED;
    assert_int_equal(xenstore_ring_put(ring, "hello", 5), 5);
    assert_int_equal(get(5), 5);
}

static void test_error_field_ends_it(void **state)
{
    (void)state;
    ring->server_features = XENSTORE_SERVER_FEATURE_ERROR;
    assert_int_equal(xenstore_ring_put(ring, "hello", 5), 5);
    ring->error = XENSTORE_ERROR_PROTO;
    assert_int_equal(xenstore_ring_put(ring, "hello", 5), -XEN_EIO);
    assert_int_equal(get(5), -XEN_EIO);
}

static void test_error_field_without_its_feature_is_anything(void **state)
{
    (void)state;
    ring->server_features = ~(uint32_t)XENSTORE_SERVER_FEATURE_ERROR;
    ring->error = XENSTORE_ERROR_PROTO;
    assert_int_equal(xenstore_ring_put(ring, "hello", 5), 5);
}

static void test_idle(void **state)
{
    (void)state;
    assert_true(xenstore_ring_is_idle(ring));
    set_requests(7, 8);
    assert_false(xenstore_ring_is_idle(ring));
    set_requests(8, 8);
    set_replies(UINT32_MAX, 0);
    assert_false(xenstore_ring_is_idle(ring));
    set_replies(0, 0);
    assert_true(xenstore_ring_is_idle(ring));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(test_put_writes_and_moves_the_producer, start, stop),
        cmocka_unit_test_setup_teardown(test_put_goes_round_at_the_rings_end, start, stop),
        cmocka_unit_test_setup_teardown(test_put_across_the_wrap_of_the_indices, start, stop),
        cmocka_unit_test_setup_teardown(test_put_takes_what_fits, start, stop),
        cmocka_unit_test_setup_teardown(test_put_refuses_indices_that_make_no_sense, start, stop),
        cmocka_unit_test_setup_teardown(test_get_reads_and_moves_the_consumer, start, stop),
        cmocka_unit_test_setup_teardown(test_get_across_the_wrap_of_the_indices, start, stop),
        cmocka_unit_test_setup_teardown(test_get_tells_that_the_ring_was_full, start, stop),
        cmocka_unit_test_setup_teardown(test_get_of_nothing_was_not_full, start, stop),
        cmocka_unit_test_setup_teardown(test_get_refuses_indices_that_make_no_sense, start, stop),
        cmocka_unit_test_setup_teardown(test_nothing_is_moved_while_xenstored_reconnects, start,
                                        stop),
        cmocka_unit_test_setup_teardown(test_error_field_ends_it, start, stop),
        cmocka_unit_test_setup_teardown(test_error_field_without_its_feature_is_anything, start,
                                        stop),
        cmocka_unit_test_setup_teardown(test_idle, start, stop),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
