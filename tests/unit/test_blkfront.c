/* How a PV disk is connected, and what is left of it for the OS. */
#include "hypercall/blkfront.h"

#include <string.h>

#include <xen/errno.h>

#include "tests/unit/fake_blkback.h"
#include "tests/unit/fake_hypercall.h"
#include "tests/unit/fake_tsc.h"
#include "tests/unit/fake_xenstored.h"
#include "tests/unit/isolated.h"
#include "tests/unit/log_capture.h"

#define S     1000000000ull /* ns */
#define FRONT FAKE_BLKBACK_FRONT

static struct blkfront front;

static int connect(void)
{
    uint64_t deadline = fake_tsc.now_ns + 5 * S;
    int result = blkfront_open(&front, FAKE_BLKBACK_NAME);

    if (!result)
        result = blkfront_offer(&front, deadline);
    return result ? result : blkfront_connect(&front, deadline);
}

static void test_connected(void **state)
{
    (void)state;
    assert_int_equal(connect(), 0);
    assert_string_equal(fake_blkback.states, "134");
    assert_int_equal(front.vdev, 51712);
    assert_int_equal(front.max_segments, 256);
    assert_int_equal(front.ring.entries, 32);
    assert_true(front.medium.can_flush);
    assert_int_equal(front.medium.sectors, FAKE_BLKBACK_BYTES / 512);
    assert_int_equal(front.medium.sector_bytes, 512);
    assert_int_equal(front.medium.physical_sector_bytes, 512);
    assert_false(front.medium.is_read_only);
    assert_int_equal(fake_hypercall.remote_domid, FAKE_BLKBACK_DOMID);
}

static void test_backend_that_can_do_little(void **state)
{
    (void)state;
    fake_xenstored_remove(FAKE_BLKBACK_BACK "/feature-max-indirect-segments");
    fake_xenstored_remove(FAKE_BLKBACK_BACK "/max-ring-page-order");
    fake_xenstored_remove(FAKE_BLKBACK_BACK "/feature-flush-cache");
    assert_int_equal(connect(), 0);
    assert_int_equal(front.max_segments, BLKIF_MAX_SEGMENTS_PER_REQUEST);
    assert_int_equal(front.ring.entries, 32);
    assert_false(front.medium.can_flush);
    assert_non_null(fake_xenstored_value(FRONT "/ring-ref"));
}

static void test_larger_ring_for_small_requests(void **state)
{
    (void)state;
    fake_xenstored_remove(FAKE_BLKBACK_BACK "/feature-max-indirect-segments");
    assert_int_equal(connect(), 0);
    assert_int_equal(front.ring.entries, 64);
    assert_string_equal(fake_xenstored_value(FRONT "/ring-page-order"), "1");
    assert_null(fake_xenstored_value(FRONT "/ring-ref"));
    blkfront_close(&front);
    assert_null(fake_xenstored_value(FRONT "/ring-page-order"));
    assert_null(fake_xenstored_value(FRONT "/ring-ref0"));
    assert_null(fake_xenstored_value(FRONT "/ring-ref1"));
}

static void test_more_segments_than_we_use(void **state)
{
    (void)state;
    fake_blkback_offer("feature-max-indirect-segments", "4294967295");
    assert_int_equal(connect(), 0);
    assert_int_equal(front.max_segments, 256);
}

static void test_media(void **state)
{
    (void)state;
    fake_blkback_offer("sector-size", "4096");
    fake_blkback_offer("info", "5");
    assert_int_equal(connect(), 0);
    assert_int_equal(front.medium.sectors, FAKE_BLKBACK_BYTES / 4096);
    assert_int_equal(front.medium.sector_bytes, 4096);
    assert_int_equal(front.medium.physical_sector_bytes, 4096);
    assert_true(front.medium.is_read_only);
    assert_true(front.medium.is_removable);
}

static void test_media_that_make_no_sense(void **state)
{
    static const struct {
        const char *node;
        const char *value;
        int error;
    } wrong[] = {
        {"sector-size", "0", -XEN_EINVAL},
        {"sector-size", "256", -XEN_EINVAL},
        {"sector-size", "513", -XEN_EINVAL},
        {"sector-size", "8192", -XEN_ERANGE},
        {"sector-size", "x", -XEN_EINVAL},
        {"sectors", "-1", -XEN_EINVAL},
        {"info", "", -XEN_EINVAL},
        {"sectors", "18446744073709551615", -XEN_ERANGE},
        {"feature-flush-cache", "y", -XEN_EINVAL},
    };

    (void)state;
    assert_int_equal(connect(), 0);
    for (size_t i = 0; i < sizeof(wrong) / sizeof(wrong[0]); i++) {
        struct blk_medium medium;

        fake_blkback_offer("sector-size", "512");
        fake_blkback_offer("sectors", "100");
        fake_blkback_offer("info", "0");
        assert_int_equal(blk_backend_read_medium(FAKE_BLKBACK_BACK, &medium), 0);
        fake_blkback_offer(wrong[i].node, wrong[i].value);
        assert_int_equal(blk_backend_read_medium(FAKE_BLKBACK_BACK, &medium), wrong[i].error);
    }
}

