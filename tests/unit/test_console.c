/* The PV console on a Xen whose backend reads, reads late, or never reads. */
#include "hypercall/console.h"

#include <stdint.h>
#include <string.h>

#include <xen/errno.h>
#include <xen/io/console.h>
#include <xen/xen.h>

#include "hypercall/shared_info.h"
#include "shim/memory/page_alloc.h"
#include "tests/unit/fake_hypercall.h"
#include "tests/unit/fake_memory.h"
#include "tests/unit/fake_tsc.h"
#include "tests/unit/isolated.h"

#define MS        1000000ull /* ns */
#define OUT_BYTES 2048u
#define PORT      5u
/* Behind the ring's page. */
#define SHARED_INFO_GFN ((FAKE_MEMORY_START >> 12) + 1)
#define GIVE_UP         (100 * MS)

/* A page of the arena: the firmware finds it by its number below 4 GiB. */
static struct xencons_interface *ring;
static char text[3 * OUT_BYTES];
static char received[sizeof(text)];
static size_t received_bytes;

static int start(void **state)
{
    fake_memory_setup(state);
    ring = (struct xencons_interface *)(uintptr_t)FAKE_MEMORY_START;
    fake_hypercall.param[HVM_PARAM_CONSOLE_PFN] = FAKE_MEMORY_START >> 12;
    fake_hypercall.param[HVM_PARAM_CONSOLE_EVTCHN] = PORT;
    fake_tsc.step_ns = 1000;
    for (size_t i = 0; i < sizeof(text); i++)
        text[i] = (char)('!' + i % 90);
    return 0;
}

static int start_open(void **state)
{
    start(state);
    return !console_open();
}

static void backend_read(void)
{
    while (ring->out_cons != ring->out_prod)
        received[received_bytes++] = ring->out[MASK_XENCONS_IDX(ring->out_cons++, ring->out)];
}

/* Someone who takes 90 ms for each bite of 100 bytes. */
static void backend_read_slowly(void)
{
    fake_tsc.now_ns += 90 * MS;
    for (unsigned int i = 0; i < 100 && ring->out_cons != ring->out_prod; i++)
        received[received_bytes++] = ring->out[MASK_XENCONS_IDX(ring->out_cons++, ring->out)];
}

static void backend_sleep(void)
{
    fake_tsc.now_ns += 1 * MS;
}

static void test_console_is_found_by_its_parameters(void **state)
{
    (void)state;
    assert_true(console_open());
    console_write("x", 1);
    assert_int_equal(ring->out[0], 'x');
}

static void test_domain_without_console_has_none(void **state)
{
    static const struct {
        uint64_t gfn;
        uint64_t port;
    } cases[] = {
        {0, PORT}, {FAKE_MEMORY_START >> 12, 0}, {0, 0}, {1ull << 20, PORT}, {UINT64_MAX, PORT},
    };

    (void)state;
    for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
        fake_hypercall.param[HVM_PARAM_CONSOLE_PFN] = cases[i].gfn;
        fake_hypercall.param[HVM_PARAM_CONSOLE_EVTCHN] = cases[i].port;
        assert_false(console_open());
    }
}

static void test_xen_that_does_not_tell_means_no_console(void **state)
{
    (void)state;
    fake_hypercall.param_result = -XEN_EPERM;
    assert_false(console_open());
}

static void test_write_notifies_the_backend(void **state)
{
    (void)state;
    console_write("hello", 5);
    assert_memory_equal(ring->out, "hello", 5);
    assert_int_equal(ring->out_prod, 5);
    assert_int_equal(fake_hypercall.sends, 1);
    assert_int_equal(fake_hypercall.last_port, PORT);
    assert_int_equal(fake_hypercall.yields, 0);
}

static void test_nothing_to_write_wakes_nobody(void **state)
{
    (void)state;
    console_write("", 0);
    assert_int_equal(fake_hypercall.sends, 0);
}

static void test_long_text_waits_for_the_backend(void **state)
{
    (void)state;
    fake_hypercall.on_yield = backend_read;
    console_write(text, sizeof(text));
    backend_read();
    assert_int_equal(received_bytes, sizeof(text));
    assert_memory_equal(received, text, sizeof(text));
}

static void test_slow_backend_loses_nothing(void **state)
{
    (void)state;
    fake_hypercall.on_yield = backend_read_slowly;
    console_write(text, sizeof(text));
    backend_read();
    assert_int_equal(received_bytes, sizeof(text));
    assert_memory_equal(received, text, sizeof(text));
}

