/* Requests as xenstored reads them, replies and events as it may write them. */
#include "hypercall/xenstore_message.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include <xen/errno.h>

static struct xenstore_message message;
static char long_text[XENSTORE_PAYLOAD_MAX + 2];

static int start(void **state)
{
    (void)state;
    memset(&message, 0x5a, sizeof(message));
    memset(long_text, 'x', sizeof(long_text) - 1);
    return 0;
}

static void assert_payload(const char *bytes, size_t length)
{
    assert_int_equal(message.header.len, length);
    assert_memory_equal(message.payload, bytes, length);
}

static void receive(uint32_t type, const char *payload, size_t bytes)
{
    message.header = (struct xsd_sockmsg){.type = type, .len = (uint32_t)bytes};
    memcpy(message.payload, payload, bytes);
    xenstore_message_finish(&message);
}

static void test_header(void **state)
{
    struct xenstore_request request = {.type = XS_READ, .transaction = 77, .dir = "name"};

    (void)state;
    assert_int_equal(xenstore_message_build(&message, 12345, &request), 0);
    assert_int_equal(message.header.type, XS_READ);
    assert_int_equal(message.header.req_id, 12345);
    assert_int_equal(message.header.tx_id, 77);
    assert_payload("name", 5);
}

static void test_path_of_two_parts(void **state)
{
    struct xenstore_request request = {.type = XS_READ, .dir = "device/vbd/51712", .node = "state"};

    (void)state;
    assert_int_equal(xenstore_message_build(&message, 1, &request), 0);
    assert_payload("device/vbd/51712/state", 23);
}

static void test_path_of_one_part(void **state)
{
    struct xenstore_request request = {.type = XS_DIRECTORY, .dir = "device", .node = ""};

    (void)state;
    assert_int_equal(xenstore_message_build(&message, 1, &request), 0);
    assert_payload("device", 7);
}

static void test_value_is_written_without_nul(void **state)
{
    struct xenstore_request request = {XS_WRITE, 0, "a", "b", "value", 5};

    (void)state;
    assert_int_equal(xenstore_message_build(&message, 1, &request), 0);
    assert_payload("a/b\0value", 9);
}

static void test_empty_value(void **state)
{
    struct xenstore_request request = {XS_WRITE, 0, "a", "b", "", 0};

    (void)state;
    assert_int_equal(xenstore_message_build(&message, 1, &request), 0);
    assert_payload("a/b", 4);
}

static void test_request_of_the_maximum_size(void **state)
{
    struct xenstore_request request = {XS_WRITE, 0, "a", "b", long_text, XENSTORE_PAYLOAD_MAX - 4};

    (void)state;
    assert_int_equal(xenstore_message_build(&message, 1, &request), 0);
    assert_int_equal(message.header.len, XENSTORE_PAYLOAD_MAX);
}

static void test_request_that_is_too_long(void **state)
{
    const char *end = strchr(long_text, '\0');
    const struct xenstore_request requests[] = {
        {XS_WRITE, 0, "a", "b", long_text, XENSTORE_PAYLOAD_MAX - 3},
        {XS_WRITE, 0, "a", "b", long_text, SIZE_MAX},
        {XS_READ, 0, end - XENSTORE_PAYLOAD_MAX, NULL, NULL, 0},
        {XS_READ, 0, end - XENSTORE_PAYLOAD_MAX, "b", NULL, 0},
        {XS_READ, 0, "a", end - XENSTORE_PAYLOAD_MAX, NULL, 0},
        {XS_READ, 0, long_text, long_text, NULL, 0},
    };

    (void)state;
    for (size_t i = 0; i < sizeof(requests) / sizeof(requests[0]); i++)
        assert_int_equal(xenstore_message_build(&message, 1, &requests[i]), -XEN_E2BIG);
}

static void test_bounds_of_what_is_received(void **state)
{
    struct xsd_sockmsg header = {.len = XENSTORE_PAYLOAD_MAX};

    (void)state;
    assert_true(xenstore_message_is_bounded(&header));
    header.len = XENSTORE_PAYLOAD_MAX + 1;
    assert_false(xenstore_message_is_bounded(&header));
    header.len = UINT32_MAX;
    assert_false(xenstore_message_is_bounded(&header));
}

