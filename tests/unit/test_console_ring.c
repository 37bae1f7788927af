/* The PV console's ring, whose other end writes what it likes. */
#include "hypercall/console_ring.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#define OUT_BYTES 2048u
#define IN_BYTES  1024u
#define POISON    0x5a

static struct xencons_interface *ring;
static char text[2 * OUT_BYTES];

/* On the heap, so that a byte too far is seen. */
static int start(void **state)
{
    (void)state;
    ring = malloc(sizeof(*ring));
    memset(ring, 0, sizeof(*ring));
    for (size_t i = 0; i < sizeof(text); i++)
        text[i] = (char)('!' + i % 90);
    return 0;
}

static int stop(void **state)
{
    (void)state;
    free(ring);
    return 0;
}

static void set_out(XENCONS_RING_IDX consumer, XENCONS_RING_IDX producer)
{
    ring->out_cons = consumer;
    ring->out_prod = producer;
}

static void set_in(XENCONS_RING_IDX consumer, XENCONS_RING_IDX producer)
{
    ring->in_cons = consumer;
    ring->in_prod = producer;
}

static void test_sizes_are_those_of_the_interface(void **state)
{
    (void)state;
    assert_int_equal(sizeof(ring->out), OUT_BYTES);
    assert_int_equal(sizeof(ring->in), IN_BYTES);
}

static void test_put_writes_and_moves_the_producer(void **state)
{
    (void)state;
    assert_int_equal(console_ring_put(ring, "hello", 5), 5);
    assert_memory_equal(ring->out, "hello", 6);
    assert_int_equal(ring->out_prod, 5);
    assert_int_equal(ring->out_cons, 0);
}

static void test_put_continues_behind_what_is_there(void **state)
{
    (void)state;
    console_ring_put(ring, "ab", 2);
    console_ring_put(ring, "cd", 2);
    assert_memory_equal(ring->out, "abcd", 4);
    assert_int_equal(ring->out_prod, 4);
}

static void test_put_of_nothing_changes_nothing(void **state)
{
    (void)state;
    assert_int_equal(console_ring_put(ring, text, 0), 0);
    assert_int_equal(ring->out_prod, 0);
}

static void test_put_goes_round_at_the_rings_end(void **state)
{
    (void)state;
    set_out(OUT_BYTES - 2, OUT_BYTES - 2);
    assert_int_equal(console_ring_put(ring, "abcd", 4), 4);
    assert_int_equal(ring->out[OUT_BYTES - 2], 'a');
    assert_int_equal(ring->out[OUT_BYTES - 1], 'b');
    assert_int_equal(ring->out[0], 'c');
    assert_int_equal(ring->out[1], 'd');
}

static void test_empty_ring_takes_all_its_bytes(void **state)
{
    (void)state;
    assert_int_equal(console_ring_put(ring, text, sizeof(text)), OUT_BYTES);
    assert_memory_equal(ring->out, text, OUT_BYTES);
    assert_int_equal(ring->out_prod, OUT_BYTES);
}

static void test_full_ring_takes_nothing(void **state)
{
    (void)state;
    set_out(7, 7 + OUT_BYTES);
    assert_int_equal(console_ring_put(ring, text, 1), 0);
    assert_int_equal(ring->out_prod, 7 + OUT_BYTES);
}

static void test_nearly_full_ring_takes_what_fits(void **state)
{
    (void)state;
    set_out(7, 7 + OUT_BYTES - 3);
    assert_int_equal(console_ring_put(ring, text, 10), 3);
    assert_int_equal(ring->out_prod, 7 + OUT_BYTES);
}

static void test_put_across_the_wrap_of_the_indices(void **state)
{
    (void)state;
    set_out(UINT32_MAX - 1, UINT32_MAX - 1);
    assert_int_equal(console_ring_put(ring, "abcd", 4), 4);
    assert_int_equal(ring->out_prod, 2);
    assert_int_equal(ring->out[OUT_BYTES - 2], 'a');
    assert_int_equal(ring->out[1], 'd');
}

static void test_full_ring_across_the_wrap_of_the_indices(void **state)
{
    (void)state;
    set_out(UINT32_MAX - 9, OUT_BYTES - 10);
    assert_int_equal(console_ring_put(ring, text, 10), 0);
    set_out(UINT32_MAX - 9, OUT_BYTES - 11);
    assert_int_equal(console_ring_put(ring, text, 10), 1);
}