static void test_wait_for_a_dead_backend_is_bounded(void **state)
{
    (void)state;
    fake_hypercall.on_yield = backend_sleep;
    console_write(text, OUT_BYTES + 1);
    assert_in_range(fake_tsc.now_ns, GIVE_UP, GIVE_UP + 10 * MS);
    assert_int_equal(ring->out_prod, OUT_BYTES);
}

static void test_dead_backend_is_waited_for_only_once(void **state)
{
    uint64_t then;

    (void)state;
    fake_hypercall.on_yield = backend_sleep;
    console_write(text, OUT_BYTES + 1);
    then = fake_tsc.now_ns;
    for (unsigned int i = 0; i < 100; i++)
        console_write("more\n", 5);
    assert_in_range(fake_tsc.now_ns, then, then + 1 * MS);
}

static void test_backend_that_comes_back_is_waited_for_again(void **state)
{
    (void)state;
    fake_hypercall.on_yield = backend_sleep;
    console_write(text, OUT_BYTES + 1);
    backend_read();
    received_bytes = 0;
    fake_hypercall.on_yield = backend_read_slowly;
    console_write(text, sizeof(text));
    backend_read();
    assert_int_equal(received_bytes, sizeof(text));
    assert_memory_equal(received, text, sizeof(text));
}

static void test_hostile_index_is_waited_for_no_longer(void **state)
{
    (void)state;
    fake_hypercall.on_yield = backend_sleep;
    ring->out_cons = 100;
    console_write("hello", 5);
    assert_in_range(fake_tsc.now_ns, GIVE_UP, GIVE_UP + 10 * MS);
    assert_int_equal(ring->out_prod, 0);
    assert_int_equal(fake_hypercall.sends, 0);
}

static void test_read_takes_input_and_makes_room(void **state)
{
    char found[8];

    (void)state;
    memcpy(ring->in, "keys", 4);
    ring->in_prod = 4;
    assert_int_equal(console_read(found, sizeof(found)), 4);
    assert_memory_equal(found, "keys", 4);
    assert_int_equal(fake_hypercall.sends, 1);
    assert_int_equal(fake_hypercall.last_port, PORT);
}

static void test_read_of_nothing_wakes_nobody(void **state)
{
    char found[8];

    (void)state;
    assert_int_equal(console_read(found, sizeof(found)), 0);
    assert_int_equal(fake_hypercall.sends, 0);
}

static int start_mapped(void **state)
{
    if (start_open(state))
        return 1;
    return shared_info_map(SHARED_INFO_GFN);
}

static void test_wait_sleeps_until_the_backend_sends(void **state)
{
    struct shared_info *info = shared_info();

    (void)state;
    info->vcpu_info[0].time = (struct vcpu_time_info){.version = 2, .tsc_to_system_mul = 1};
    info->evtchn_pending[0] = 1u << PORT;
    assert_true(console_wait(fake_tsc.now_ns + 5 * MS));
    assert_int_equal(fake_hypercall.polls, 1);
    assert_int_equal(fake_hypercall.poll_port, PORT);
    /* What it sends from now on ends the next wait. */
    assert_int_equal(info->evtchn_pending[0], 0);
}

static void test_wait_without_shared_info_is_refused(void **state)
{
    (void)state;
    assert_false(console_wait(fake_tsc.now_ns + 5 * MS));
    assert_int_equal(fake_hypercall.polls + fake_hypercall.yields, 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup(test_console_is_found_by_its_parameters, start),
        cmocka_unit_test_setup(test_domain_without_console_has_none, start),
        cmocka_unit_test_setup(test_xen_that_does_not_tell_means_no_console, start),
        cmocka_unit_test_setup(test_write_notifies_the_backend, start_open),
        cmocka_unit_test_setup(test_nothing_to_write_wakes_nobody, start_open),
        cmocka_unit_test_setup(test_long_text_waits_for_the_backend, start_open),
        cmocka_unit_test_setup(test_slow_backend_loses_nothing, start_open),
        cmocka_unit_test_setup(test_wait_for_a_dead_backend_is_bounded, start_open),
        cmocka_unit_test_setup(test_dead_backend_is_waited_for_only_once, start_open),
        cmocka_unit_test_setup(test_backend_that_comes_back_is_waited_for_again, start_open),
        cmocka_unit_test_setup(test_hostile_index_is_waited_for_no_longer, start_open),
        cmocka_unit_test_setup(test_read_takes_input_and_makes_room, start_open),
        cmocka_unit_test_setup(test_read_of_nothing_wakes_nobody, start_open),
        cmocka_unit_test_setup(test_wait_sleeps_until_the_backend_sends, start_mapped),
        cmocka_unit_test_setup(test_wait_without_shared_info_is_refused, start_open),
    };

    return isolated_run(tests);
}
