/* Transactions that are committed, contended and given up. */
#include "hypercall/xenstore_transaction.h"

#include <stdint.h>

#include <xen/errno.h>

#include "hypercall/xenstore.h"
#include "tests/unit/fake_xenstored.h"
#include "tests/unit/isolated.h"

static unsigned int calls;
static int body_result;

static int start(void **state)
{
    fake_xenstored_setup(state);
    return xenstore_open();
}

static int write_both(uint32_t transaction, void *context)
{
    calls++;
    assert_int_equal(transaction, 42);
    assert_int_equal(xenstore_write(transaction, "a", "", context), 0);
    assert_int_equal(xenstore_write(transaction, "b", "", context), 0);
    return body_result;
}

static char one[] = "1";

static void test_commit(void **state)
{
    (void)state;
    assert_int_equal(xenstore_transaction(write_both, one), 0);
    assert_int_equal(calls, 1);
    assert_string_equal(fake_xenstored_value("a"), "1");
    assert_string_equal(fake_xenstored_value("b"), "1");
    assert_int_equal(fake_xenstored.transactions, 0);
}

static void test_conflicts_are_tried_again(void **state)
{
    (void)state;
    fake_xenstored.conflicts = 5;
    assert_int_equal(xenstore_transaction(write_both, one), 0);
    assert_int_equal(calls, 6);
    assert_string_equal(fake_xenstored_value("b"), "1");
    assert_int_equal(fake_xenstored.transactions, 0);
}

static void test_conflicts_without_end_are_an_error(void **state)
{
    (void)state;
    fake_xenstored.conflicts = UINT32_MAX;
    assert_int_equal(xenstore_transaction(write_both, one), -XEN_EAGAIN);
    assert_null(fake_xenstored_value("a"));
    assert_int_equal(fake_xenstored.transactions, 0);
}

static void test_body_that_fails_changes_nothing(void **state)
{
    (void)state;
    body_result = -XEN_EINVAL;
    assert_int_equal(xenstore_transaction(write_both, one), -XEN_EINVAL);
    assert_int_equal(calls, 1);
    assert_null(fake_xenstored_value("a"));
    assert_int_equal(fake_xenstored.transactions, 0);
}

static void fall_asleep(uint32_t type)
{
    if (type == XS_TRANSACTION_START)
        fake_xenstored.asleep = true;
}

static int give_up(uint32_t transaction, void *context)
{
    char value[8];

    (void)context;
    return xenstore_read(transaction, "a", "", value, sizeof(value));
}

static void test_transaction_of_a_dead_xenstored_is_dropped_at_close(void **state)
{
    (void)state;
    fake_xenstored.on_request = fall_asleep;
    assert_int_equal(xenstore_transaction(give_up, NULL), -XEN_ETIMEDOUT);
    assert_int_equal(fake_xenstored.transactions, 1);
    fake_xenstored.asleep = false;
    xenstore_close();
    assert_int_equal(fake_xenstored.transactions, 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup(test_commit, start),
        cmocka_unit_test_setup(test_conflicts_are_tried_again, start),
        cmocka_unit_test_setup(test_conflicts_without_end_are_an_error, start),
        cmocka_unit_test_setup(test_body_that_fails_changes_nothing, start),
        cmocka_unit_test_setup(test_transaction_of_a_dead_xenstored_is_dropped_at_close, start),
    };

    return isolated_run(tests);
}