static void test_backend_that_never_waits(void **state)
{
    uint64_t begin = fake_tsc.now_ns;

    (void)state;
    fake_blkback_offer("state", "1");
    assert_int_equal(connect(), -XEN_ETIMEDOUT);
    assert_in_range(fake_tsc.now_ns - begin, 5 * S, 7 * S);
    assert_int_equal(fake_blkback_grants(), 0);
    blkfront_close(&front);
    assert_string_equal(fake_blkback.states, "1");
    assert_int_equal(fake_xenstored.watches, 0);
}

static void test_backend_that_never_connects(void **state)
{
    (void)state;
    fake_blkback.never_connects = true;
    assert_int_equal(connect(), -XEN_ETIMEDOUT);
    blkfront_close(&front);
    assert_string_equal(fake_blkback.states, "13561");
    assert_int_equal(fake_blkback_grants(), 0);
    assert_int_equal(fake_hypercall.ports_open, 0);
}

static void test_backend_that_is_not_there(void **state)
{
    (void)state;
    fake_xenstored_remove(FAKE_BLKBACK_BACK);
    assert_int_equal(connect(), -XEN_ENODEV);
    blkfront_close(&front);
    assert_int_equal(blkfront_open(&front, "1"), -XEN_ENOENT);
    blkfront_close(&front);
}

static void test_closed_disk_is_as_new(void **state)
{
    (void)state;
    assert_int_equal(connect(), 0);
    blkfront_close(&front);
    assert_string_equal(fake_blkback.states, "134561");
    assert_string_equal(fake_xenstored_value(FAKE_BLKBACK_BACK "/state"), "2");
    assert_null(fake_xenstored_value(FRONT "/ring-ref"));
    assert_null(fake_xenstored_value(FRONT "/event-channel"));
    assert_null(fake_xenstored_value(FRONT "/protocol"));
    assert_int_equal(fake_blkback_grants(), 0);
    assert_int_equal(fake_hypercall.ports_open, 0);
    assert_int_equal(fake_xenstored.watches, 0);
    assert_string_equal(log_capture_last(), "");
}

static void test_backend_that_does_not_let_go(void **state)
{
    uint64_t begin;

    (void)state;
    assert_int_equal(connect(), 0);
    fake_blkback.ignores_closing = true;
    begin = fake_tsc.now_ns;
    blkfront_close(&front);
    assert_in_range(fake_tsc.now_ns - begin, 5 * S, 12 * S);
    assert_int_equal(fake_hypercall.ports_open, 0);
    assert_non_null(strstr(log_capture_last(), "not handed over cleanly"));
}

static void test_detach(void **state)
{
    (void)state;
    assert_int_equal(connect(), 0);
    assert_true(blkfront_check(&front));
    fake_blkback_go(XenbusStateClosing);
    assert_false(blkfront_check(&front));
    blkfront_detach(&front);
    assert_string_equal(fake_blkback.states, "13456");
    assert_int_equal(fake_blkback_grants(), 0);
    assert_int_equal(fake_hypercall.ports_open, 0);
    blkfront_close(&front);
    assert_string_equal(fake_blkback.states, "13456");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup(test_connected, fake_blkback_setup),
        cmocka_unit_test_setup(test_backend_that_can_do_little, fake_blkback_setup),
        cmocka_unit_test_setup(test_larger_ring_for_small_requests, fake_blkback_setup),
        cmocka_unit_test_setup(test_more_segments_than_we_use, fake_blkback_setup),
        cmocka_unit_test_setup(test_media, fake_blkback_setup),
        cmocka_unit_test_setup(test_media_that_make_no_sense, fake_blkback_setup),
        cmocka_unit_test_setup(test_backend_that_never_waits, fake_blkback_setup),
        cmocka_unit_test_setup(test_backend_that_never_connects, fake_blkback_setup),
        cmocka_unit_test_setup(test_backend_that_is_not_there, fake_blkback_setup),
        cmocka_unit_test_setup(test_closed_disk_is_as_new, fake_blkback_setup),
        cmocka_unit_test_setup(test_backend_that_does_not_let_go, fake_blkback_setup),
        cmocka_unit_test_setup(test_detach, fake_blkback_setup),
    };

    return isolated_run(tests);
}
