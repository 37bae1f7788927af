/* Clients that wait by polling: who sleeps, when, and for how long. */
#include "shim/event/idle.h"

#include "shim/event/tpl.h"
#include "tests/unit/fake_memory.h"
#include "tests/unit/fake_timer.h"
#include "tests/unit/fake_tsc.h"
#include "tests/unit/isolated.h"

#define US 1000ull /* ns */
#define MS (1000 * US)
#define S  (1000 * MS)

static const char key;
static const char event;

/* `count` polls with `gap_ns` of the client's own between them. */
static void poll(const void *what, unsigned int count, uint64_t gap_ns)
{
    for (unsigned int i = 0; i < count; i++) {
        idle_after_vain_poll(what);
        fake_tsc.now_ns += gap_ns;
    }
}

static void poll_for(uint64_t ns)
{
    uint64_t end = fake_tsc.now_ns + ns;

    while (fake_tsc.now_ns < end)
        poll(&key, 1, US);
}

static void test_pauses_grow_with_the_wait(void **state)
{
    (void)state;
    assert_int_equal(idle_pause_ns(0), 1 * MS);
    assert_int_equal(idle_pause_ns(160 * MS), 10 * MS);
    assert_int_equal(idle_pause_ns(UINT64_MAX), 250 * MS);
}

static void test_who_only_polls_sleeps(void **state)
{
    (void)state;
    poll_for(99 * MS);
    assert_int_equal(fake_timer.idles, 0);
    poll_for(50 * MS);
    assert_in_range(fake_timer.idles, 1, 50);
    assert_in_range(fake_timer.idle_limit_ns, 6 * MS, 10 * MS);
}

static void test_who_works_between_polls_does_not(void **state)
{
    (void)state;
    poll(&key, 100000, 100 * US);
    assert_int_equal(fake_timer.idles, 0);
}

static void test_who_asks_for_more_does_not(void **state)
{
    (void)state;
    for (unsigned int i = 0; i < 100000; i++) {
        poll(&key, 100, US);
        idle_work_done();
    }
    assert_int_equal(fake_timer.idles, 0);
}

/* Xen runs somebody else now and then: that is no work of the client's. */
static void test_few_late_polls_do_not_matter(void **state)
{
    (void)state;
    for (unsigned int i = 0; i < 50; i++) {
        poll(&key, 20, US);
        fake_tsc.now_ns += 10 * MS;
    }
    assert_true(fake_timer.idles > 0);
}

static void test_round_of_polls_sleeps_once(void **state)
{
    unsigned int idles;

    (void)state;
    poll_for(200 * MS);
    idles = fake_timer.idles;
    poll(&event, 100, US);
    assert_int_equal(fake_timer.idles, idles);
    poll(&key, 1, US);
    assert_int_equal(fake_timer.idles, idles + 1);
}

/* Reading it takes most of the time between two polls. */
static void test_slow_clock(void **state)
{
    (void)state;
    fake_tsc.step_ns = 50 * US;
    poll(&key, 1000, 300 * US);
    assert_true(fake_timer.idles > 0);
}

static void test_never_at_the_highest_level(void **state)
{
    (void)state;
    tpl_raise(TPL_HIGH_LEVEL);
    poll_for(1 * S);
    assert_int_equal(fake_timer.idles, 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup(test_pauses_grow_with_the_wait, fake_memory_setup),
        cmocka_unit_test_setup(test_who_only_polls_sleeps, fake_memory_setup),
        cmocka_unit_test_setup(test_who_works_between_polls_does_not, fake_memory_setup),
        cmocka_unit_test_setup(test_who_asks_for_more_does_not, fake_memory_setup),
        cmocka_unit_test_setup(test_few_late_polls_do_not_matter, fake_memory_setup),
        cmocka_unit_test_setup(test_round_of_polls_sleeps_once, fake_memory_setup),
        cmocka_unit_test_setup(test_slow_clock, fake_memory_setup),
        cmocka_unit_test_setup(test_never_at_the_highest_level, fake_memory_setup),
    };

    return isolated_run(tests);
}
