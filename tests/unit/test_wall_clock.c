/* The date, from a page that Xen may be writing to, and fills in only when it is asked to. */
#include "hypercall/wall_clock.h"

#include <string.h>

#include <xen/errno.h>
#include <xen/xen.h>

#include "hypercall/shared_info.h"
#include "tests/unit/fake_hypercall.h"
#include "tests/unit/fake_memory.h"
#include "tests/unit/isolated.h"

#define GFN      (FAKE_MEMORY_START >> 12)
#define S        1000000000ull /* ns */
#define UPTIME   (500 * S + 7)
#define TSC_BASE 123456789ull

static struct shared_info *page;
static uint64_t boot_time; /* when the host started, in seconds since 1970 */

/* Xen's latch of the guest's word size, which brings the wall clock with it. */
static void fill_in(uint32_t index)
{
    if (index != HVM_PARAM_CALLBACK_IRQ)
        return;
    page->wc_version += 2;
    page->wc_sec = (uint32_t)boot_time;
    page->wc_sec_hi = boot_time >> 32;
    page->wc_nsec = 250;
}

static int start(void **state)
{
    fake_memory_setup(state);
    boot_time = 1785000000;
    page = (void *)(uintptr_t)FAKE_MEMORY_START;
    memset(page, 0, 4096);
    page->vcpu_info[0].time = (struct vcpu_time_info){
        .tsc_timestamp = TSC_BASE,
        .system_time = UPTIME,
        .tsc_to_system_mul = 1u << 31,
        .tsc_shift = -1,
    };
    fake_hypercall.on_set_param = fill_in;
    return shared_info_map(GFN);
}

static void test_date_is_boot_time_and_system_time(void **state)
{
    struct tsc_clock clock;

    (void)state;
    assert_int_equal(wall_clock_read(&clock), 0);
    assert_int_equal(clock.ns_base, boot_time * S + 250 + UPTIME);
    assert_int_equal(clock.tsc_base, TSC_BASE);
    assert_int_equal(clock.multiplier, 1u << 31);
    assert_int_equal(clock.shift, -1);
}

static void test_date_after_2106(void **state)
{
    struct tsc_clock clock;

    (void)state;
    boot_time = (1ull << 32) + 5;
    assert_int_equal(wall_clock_read(&clock), 0);
    assert_int_equal(clock.ns_base, boot_time * S + 250 + UPTIME);
}

static void test_without_a_frequency_there_is_none(void **state)
{
    struct tsc_clock clock;

    (void)state;
    page->vcpu_info[0].time.tsc_to_system_mul = 0;
    assert_int_equal(wall_clock_read(&clock), -XEN_ENODEV);
}

static void test_events_call_nobody(void **state)
{
    struct tsc_clock clock;

    (void)state;
    fake_hypercall.param[HVM_PARAM_CALLBACK_IRQ] = 1;
    wall_clock_read(&clock);
    assert_int_equal(fake_hypercall.param[HVM_PARAM_CALLBACK_IRQ], 0);
}

static void test_clock_that_xen_does_not_fill_in_is_none(void **state)
{
    struct tsc_clock clock;

    (void)state;
    fake_hypercall.on_set_param = NULL;
    assert_int_equal(wall_clock_read(&clock), -XEN_ENODEV);
}

static void test_clock_that_is_being_written_for_ever_is_none(void **state)
{
    struct tsc_clock clock;

    (void)state;
    page->wc_version = 1;
    assert_int_equal(wall_clock_read(&clock), -XEN_EAGAIN);
}

static void test_without_the_page_there_is_none(void **state)
{
    struct tsc_clock clock;

    (void)state;
    shared_info_unmap();
    assert_int_equal(wall_clock_read(&clock), -XEN_ENODEV);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup(test_date_is_boot_time_and_system_time, start),
        cmocka_unit_test_setup(test_date_after_2106, start),
        cmocka_unit_test_setup(test_without_a_frequency_there_is_none, start),
        cmocka_unit_test_setup(test_events_call_nobody, start),
        cmocka_unit_test_setup(test_clock_that_xen_does_not_fill_in_is_none, start),
        cmocka_unit_test_setup(test_clock_that_is_being_written_for_ever_is_none, start),
        cmocka_unit_test_setup(test_without_the_page_there_is_none, start),
    };

    return isolated_run(tests);
}
