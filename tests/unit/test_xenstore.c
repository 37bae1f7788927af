/* Requests to an xenstored that answers, answers late or in pieces, talks nonsense, or is not
 * there. */
#include "hypercall/xenstore.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <xen/errno.h>

#include "hypercall/xenstore_exchange.h"
#include "tests/unit/fake_hypercall.h"
#include "tests/unit/fake_memory.h"
#include "tests/unit/fake_tsc.h"
#include "tests/unit/fake_xenstored.h"
#include "tests/unit/isolated.h"
#include "tests/unit/log_capture.h"

#define S          1000000000ull /* ns */
#define GIVE_UP    (10 * S)
#define UNTOUCHED  "untouched"
#define RING_BYTES XENSTORE_RING_SIZE

static struct xenstore_domain_interface *ring;
static char value[XENSTORE_PAYLOAD_MAX + 1];
static char long_value[XENSTORE_PAYLOAD_MAX + 1];

static int start(void **state)
{
    fake_xenstored_setup(state);
    ring = fake_xenstored.ring;
    fake_xenstored_write("name", "guest");
    strcpy(value, UNTOUCHED);
    for (size_t i = 0; i < XENSTORE_PAYLOAD_MAX; i++)
        long_value[i] = (char)('!' + i % 90);
    return 0;
}

static int start_open(void **state)
{
    start(state);
    return xenstore_open();
}

static int read_name(void)
{
    return xenstore_read(0, "name", "", value, sizeof(value));
}

static void assert_in_step(void)
{
    assert_true(xenstore_exchange_is_idle());
    assert_int_equal(ring->req_prod, ring->req_cons);
    assert_int_equal(ring->rsp_prod, ring->rsp_cons);
}

static void test_domain_without_xenstore(void **state)
{
    static const struct {
        uint64_t gfn;
        uint64_t port;
    } cases[] = {
        {0, FAKE_XENSTORED_PORT},        {UINT64_MAX, FAKE_XENSTORED_PORT},
        {1u << 20, FAKE_XENSTORED_PORT}, {FAKE_MEMORY_START >> 12, 0},
        {FAKE_MEMORY_START >> 12, 4096}, {FAKE_MEMORY_START >> 12, UINT64_MAX},
    };

    (void)state;
    for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
        fake_hypercall.param[HVM_PARAM_STORE_PFN] = cases[i].gfn;
        fake_hypercall.param[HVM_PARAM_STORE_EVTCHN] = cases[i].port;
        assert_int_equal(xenstore_open(), -XEN_ENODEV);
        assert_int_equal(read_name(), -XEN_ENODEV);
    }
    xenstore_close();
    assert_string_equal(log_capture_last(), "");
}

static void test_read(void **state)
{
    (void)state;
    assert_int_equal(read_name(), 0);
    assert_string_equal(value, "guest");
    assert_int_equal(fake_hypercall.last_port, FAKE_XENSTORED_PORT);
    assert_in_step();
}

static void test_read_of_what_is_not_there(void **state)
{
    (void)state;
    assert_int_equal(xenstore_read(0, "no", "such", value, sizeof(value)), -XEN_ENOENT);
    assert_string_equal(value, UNTOUCHED);
    assert_in_step();
    assert_int_equal(read_name(), 0);
}

static void test_read_of_what_does_not_fit(void **state)
{
    (void)state;
    assert_int_equal(xenstore_read(0, "name", "", value, 5), -XEN_E2BIG);
    assert_string_equal(value, UNTOUCHED);
    assert_int_equal(xenstore_read(0, "name", "", value, 6), 0);
    assert_string_equal(value, "guest");
}

static void test_write(void **state)
{
    (void)state;
    assert_int_equal(xenstore_write(0, "device/vbd/1", "state", "4"), 0);
    assert_string_equal(fake_xenstored_value("device/vbd/1/state"), "4");
    assert_int_equal(xenstore_write(0, "name", "", ""), 0);
    assert_string_equal(fake_xenstored_value("name"), "");
}

