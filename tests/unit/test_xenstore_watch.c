/* Watches, and that none is left behind. */
#include "hypercall/xenstore_watch.h"

#include <stdint.h>
#include <string.h>

#include <xen/errno.h>

#include "hypercall/xenstore.h"
#include "tests/unit/fake_hypercall.h"
#include "tests/unit/fake_tsc.h"
#include "tests/unit/fake_xenstored.h"
#include "tests/unit/isolated.h"
#include "tests/unit/log_capture.h"

#define S 1000000000ull /* ns */

static struct xenstore_watch watch;
static struct xenstore_watch other;

static int start(void **state)
{
    fake_xenstored_setup(state);
    return xenstore_open();
}

/* Both set, and their first events taken. */
static int start_watching(void **state)
{
    start(state);
    return xenstore_watch_add(&watch, "/back", "state") || xenstore_watch_add(&other, "data", "") ||
           xenstore_watch_wait(&watch, S) || xenstore_watch_wait(&other, S);
}

static void test_fires_once_for_the_start(void **state)
{
    (void)state;
    assert_int_equal(xenstore_watch_add(&watch, "/back", "state"), 0);
    assert_int_equal(xenstore_watch_wait(&watch, S), 0);
    assert_int_equal(xenstore_watch_wait(&watch, 0), -XEN_ETIMEDOUT);
}

static void test_fires_for_its_path_and_below(void **state)
{
    (void)state;
    fake_xenstored_write("/back/state", "4");
    assert_int_equal(xenstore_watch_wait(&watch, fake_tsc.now_ns + S), 0);
    assert_int_equal(xenstore_watch_wait(&other, 0), -XEN_ETIMEDOUT);
    fake_xenstored_write("data/a/b", "1");
    assert_int_equal(xenstore_watch_wait(&other, fake_tsc.now_ns + S), 0);
    assert_int_equal(xenstore_watch_wait(&watch, 0), -XEN_ETIMEDOUT);
}

static void test_several_events_are_one(void **state)
{
    char value[8];

    (void)state;
    for (unsigned int i = 0; i < 5; i++)
        fake_xenstored_write("/back/state", "4");
    assert_int_equal(xenstore_read(0, "/back", "state", value, sizeof(value)), 0);
    assert_int_equal(xenstore_watch_wait(&watch, 0), 0);
    assert_int_equal(xenstore_watch_wait(&watch, 0), -XEN_ETIMEDOUT);
}

static void test_wait_is_bounded(void **state)
{
    uint64_t then = fake_tsc.now_ns;

    (void)state;
    assert_int_equal(xenstore_watch_wait(&watch, then + 3 * S), -XEN_ETIMEDOUT);
    assert_in_range(fake_tsc.now_ns, then + 3 * S, then + 4 * S);
}

static void write_other(void)
{
    fake_hypercall.on_send();
    fake_xenstored_write("data", "x");
}

static void test_events_of_others_do_not_prolong_the_wait(void **state)
{
    uint64_t then = fake_tsc.now_ns;

    (void)state;
    fake_hypercall.on_yield = write_other;
    assert_int_equal(xenstore_watch_wait(&watch, then + 3 * S), -XEN_ETIMEDOUT);
    assert_in_range(fake_tsc.now_ns, then + 3 * S, then + 4 * S);
}

static void test_removed_watch_is_gone(void **state)
{
    (void)state;
    xenstore_watch_remove(&watch);
    assert_int_equal(fake_xenstored.watches, 1);
    assert_true(xenstore_watch_any());
    xenstore_watch_remove(&watch);
    xenstore_watch_remove(&other);
    assert_int_equal(fake_xenstored.watches, 0);
    assert_false(xenstore_watch_any());
}

static void test_watch_that_was_never_added_can_be_removed(void **state)
{
    struct xenstore_watch never = {0};

    (void)state;
    xenstore_watch_remove(&never);
    assert_int_equal(fake_xenstored.requests, 0);
}

static void test_watch_that_cannot_be_set_is_none(void **state)
{
    (void)state;
    fake_xenstored.asleep = true;
    assert_int_equal(xenstore_watch_add(&watch, "/back", "state"), -XEN_ETIMEDOUT);
    assert_false(xenstore_watch_any());
    xenstore_watch_remove(&watch);
    fake_xenstored.asleep = false;
    fake_hypercall.on_yield();
    xenstore_close();
    assert_int_equal(fake_xenstored.watches, 0);
}

static void test_events_for_nobody_are_dropped(void **state)
{
    static const char *const tokens[] = {"", "0", "99", "-1", "x", "4294967296", "1 "};

    (void)state;
    for (size_t i = 0; i < sizeof(tokens) / sizeof(tokens[0]); i++)
        xenstore_watch_fire(tokens[i]);
    assert_false(watch.fired);
    assert_false(other.fired);
}

static void test_close_drops_all(void **state)
{
    (void)state;
    xenstore_close();
    assert_int_equal(fake_xenstored.watches, 0);
    assert_int_equal(fake_xenstored.ring->rsp_prod, fake_xenstored.ring->rsp_cons);
    assert_string_equal(log_capture_last(), "");
}

static void test_close_says_what_it_cannot_drop(void **state)
{
    (void)state;
    fake_xenstored.without_reset = true;
    xenstore_close();
    assert_non_null(strstr(log_capture_last(), "left behind"));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup(test_fires_once_for_the_start, start),
        cmocka_unit_test_setup(test_fires_for_its_path_and_below, start_watching),
        cmocka_unit_test_setup(test_several_events_are_one, start_watching),
        cmocka_unit_test_setup(test_wait_is_bounded, start_watching),
        cmocka_unit_test_setup(test_events_of_others_do_not_prolong_the_wait, start_watching),
        cmocka_unit_test_setup(test_removed_watch_is_gone, start_watching),
        cmocka_unit_test_setup(test_watch_that_was_never_added_can_be_removed, start),
        cmocka_unit_test_setup(test_watch_that_cannot_be_set_is_none, start),
        cmocka_unit_test_setup(test_events_for_nobody_are_dropped, start_watching),
        cmocka_unit_test_setup(test_close_drops_all, start_watching),
        cmocka_unit_test_setup(test_close_says_what_it_cannot_drop, start_watching),
    };

    return isolated_run(tests);
}