static void test_longest_payload_ends_with_a_nul(void **state)
{
    (void)state;
    receive(XS_READ, long_text, XENSTORE_PAYLOAD_MAX);
    assert_int_equal(strlen(message.payload), XENSTORE_PAYLOAD_MAX);
}

static void test_result_of_a_reply(void **state)
{
    (void)state;
    receive(XS_READ, "value", 5);
    assert_int_equal(xenstore_message_result(&message, XS_READ), 0);
    assert_int_equal(xenstore_message_result(&message, XS_WRITE), -XEN_EIO);
}

static void test_results_of_errors(void **state)
{
    static const struct {
        const char *name;
        int result;
    } cases[] = {
        {"ENOENT", -XEN_ENOENT},       {"EACCES", -XEN_EACCES}, {"EAGAIN", -XEN_EAGAIN},
        {"ENOTEMPTY", -XEN_ENOTEMPTY}, {"EPERM", -XEN_EPERM},   {"EIO", -XEN_EIO},
        {"E2BIG", -XEN_E2BIG},         {"", -XEN_EIO},          {"ENOENTX", -XEN_EIO},
        {"ENOEN", -XEN_EIO},           {"EUNKNOWN", -XEN_EIO},
    };

    (void)state;
    for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
        receive(XS_ERROR, cases[i].name, strlen(cases[i].name) + 1);
        assert_int_equal(xenstore_message_result(&message, XS_READ), cases[i].result);
        receive(XS_ERROR, cases[i].name, strlen(cases[i].name));
        assert_int_equal(xenstore_message_result(&message, XS_READ), cases[i].result);
    }
}

static void test_watch_event(void **state)
{
    const char *path;
    const char *token;

    (void)state;
    receive(XS_WATCH_EVENT,
            "device/vbd\0"
            "12",
            14);
    assert_true(xenstore_message_event(&message, &path, &token));
    assert_string_equal(path, "device/vbd");
    assert_string_equal(token, "12");
}

static void test_watch_event_with_an_open_end(void **state)
{
    const char *path;
    const char *token;

    (void)state;
    receive(XS_WATCH_EVENT, "path\0token", 9);
    assert_true(xenstore_message_event(&message, &path, &token));
    assert_string_equal(token, "toke");
}

static void test_what_is_no_watch_event(void **state)
{
    static const struct {
        uint32_t type;
        const char *payload;
        size_t bytes;
    } cases[] = {
        {XS_READ, "path\0token", 11}, {XS_WATCH_EVENT, "", 0},     {XS_WATCH_EVENT, "", 1},
        {XS_WATCH_EVENT, "path", 4},  {XS_WATCH_EVENT, "path", 5},
    };
    const char *path;
    const char *token;

    (void)state;
    for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
        receive(cases[i].type, cases[i].payload, cases[i].bytes);
        assert_false(xenstore_message_event(&message, &path, &token));
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup(test_header, start),
        cmocka_unit_test_setup(test_path_of_two_parts, start),
        cmocka_unit_test_setup(test_path_of_one_part, start),
        cmocka_unit_test_setup(test_value_is_written_without_nul, start),
        cmocka_unit_test_setup(test_empty_value, start),
        cmocka_unit_test_setup(test_request_of_the_maximum_size, start),
        cmocka_unit_test_setup(test_request_that_is_too_long, start),
        cmocka_unit_test_setup(test_bounds_of_what_is_received, start),
        cmocka_unit_test_setup(test_longest_payload_ends_with_a_nul, start),
        cmocka_unit_test_setup(test_result_of_a_reply, start),
        cmocka_unit_test_setup(test_results_of_errors, start),
        cmocka_unit_test_setup(test_watch_event, start),
        cmocka_unit_test_setup(test_watch_event_with_an_open_end, start),
        cmocka_unit_test_setup(test_what_is_no_watch_event, start),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
