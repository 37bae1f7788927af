/* Event channels, with and without the page that their pending bits are in. */
#include "hypercall/evtchn.h"

#include <stdint.h>

#include <xen/errno.h>

#include "hypercall/shared_info.h"
#include "loader/x86/cpu.h"
#include "tests/unit/fake_hypercall.h"
#include "tests/unit/fake_memory.h"
#include "tests/unit/fake_tsc.h"
#include "tests/unit/isolated.h"

#define MS   1000000ull /* ns */
#define S    (1000 * MS)
#define PORT 70u /* bit 6 of word 1 */

static struct shared_info *info;

static int start(void **state)
{
    fake_memory_setup(state);
    info = (struct shared_info *)(uintptr_t)FAKE_MEMORY_START;
    /* Time that stands still but for what the test says: its counter does not count. */
    info->vcpu_info[0].time = (struct vcpu_time_info){
        .version = 2,
        .system_time = 1000 * S,
        .tsc_timestamp = rdtsc(),
        .tsc_to_system_mul = 1,
        .tsc_shift = -32,
    };
    return 0;
}

static int start_mapped(void **state)
{
    start(state);
    return shared_info_map(FAKE_MEMORY_START >> 12);
}

static void test_channel_is_made_and_closed(void **state)
{
    evtchn_port_t port = 0;

    (void)state;
    assert_int_equal(evtchn_alloc_unbound(5, &port), 0);
    assert_int_equal(fake_hypercall.remote_domid, 5);
    assert_int_equal(fake_hypercall.ports_open, 1);
    assert_int_equal(evtchn_send(port), 0);
    assert_int_equal(fake_hypercall.last_port, port);
    assert_int_equal(evtchn_close(port), 0);
    assert_int_equal(fake_hypercall.ports_open, 0);
    assert_int_equal(evtchn_close(port), -XEN_EINVAL);
}

static void test_clear_takes_one_bit(void **state)
{
    (void)state;
    info->evtchn_pending[0] = ~0ul;
    info->evtchn_pending[1] = ~0ul;
    info->evtchn_mask[1] = ~0ul;
    evtchn_clear(PORT);
    assert_true(info->evtchn_pending[0] == ~0ul);
    assert_true(info->evtchn_pending[1] == ~(1ul << 6));
    assert_true(info->evtchn_mask[1] == ~0ul);
}

static void test_port_out_of_range_is_nothing(void **state)
{
    (void)state;
    info->evtchn_mask[0] = ~0ul;
    evtchn_clear(EVTCHN_2L_NR_CHANNELS);
    evtchn_clear(UINT32_MAX);
    assert_true(info->evtchn_mask[0] == ~0ul);
}

static void test_wait_sleeps_until_the_deadline(void **state)
{
    (void)state;
    fake_tsc.now_ns = 77 * S;
    evtchn_wait(PORT, 77 * S + 250 * MS);
    assert_int_equal(fake_hypercall.polls, 1);
    assert_int_equal(fake_hypercall.poll_port, PORT);
    assert_in_range(fake_hypercall.poll_timeout_ns, 1000 * S + 250 * MS, 1000 * S + 251 * MS);
    assert_int_equal(fake_hypercall.yields, 0);
}

static void test_wait_looks_around_now_and_then(void **state)
{
    (void)state;
    evtchn_wait(PORT, UINT64_MAX);
    assert_in_range(fake_hypercall.poll_timeout_ns, 1001 * S, 1001 * S + MS);
}

static void test_wait_after_the_deadline_returns(void **state)
{
    (void)state;
    fake_tsc.now_ns = 77 * S;
    evtchn_wait(PORT, 77 * S);
    evtchn_wait(PORT, 0);
    assert_int_equal(fake_hypercall.polls, 0);
    assert_int_equal(fake_hypercall.yields, 0);
}

static void test_xen_that_does_not_poll_is_yielded_to(void **state)
{
    (void)state;
    fake_hypercall.poll_result = -XEN_EINVAL;
    evtchn_wait(PORT, S);
    assert_int_equal(fake_hypercall.polls, 1);
    assert_int_equal(fake_hypercall.yields, 1);
}

static void test_without_shared_info_the_cpu_is_given_away(void **state)
{
    (void)state;
    evtchn_clear(PORT);
    evtchn_wait(PORT, S);
    assert_int_equal(fake_hypercall.polls, 0);
    assert_int_equal(fake_hypercall.yields, 1);
}

static void test_time_that_never_stands_still_is_not_waited_for(void **state)
{
    (void)state;
    info->vcpu_info[0].time.version = 3;
    evtchn_wait(PORT, S);
    assert_int_equal(fake_hypercall.polls, 0);
    assert_int_equal(fake_hypercall.yields, 1);
}

static void test_shared_info_is_taken_out_again(void **state)
{
    (void)state;
    assert_ptr_equal(shared_info(), info);
    assert_int_equal(fake_hypercall.last_space, 0);
    assert_int_equal(fake_hypercall.pages_mapped, 1);
    assert_int_equal(shared_info_unmap(), 0);
    assert_int_equal(fake_hypercall.pages_mapped, 0);
    assert_int_equal(fake_hypercall.last_gfn, FAKE_MEMORY_START >> 12);
    assert_null(shared_info());
    assert_int_equal(shared_info_unmap(), 0);
    assert_int_equal(fake_hypercall.pages_mapped, 0);
}

static void test_shared_info_that_cannot_be_mapped(void **state)
{
    (void)state;
    fake_hypercall.map_result = -XEN_ENOMEM;
    assert_int_equal(shared_info_map(FAKE_MEMORY_START >> 12), -XEN_ENOMEM);
    assert_null(shared_info());
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup(test_channel_is_made_and_closed, start),
        cmocka_unit_test_setup(test_clear_takes_one_bit, start_mapped),
        cmocka_unit_test_setup(test_port_out_of_range_is_nothing, start_mapped),
        cmocka_unit_test_setup(test_wait_sleeps_until_the_deadline, start_mapped),
        cmocka_unit_test_setup(test_wait_looks_around_now_and_then, start_mapped),
        cmocka_unit_test_setup(test_wait_after_the_deadline_returns, start_mapped),
        cmocka_unit_test_setup(test_xen_that_does_not_poll_is_yielded_to, start_mapped),
        cmocka_unit_test_setup(test_without_shared_info_the_cpu_is_given_away, start),
        cmocka_unit_test_setup(test_time_that_never_stands_still_is_not_waited_for, start_mapped),
        cmocka_unit_test_setup(test_shared_info_is_taken_out_again, start_mapped),
        cmocka_unit_test_setup(test_shared_info_that_cannot_be_mapped, start),
    };

    return isolated_run(tests);
}
