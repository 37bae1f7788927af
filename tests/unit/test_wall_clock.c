/* The host's time in the page that Xen changes while it is read. */
#include "hypercall/wall_clock.h"

#include <stdint.h>

#include <xen/xen.h>
#include <xen/errno.h>

#include "hypercall/shared_info.h"
#include "tests/unit/fake_memory.h"
#include "tests/unit/isolated.h"

#define NS_PER_S 1000000000ull

static struct shared_info *info;

/* The host started at 1,700,000,000.5, a quarter of a second ago. */
static int start(void **state)
{
    fake_memory_setup(state);
    info = (struct shared_info *)(uintptr_t)FAKE_MEMORY_START;
    info->wc_version = 6;
    info->wc_sec = 1700000000;
    info->wc_nsec = NS_PER_S / 2;
    info->vcpu_info[0].time = (struct vcpu_time_info){
        .version = 8,
        .tsc_timestamp = 12345,
        .system_time = NS_PER_S / 4,
        .tsc_to_system_mul = 0x80000000,
        .tsc_shift = -1,
    };
    return shared_info_map(FAKE_MEMORY_START >> 12);
}

static void test_clock_counts_from_1970(void **state)
{
    struct tsc_clock clock;

    (void)state;
    assert_int_equal(wall_clock_read(&clock), 0);
    assert_int_equal(clock.ns_base, 1700000000 * NS_PER_S + 3 * NS_PER_S / 4);
    assert_int_equal(clock.tsc_base, 12345);
    assert_int_equal(clock.multiplier, 0x80000000);
    assert_int_equal(clock.shift, -1);
}

static void test_time_after_2106(void **state)
{
    struct tsc_clock clock;

    (void)state;
    info->wc_sec_hi = 1;
    info->wc_sec = 5;
    assert_int_equal(wall_clock_read(&clock), 0);
    assert_int_equal(clock.ns_base, ((1ull << 32) + 5) * NS_PER_S + 3 * NS_PER_S / 4);
}

static void test_page_that_is_not_there(void **state)
{
    struct tsc_clock clock;

    (void)state;
    shared_info_unmap();
    assert_int_equal(wall_clock_read(&clock), -XEN_ENODEV);
}

static void test_xen_without_a_frequency(void **state)
{
    struct tsc_clock clock;

    (void)state;
    info->vcpu_info[0].time.tsc_to_system_mul = 0;
    assert_int_equal(wall_clock_read(&clock), -XEN_ENODEV);
}

static void test_page_that_never_stands_still(void **state)
{
    struct tsc_clock clock;

    (void)state;
    info->wc_version = 7;
    assert_int_equal(wall_clock_read(&clock), -XEN_EAGAIN);
    info->wc_version = 6;
    info->vcpu_info[0].time.version = 9;
    assert_int_equal(wall_clock_read(&clock), -XEN_EAGAIN);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup(test_clock_counts_from_1970, start),
        cmocka_unit_test_setup(test_time_after_2106, start),
        cmocka_unit_test_setup(test_page_that_is_not_there, start),
        cmocka_unit_test_setup(test_xen_without_a_frequency, start),
        cmocka_unit_test_setup(test_page_that_never_stands_still, start),
    };

    return isolated_run(tests);
}