static void test_directory(void **state)
{
    size_t bytes = 0;

    (void)state;
    fake_xenstored_write("device/vbd/51712/state", "1");
    fake_xenstored_write("device/vbd/51728/state", "1");
    assert_int_equal(xenstore_directory(0, "device", "vbd", value, sizeof(value), &bytes), 0);
    assert_int_equal(bytes, 12);
    assert_memory_equal(value,
                        "51712\0"
                        "51728",
                        12);
    assert_int_equal(xenstore_directory(0, "device", "vbd", value, 11, &bytes), -XEN_E2BIG);
    assert_int_equal(xenstore_directory(0, "name", "", value, 0, &bytes), 0);
    assert_int_equal(bytes, 0);
}

/* Forty names of 200 characters, "000xxx…" to "039xxx…". */
#define LONG_NAMES      40u
#define LONG_NAME_BYTES 201u

static char many[LONG_NAMES * LONG_NAME_BYTES];

static void make_long_directory(void)
{
    char path[LONG_NAME_BYTES + 16] = "data/long/";

    for (unsigned int i = 0; i < LONG_NAMES; i++) {
        memset(path + 10, 'x', LONG_NAME_BYTES - 1);
        path[10] = '0';
        path[11] = (char)('0' + i / 10);
        path[12] = (char)('0' + i % 10);
        fake_xenstored_write(path, "");
    }
}

static void assert_long_directory(void)
{
    size_t bytes = 0;

    assert_int_equal(xenstore_directory(0, "data", "long", many, sizeof(many), &bytes), 0);
    assert_int_equal(bytes, sizeof(many));
    for (size_t i = 0; i < LONG_NAMES; i++) {
        assert_int_equal(strlen(many + i * LONG_NAME_BYTES), LONG_NAME_BYTES - 1);
        assert_int_equal(strtoul(many + i * LONG_NAME_BYTES, NULL, 10), i);
    }
}

static void test_directory_longer_than_a_message(void **state)
{
    (void)state;
    make_long_directory();
    assert_long_directory();
}

static void test_directory_that_changes_meanwhile_is_read_anew(void **state)
{
    (void)state;
    make_long_directory();
    fake_xenstored.changes = 3;
    assert_long_directory();
    assert_int_equal(fake_xenstored.changes, 0);
}

static void test_directory_that_changes_for_ever_is_given_up(void **state)
{
    size_t bytes;

    (void)state;
    make_long_directory();
    fake_xenstored.changes = UINT32_MAX;
    assert_int_equal(xenstore_directory(0, "data", "long", many, sizeof(many), &bytes),
                     -XEN_EAGAIN);
}

static void test_long_directory_without_room(void **state)
{
    size_t bytes;

    (void)state;
    make_long_directory();
    assert_int_equal(xenstore_directory(0, "data", "long", many, sizeof(many) - 1, &bytes),
                     -XEN_E2BIG);
}

static void test_rm(void **state)
{
    (void)state;
    assert_int_equal(xenstore_write(0, "data", "new", ""), 0);
    assert_string_equal(fake_xenstored_value("data/new"), "");
    assert_int_equal(xenstore_rm(0, "data", ""), 0);
    assert_null(fake_xenstored_value("data/new"));
    assert_int_equal(xenstore_rm(0, "data", ""), -XEN_ENOENT);
}

static void test_messages_of_the_maximum_size(void **state)
{
    (void)state;
    long_value[XENSTORE_PAYLOAD_MAX - sizeof("long")] = '\0';
    assert_int_equal(xenstore_write(0, "long", "", long_value), 0);
    assert_string_equal(fake_xenstored_value("long"), long_value);
    assert_int_equal(xenstore_read(0, "long", "", value, sizeof(value)), 0);
    assert_string_equal(value, long_value);
    assert_in_step();
}

static void test_reply_of_the_maximum_size(void **state)
{
    (void)state;
    long_value[XENSTORE_PAYLOAD_MAX] = '\0';
    fake_xenstored_write("long", long_value);
    assert_int_equal(xenstore_read(0, "long", "", value, sizeof(value) - 1), -XEN_E2BIG);
    assert_in_step();
    assert_int_equal(xenstore_read(0, "long", "", value, sizeof(value)), 0);
    assert_memory_equal(value, long_value, XENSTORE_PAYLOAD_MAX + 1);
}

static void test_request_that_is_too_long_is_not_sent(void **state)
{
    (void)state;
    long_value[XENSTORE_PAYLOAD_MAX - 4] = '\0';
    assert_int_equal(xenstore_write(0, "long", "", long_value), -XEN_E2BIG);
    assert_int_equal(fake_xenstored.requests, 0);
    assert_int_equal(read_name(), 0);
}

