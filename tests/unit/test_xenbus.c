/* A front end whose back end answers, answers late, or is gone. */
#include "hypercall/xenbus.h"

#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <xen/errno.h>

#include "hypercall/xenstore.h"
#include "tests/unit/fake_tsc.h"
#include "tests/unit/fake_xenstored.h"
#include "tests/unit/isolated.h"

#define S     1000000000ull /* ns */
#define FRONT "device/vbd/51712"
#define BACK  "/local/domain/0/backend/vbd/7/51712"

static struct xenbus_device device;
/* What the back end answers to each state of the front end; 0: nothing. */
static unsigned int answer[XenbusStateReconfigured + 1];
static char history[64];

static int start(void **state)
{
    fake_xenstored_setup(state);
    fake_xenstored_write(FRONT "/backend", BACK);
    fake_xenstored_write(FRONT "/backend-id", "3");
    fake_xenstored_write(FRONT "/state", "1");
    fake_xenstored_write(BACK "/state", "2");
    return xenstore_open();
}

static int start_open(void **state)
{
    return start(state) || xenbus_open(&device, "vbd", "51712");
}

/* Notes the front end's states, and answers each once. */
static void backend(uint32_t type)
{
    const char *text = fake_xenstored_value(FRONT "/state");
    unsigned int state = text ? (unsigned int)(*text - '0') : 0;
    char back[2] = {0};

    if (type != XS_WRITE || history[strlen(history) ? strlen(history) - 1 : 0] == *text)
        return;
    history[strlen(history)] = *text;
    back[0] = (char)('0' + answer[state]);
    if (answer[state])
        fake_xenstored_write(BACK "/state", back);
}

static void connect_backend(void)
{
    fake_xenstored_write(FRONT "/state", "4");
    fake_xenstored_write(FRONT "/ring-ref", "8");
    fake_xenstored_write(FRONT "/event-channel", "10");
    fake_xenstored_write(BACK "/state", "4");
    answer[XenbusStateClosing] = XenbusStateClosing;
    answer[XenbusStateClosed] = XenbusStateClosed;
    answer[XenbusStateInitialising] = XenbusStateInitWait;
    fake_xenstored.on_request = backend;
}

static void test_open_finds_the_back_end(void **state)
{
    (void)state;
    assert_int_equal(xenbus_open(&device, "vbd", "51712"), 0);
    assert_string_equal(device.frontend, FRONT);
    assert_string_equal(device.backend, BACK);
    assert_int_equal(device.backend_domid, 3);
    assert_int_equal(fake_xenstored.watches, 1);
    assert_int_equal(xenbus_backend_state(&device), XenbusStateInitWait);
    xenbus_close(&device);
    assert_int_equal(fake_xenstored.watches, 0);
}

static void test_open_of_what_is_not_there(void **state)
{
    (void)state;
    assert_int_equal(xenbus_open(&device, "vbd", "1"), -XEN_ENOENT);
    fake_xenstored_remove(FRONT "/backend-id");
    assert_int_equal(xenbus_open(&device, "vbd", "51712"), -XEN_ENOENT);
    assert_int_equal(fake_xenstored.watches, 0);
    xenbus_close(&device);
}

static void test_open_refuses_what_is_no_domain(void **state)
{
    static const char *const domids[] = {"",      "x",     "-1",
                                         "32752", "65536", "99999999999999999999999"};

    (void)state;
    for (size_t i = 0; i < sizeof(domids) / sizeof(domids[0]); i++) {
        fake_xenstored_write(FRONT "/backend-id", domids[i]);
        assert_int_equal(xenbus_open(&device, "vbd", "51712"), -XEN_EINVAL);
    }
    fake_xenstored_write(FRONT "/backend-id", "32751");
    assert_int_equal(xenbus_open(&device, "vbd", "51712"), 0);
}

static void test_open_refuses_paths_that_are_too_long(void **state)
{
    char name[XENBUS_FRONTEND_BYTES];
    char back[XENBUS_BACKEND_BYTES + 1];

    (void)state;
    memset(name, 'x', sizeof(name));
    name[sizeof(name) - 1] = '\0';
    assert_int_equal(xenbus_open(&device, "vbd", name), -XEN_E2BIG);
    memset(back, 'x', sizeof(back));
    back[sizeof(back) - 1] = '\0';
    fake_xenstored_write(FRONT "/backend", back);
    assert_int_equal(xenbus_open(&device, "vbd", "51712"), -XEN_E2BIG);
}

static void test_states_that_are_none(void **state)
{
    static const char *const states[] = {"", "9", "connected", "4294967300"};

    (void)state;
    for (size_t i = 0; i < sizeof(states) / sizeof(states[0]); i++) {
        fake_xenstored_write(BACK "/state", states[i]);
        assert_int_equal(xenbus_backend_state(&device), XenbusStateUnknown);
    }
}

static void test_wait_for_a_state_that_is_there(void **state)
{
    enum xenbus_state found;

    (void)state;
    assert_int_equal(xenbus_wait(&device, XENBUS_STATE(InitWait), S, &found), 0);
    assert_int_equal(found, XenbusStateInitWait);
}

static void test_wait_for_an_answer(void **state)
{
    enum xenbus_state found;

    (void)state;
    answer[XenbusStateInitialised] = XenbusStateConnected;
    fake_xenstored.on_request = backend;
    assert_int_equal(xenbus_set_state(&device, 0, XenbusStateInitialised), 0);
    assert_int_equal(
        xenbus_wait(&device, XENBUS_STATE(Connected) | XENBUS_STATE(Closed), S, &found), 0);
    assert_int_equal(found, XenbusStateConnected);
}