static void test_put_refuses_indices_that_make_no_sense(void **state)
{
    static const XENCONS_RING_IDX consumers[] = {1, 100, 0x80000000, UINT32_MAX - OUT_BYTES};

    (void)state;
    memset(ring->out, POISON, OUT_BYTES);
    for (size_t i = 0; i < sizeof(consumers) / sizeof(consumers[0]); i++) {
        set_out(consumers[i], 0);
        assert_int_equal(console_ring_put(ring, text, 10), 0);
        assert_int_equal(ring->out_prod, 0);
        assert_int_equal(ring->out_cons, consumers[i]);
    }
    for (size_t i = 0; i < OUT_BYTES; i++)
        assert_int_equal(ring->out[i], POISON);
}

static void test_get_reads_and_moves_the_consumer(void **state)
{
    char found[10];

    (void)state;
    memcpy(ring->in, "hello", 5);
    set_in(0, 5);
    assert_int_equal(console_ring_get(ring, found, sizeof(found)), 5);
    assert_memory_equal(found, "hello", 5);
    assert_int_equal(ring->in_cons, 5);
    assert_int_equal(ring->in_prod, 5);
}

static void test_get_reads_no_more_than_asked(void **state)
{
    char found[3];

    (void)state;
    memcpy(ring->in, "hello", 5);
    set_in(0, 5);
    assert_int_equal(console_ring_get(ring, found, 3), 3);
    assert_memory_equal(found, "hel", 3);
    assert_int_equal(console_ring_get(ring, found, 3), 2);
    assert_memory_equal(found, "lo", 2);
}

static void test_get_from_an_empty_ring_is_nothing(void **state)
{
    char found[1];

    (void)state;
    set_in(77, 77);
    assert_int_equal(console_ring_get(ring, found, 1), 0);
    assert_int_equal(ring->in_cons, 77);
}

static void test_get_from_a_full_ring_is_everything(void **state)
{
    char found[2 * IN_BYTES];

    (void)state;
    memcpy(ring->in, text, IN_BYTES);
    set_in(IN_BYTES, 2 * IN_BYTES);
    assert_int_equal(console_ring_get(ring, found, sizeof(found)), IN_BYTES);
    assert_memory_equal(found, text, IN_BYTES);
}

static void test_get_across_the_wrap_of_the_indices(void **state)
{
    char found[8];

    (void)state;
    ring->in[IN_BYTES - 2] = 'a';
    ring->in[IN_BYTES - 1] = 'b';
    ring->in[0] = 'c';
    set_in(UINT32_MAX - 1, 1);
    assert_int_equal(console_ring_get(ring, found, sizeof(found)), 3);
    assert_memory_equal(found, "abc", 3);
    assert_int_equal(ring->in_cons, 1);
}

static void test_get_refuses_indices_that_make_no_sense(void **state)
{
    static const XENCONS_RING_IDX producers[] = {IN_BYTES + 1, 0x80000000, UINT32_MAX};
    char found[8];

    (void)state;
    for (size_t i = 0; i < sizeof(producers) / sizeof(producers[0]); i++) {
        set_in(0, producers[i]);
        assert_int_equal(console_ring_get(ring, found, sizeof(found)), 0);
        assert_int_equal(ring->in_cons, 0);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(test_sizes_are_those_of_the_interface, start, stop),
        cmocka_unit_test_setup_teardown(test_put_writes_and_moves_the_producer, start, stop),
        cmocka_unit_test_setup_teardown(test_put_continues_behind_what_is_there, start, stop),
        cmocka_unit_test_setup_teardown(test_put_of_nothing_changes_nothing, start, stop),
        cmocka_unit_test_setup_teardown(test_put_goes_round_at_the_rings_end, start, stop),
        cmocka_unit_test_setup_teardown(test_empty_ring_takes_all_its_bytes, start, stop),
        cmocka_unit_test_setup_teardown(test_full_ring_takes_nothing, start, stop),
        cmocka_unit_test_setup_teardown(test_nearly_full_ring_takes_what_fits, start, stop),
        cmocka_unit_test_setup_teardown(test_put_across_the_wrap_of_the_indices, start, stop),
        cmocka_unit_test_setup_teardown(test_full_ring_across_the_wrap_of_the_indices, start, stop),
        cmocka_unit_test_setup_teardown(test_put_refuses_indices_that_make_no_sense, start, stop),
        cmocka_unit_test_setup_teardown(test_get_reads_and_moves_the_consumer, start, stop),
        cmocka_unit_test_setup_teardown(test_get_reads_no_more_than_asked, start, stop),
        cmocka_unit_test_setup_teardown(test_get_from_an_empty_ring_is_nothing, start, stop),
        cmocka_unit_test_setup_teardown(test_get_from_a_full_ring_is_everything, start, stop),
        cmocka_unit_test_setup_teardown(test_get_across_the_wrap_of_the_indices, start, stop),
        cmocka_unit_test_setup_teardown(test_get_refuses_indices_that_make_no_sense, start, stop),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