/* Whatever the place in the ring, and with indices that wrap. */
static void test_everything_in_small_bites(void **state)
{
    (void)state;
    long_value[3000] = '\0';
    for (unsigned int bite = 1; bite < 1500; bite = bite * 3 + 1) {
        fake_xenstored.bite = bite;
        ring->req_cons = ring->req_prod = UINT32_MAX - 100;
        ring->rsp_cons = ring->rsp_prod = UINT32_MAX - 7;
        assert_int_equal(xenstore_write(0, "long", "", long_value), 0);
        assert_int_equal(xenstore_read(0, "long", "", value, sizeof(value)), 0);
        assert_string_equal(value, long_value);
        assert_in_step();
    }
}

static void test_dead_xenstored_is_waited_for_once(void **state)
{
    (void)state;
    fake_xenstored.asleep = true;
    assert_int_equal(read_name(), -XEN_ETIMEDOUT);
    assert_in_range(fake_tsc.now_ns, GIVE_UP, GIVE_UP + S);
    assert_non_null(strstr(log_capture_last(), "xenstored does not answer"));
    for (unsigned int i = 0; i < 100; i++)
        assert_int_equal(read_name(), -XEN_ETIMEDOUT);
    assert_in_range(fake_tsc.now_ns, GIVE_UP, GIVE_UP + S);
    xenstore_close();
    assert_in_range(fake_tsc.now_ns, GIVE_UP + S, GIVE_UP + 3 * S);
    assert_non_null(strstr(log_capture_last(), "left as it is"));
}

static void test_answer_that_comes_too_late_makes_the_way_free(void **state)
{
    (void)state;
    fake_xenstored.asleep = true;
    assert_int_equal(xenstore_read(0, "no", "such", value, sizeof(value)), -XEN_ETIMEDOUT);
    fake_xenstored.asleep = false;
    while (read_name())
        fake_hypercall.on_yield();
    assert_string_equal(value, "guest");
    assert_in_step();
}

static void test_long_request_to_a_dead_xenstored_is_finished_later(void **state)
{
    (void)state;
    fake_xenstored.asleep = true;
    long_value[3000] = '\0';
    assert_int_equal(xenstore_write(0, "long", "", long_value), -XEN_ETIMEDOUT);
    assert_int_equal(ring->req_prod - ring->req_cons, RING_BYTES);
    fake_xenstored.asleep = false;
    xenstore_close();
    assert_string_equal(fake_xenstored_value("long"), long_value);
    assert_int_equal(fake_xenstored.last_type, XS_RESET_WATCHES);
    assert_int_equal(ring->req_prod, ring->req_cons);
    assert_int_equal(ring->rsp_prod, ring->rsp_cons);
}

static void test_close_of_an_idle_ring_asks_nothing(void **state)
{
    (void)state;
    assert_int_equal(read_name(), 0);
    xenstore_close();
    assert_int_equal(fake_xenstored.requests, 1);
    assert_int_equal(read_name(), -XEN_ENODEV);
    assert_string_equal(log_capture_last(), "");
}

static void test_close_reads_what_is_there(void **state)
{
    (void)state;
    assert_int_equal(read_name(), 0);
    fake_xenstored_send(XS_WATCH_EVENT, 0, "path\0token", 11);
    fake_xenstored_send(XS_READ, 99, "answer to nothing", 17);
    fake_hypercall.on_yield();
    xenstore_close();
    assert_int_equal(ring->rsp_prod, ring->rsp_cons);
    assert_string_equal(log_capture_last(), "");
}

static void test_replies_to_others_are_dropped(void **state)
{
    (void)state;
    fake_xenstored_send(XS_READ, 0, "stale", 5);
    fake_xenstored_send(XS_ERROR, 12345, "EPERM", 6);
    assert_int_equal(read_name(), 0);
    assert_string_equal(value, "guest");
}

static void test_reply_of_another_type(void **state)
{
    (void)state;
    fake_xenstored_send(XS_WRITE, 1, "OK", 3);
    assert_int_equal(read_name(), -XEN_EIO);
    assert_string_equal(value, UNTOUCHED);
    assert_int_equal(read_name(), 0);
}