static void test_wait_is_bounded(void **state)
{
    enum xenbus_state found;
    uint64_t then = fake_tsc.now_ns;

    (void)state;
    assert_int_equal(xenbus_wait(&device, XENBUS_STATE(Connected), 5 * S, &found), -XEN_ETIMEDOUT);
    assert_in_range(fake_tsc.now_ns, then + 5 * S, then + 6 * S);
}

static void test_wait_for_one_that_is_gone(void **state)
{
    enum xenbus_state found;

    (void)state;
    fake_xenstored_remove(BACK);
    assert_int_equal(xenbus_wait(&device, XENBUS_STATE(Connected), S, &found), -XEN_ENODEV);
    assert_int_equal(xenbus_wait(&device, XENBUS_STATE(Closed) | XENBUS_STATE(Unknown), S, &found),
                     0);
    assert_int_equal(found, XenbusStateUnknown);
}

static void test_wait_without_xenstored_is_no_device_that_is_gone(void **state)
{
    enum xenbus_state found;

    (void)state;
    fake_xenstored.asleep = true;
    assert_int_equal(xenbus_wait(&device, XENBUS_STATE(Connected), S, &found), -XEN_ETIMEDOUT);
}

static void test_numbers(void **state)
{
    uint64_t number = 0;

    (void)state;
    fake_xenstored_write(BACK "/sectors", "2097152");
    fake_xenstored_write(BACK "/info", "read-only");
    fake_xenstored_write(BACK "/long", "000000000000000000000000000000000000001");
    assert_int_equal(xenbus_read_number(BACK, "sectors", UINT64_MAX, &number), 0);
    assert_int_equal(number, 2097152);
    assert_int_equal(xenbus_read_number(BACK, "sectors", 1000, &number), -XEN_ERANGE);
    assert_int_equal(xenbus_read_number(BACK, "info", 1000, &number), -XEN_EINVAL);
    assert_int_equal(xenbus_read_number(BACK, "long", 1000, &number), -XEN_ERANGE);
    assert_int_equal(xenbus_read_number(BACK, "none", 1000, &number), -XEN_ENOENT);
    assert_int_equal(xenbus_read_optional(BACK, "none", 1000, 512, &number), 0);
    assert_int_equal(number, 512);
    assert_int_equal(xenbus_read_optional(BACK, "sectors", 1000, 512, &number), -XEN_ERANGE);
    assert_int_equal(xenbus_write_number(0, FRONT, "ring-ref", UINT64_MAX), 0);
    assert_string_equal(fake_xenstored_value(FRONT "/ring-ref"), "18446744073709551615");
}

static void test_front_end_is_made_as_new(void **state)
{
    static const char *const nodes[] = {"ring-ref", "event-channel", "never-written", NULL};

    (void)state;
    connect_backend();
    assert_int_equal(xenbus_disconnect(&device, S), 0);
    assert_string_equal(history, "56");
    assert_string_equal(fake_xenstored_value(FRONT "/ring-ref"), "8");
    assert_int_equal(xenbus_renew(&device, nodes, S), 0);
    assert_string_equal(history, "561");
    assert_null(fake_xenstored_value(FRONT "/ring-ref"));
    assert_null(fake_xenstored_value(FRONT "/event-channel"));
    assert_string_equal(fake_xenstored_value(FRONT "/backend"), BACK);
    assert_string_equal(fake_xenstored_value(BACK "/state"), "2");
}

static void test_back_end_that_closes_at_once(void **state)
{
    (void)state;
    connect_backend();
    answer[XenbusStateClosing] = XenbusStateClosed;
    answer[XenbusStateClosed] = 0;
    assert_int_equal(xenbus_disconnect(&device, S), 0);
    assert_string_equal(history, "56");
}

static void test_back_end_that_never_closes(void **state)
{
    uint64_t then = fake_tsc.now_ns;

    (void)state;
    connect_backend();
    answer[XenbusStateClosed] = 0;
    assert_int_equal(xenbus_disconnect(&device, S), -XEN_ETIMEDOUT);
    assert_in_range(fake_tsc.now_ns, then + S, then + 3 * S);
}

static void test_back_end_that_is_gone_needs_no_closing(void **state)
{
    (void)state;
    connect_backend();
    fake_xenstored.on_request = NULL;
    fake_xenstored_remove(BACK);
    assert_int_equal(xenbus_disconnect(&device, S), 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup(test_open_finds_the_back_end, start),
        cmocka_unit_test_setup(test_open_of_what_is_not_there, start),
        cmocka_unit_test_setup(test_open_refuses_what_is_no_domain, start),
        cmocka_unit_test_setup(test_open_refuses_paths_that_are_too_long, start),
        cmocka_unit_test_setup(test_states_that_are_none, start_open),
        cmocka_unit_test_setup(test_wait_for_a_state_that_is_there, start_open),
        cmocka_unit_test_setup(test_wait_for_an_answer, start_open),
        cmocka_unit_test_setup(test_wait_is_bounded, start_open),
        cmocka_unit_test_setup(test_wait_for_one_that_is_gone, start_open),
        cmocka_unit_test_setup(test_wait_without_xenstored_is_no_device_that_is_gone, start_open),
        cmocka_unit_test_setup(test_numbers, start_open),
        cmocka_unit_test_setup(test_front_end_is_made_as_new, start_open),
        cmocka_unit_test_setup(test_back_end_that_closes_at_once, start_open),
        cmocka_unit_test_setup(test_back_end_that_never_closes, start_open),
        cmocka_unit_test_setup(test_back_end_that_is_gone_needs_no_closing, start_open),
    };

    return isolated_run(tests);
}