/* Keeps the ring full of watch events; called whenever the guest makes room in a full ring. */
static void flood(void)
{
    static const struct {
        struct xsd_sockmsg header;
        char payload[16];
    } event = {{.type = XS_WATCH_EVENT, .len = 16}, "some/path\0token"};

    for (; ring->rsp_prod - ring->rsp_cons < RING_BYTES; ring->rsp_prod++)
        ring->rsp[MASK_XENSTORE_IDX(ring->rsp_prod)] =
            ((const char *)&event)[ring->rsp_prod % sizeof(event)];
}

static void test_flood_of_events_does_not_prolong_the_wait(void **state)
{
    (void)state;
    fake_hypercall.on_send = flood;
    fake_tsc.step_ns = S / 1000;
    assert_int_equal(read_name(), -XEN_ETIMEDOUT);
    assert_in_range(fake_tsc.now_ns, GIVE_UP, GIVE_UP + S);
    xenstore_close();
    assert_in_range(fake_tsc.now_ns, GIVE_UP + S, GIVE_UP + 3 * S);
}

static void test_reply_that_is_too_long_ends_it(void **state)
{
    struct xsd_sockmsg header = {.type = XS_READ, .req_id = 1, .len = XENSTORE_PAYLOAD_MAX + 1};

    (void)state;
    memcpy(ring->rsp, &header, sizeof(header));
    ring->rsp_prod = sizeof(header);
    assert_int_equal(read_name(), -XEN_EIO);
    assert_non_null(strstr(log_capture_last(), "out of order"));
    log_capture_clear();
    assert_int_equal(read_name(), -XEN_EIO);
    assert_string_equal(log_capture_last(), "");
    assert_string_equal(value, UNTOUCHED);
}

static void test_index_that_makes_no_sense_ends_it(void **state)
{
    (void)state;
    ring->rsp_prod = RING_BYTES + 1;
    assert_int_equal(read_name(), -XEN_EIO);
    ring->rsp_prod = 0;
    assert_int_equal(read_name(), -XEN_EIO);
    xenstore_close();
    assert_true(fake_tsc.now_ns < S);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup(test_domain_without_xenstore, start),
        cmocka_unit_test_setup(test_read, start_open),
        cmocka_unit_test_setup(test_read_of_what_is_not_there, start_open),
        cmocka_unit_test_setup(test_read_of_what_does_not_fit, start_open),
        cmocka_unit_test_setup(test_write, start_open),
        cmocka_unit_test_setup(test_directory, start_open),
        cmocka_unit_test_setup(test_directory_longer_than_a_message, start_open),
        cmocka_unit_test_setup(test_directory_that_changes_meanwhile_is_read_anew, start_open),
        cmocka_unit_test_setup(test_directory_that_changes_for_ever_is_given_up, start_open),
        cmocka_unit_test_setup(test_long_directory_without_room, start_open),
        cmocka_unit_test_setup(test_rm, start_open),
        cmocka_unit_test_setup(test_messages_of_the_maximum_size, start_open),
        cmocka_unit_test_setup(test_reply_of_the_maximum_size, start_open),
        cmocka_unit_test_setup(test_request_that_is_too_long_is_not_sent, start_open),
        cmocka_unit_test_setup(test_everything_in_small_bites, start_open),
        cmocka_unit_test_setup(test_dead_xenstored_is_waited_for_once, start_open),
        cmocka_unit_test_setup(test_answer_that_comes_too_late_makes_the_way_free, start_open),
        cmocka_unit_test_setup(test_long_request_to_a_dead_xenstored_is_finished_later, start_open),
        cmocka_unit_test_setup(test_close_of_an_idle_ring_asks_nothing, start_open),
        cmocka_unit_test_setup(test_close_reads_what_is_there, start_open),
        cmocka_unit_test_setup(test_replies_to_others_are_dropped, start_open),
        cmocka_unit_test_setup(test_reply_of_another_type, start_open),
        cmocka_unit_test_setup(test_flood_of_events_does_not_prolong_the_wait, start_open),
        cmocka_unit_test_setup(test_reply_that_is_too_long_ends_it, start_open),
        cmocka_unit_test_setup(test_index_that_makes_no_sense_ends_it, start_open),
    };

    return isolated_run(tests);
}
