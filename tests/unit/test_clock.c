#include "shim/runtime/clock.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <string.h>

#include <cmocka.h>

#include "loader/x86/cpu.h"
#include "shim/runtime/calendar.h"
#include "shim/runtime/start.h"
#include "shim/runtime/state.h"
#include "tests/unit/runtime_fake.h"

#define STORE_BYTES 4096
#define SECONDS     UINT64_C(1785000000) /* 25 July 2026, 17:20 */
#define NS          (SECONDS * CALENDAR_NS_PER_SECOND + 7)

static const EFI_TIME good_time = {.Year = 2026, .Month = 7, .Day = 25};
static const EFI_TIME bad_time = {.Year = 2026, .Month = 13, .Day = 25};

static int start(void **state)
{
    (void)state;
    runtime_fake_start(STORE_BYTES, NS);
    return 0;
}

static int stop(void **state)
{
    (void)state;
    runtime_fake_stop();
    return 0;
}

static void get_time_reads_the_wall_clock(void **state)
{
    EFI_TIME time;
    EFI_TIME_CAPABILITIES capabilities;

    (void)state;
    assert_int_equal(runtime_fake_exports.services->GetTime(&time, &capabilities), EFI_SUCCESS);
    assert_int_equal(time.Year, 2026);
    assert_int_equal(time.Month, 7);
    assert_int_equal(time.Day, 25);
    assert_int_equal(time.Hour, 17);
    assert_int_equal(time.Minute, 20);
    assert_int_equal(time.Second, 0);
    assert_int_equal(time.Nanosecond, 7);
    assert_int_equal(time.TimeZone, 0);
    assert_int_equal(capabilities.Resolution, 1000000000);
    assert_int_equal(capabilities.Accuracy, 50000000);
    assert_false(capabilities.SetsToZero);
}

static void restored_domain_has_no_time(void **state)
{
    EFI_TIME time = good_time;

    (void)state;
    runtime_fake.incarnation++;
    assert_int_equal(runtime_fake_exports.services->GetTime(&time, NULL), EFI_DEVICE_ERROR);
    assert_memory_equal(&time, &good_time, sizeof(time));
    runtime_fake.incarnation--;
    assert_int_equal(runtime_fake_exports.services->GetTime(&time, NULL), EFI_SUCCESS);
}

static void capabilities_are_optional(void **state)
{
    EFI_TIME time;

    (void)state;
    assert_int_equal(runtime_fake_exports.services->GetTime(&time, NULL), EFI_SUCCESS);
    assert_int_equal(runtime_fake_exports.services->GetTime(NULL, NULL), EFI_INVALID_PARAMETER);
}

static void time_goes_on_with_the_tsc(void **state)
{
    uint64_t before;

    (void)state;
    /* One tick is a nanosecond; two seconds of ticks have passed since the base. */
    runtime_state.parameters.wall_clock = (struct tsc_clock){
        .ns_base = NS, .tsc_base = rdtsc() - 2000000000, .multiplier = 0x80000000, .shift = 1};
    before = clock_read_seconds();
    assert_true(before >= SECONDS + 2 && before < SECONDS + 60);
}

static void without_a_clock_there_is_no_time(void **state)
{
    EFI_TIME time = good_time;

    (void)state;
    runtime_state.parameters.wall_clock.multiplier = 0;
    assert_int_equal(runtime_fake_exports.services->GetTime(&time, NULL), EFI_UNSUPPORTED);
    assert_int_equal(runtime_fake_exports.services->GetTime(NULL, NULL), EFI_INVALID_PARAMETER);
    assert_memory_equal(&time, &good_time, sizeof(time));
    assert_int_equal(clock_read_seconds(), 0);
}

static void get_time_is_supported_only_with_a_clock(void **state)
{
    struct runtime_parameters parameters = runtime_state.parameters;

    (void)state;
    assert_int_equal(runtime_fake_exports.supported_mask, 0x27f1);
    parameters.wall_clock.multiplier = 0;
    runtime_start(&parameters, &runtime_fake_exports);
    assert_int_equal(runtime_fake_exports.supported_mask, 0x27f0);
}

static void set_time_checks_and_refuses(void **state)
{
    EFI_RUNTIME_SERVICES *services = runtime_fake_exports.services;
    EFI_TIME good = good_time;
    EFI_TIME bad = bad_time;

    (void)state;
    assert_int_equal(services->SetTime(&good), EFI_UNSUPPORTED);
    assert_int_equal(services->SetTime(&bad), EFI_INVALID_PARAMETER);
    assert_int_equal(services->SetTime(NULL), EFI_INVALID_PARAMETER);
}

static void wakeup_checks_and_refuses(void **state)
{
    EFI_RUNTIME_SERVICES *services = runtime_fake_exports.services;
    EFI_TIME good = good_time;
    EFI_TIME bad = bad_time;
    BOOLEAN enabled;
    BOOLEAN pending;

    (void)state;
    assert_int_equal(services->SetWakeupTime(TRUE, &good), EFI_UNSUPPORTED);
    assert_int_equal(services->SetWakeupTime(TRUE, &bad), EFI_INVALID_PARAMETER);
    assert_int_equal(services->SetWakeupTime(TRUE, NULL), EFI_INVALID_PARAMETER);
    assert_int_equal(services->SetWakeupTime(FALSE, NULL), EFI_UNSUPPORTED);
    assert_int_equal(services->GetWakeupTime(&enabled, &pending, &good), EFI_UNSUPPORTED);
    assert_int_equal(services->GetWakeupTime(NULL, &pending, &good), EFI_INVALID_PARAMETER);
    assert_int_equal(services->GetWakeupTime(&enabled, NULL, &good), EFI_INVALID_PARAMETER);
    assert_int_equal(services->GetWakeupTime(&enabled, &pending, NULL), EFI_INVALID_PARAMETER);
}

static void monotonic_count_starts_from_the_clock(void **state)
{
    EFI_RUNTIME_SERVICES *services = runtime_fake_exports.services;
    uint64_t *count = runtime_fake_exports.monotonic_count;
    UINT32 high = 0;

    (void)state;
    assert_int_equal(*count, SECONDS << 32);
    *count += 5;
    assert_int_equal(services->GetNextHighMonotonicCount(&high), EFI_SUCCESS);
    assert_int_equal(high, SECONDS + 1);
    assert_int_equal(*count, (SECONDS + 1) << 32);
    assert_int_equal(services->GetNextHighMonotonicCount(&high), EFI_SUCCESS);
    assert_int_equal(high, SECONDS + 2);
    assert_int_equal(services->GetNextHighMonotonicCount(NULL), EFI_INVALID_PARAMETER);
    assert_int_equal(*count, (SECONDS + 2) << 32);
    assert_int_equal(runtime_fake.mask_depth, 0);
}

static void monotonic_count_without_a_clock_starts_at_zero(void **state)
{
    struct runtime_parameters parameters = runtime_state.parameters;
    UINT32 high = 0;

    (void)state;
    parameters.wall_clock.multiplier = 0;
    runtime_start(&parameters, &runtime_fake_exports);
    assert_int_equal(*runtime_fake_exports.monotonic_count, 0);
    assert_int_equal(runtime_fake_exports.services->GetNextHighMonotonicCount(&high), EFI_SUCCESS);
    assert_int_equal(high, 1);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(get_time_reads_the_wall_clock, start, stop),
        cmocka_unit_test_setup_teardown(restored_domain_has_no_time, start, stop),
        cmocka_unit_test_setup_teardown(capabilities_are_optional, start, stop),
        cmocka_unit_test_setup_teardown(time_goes_on_with_the_tsc, start, stop),
        cmocka_unit_test_setup_teardown(without_a_clock_there_is_no_time, start, stop),
        cmocka_unit_test_setup_teardown(get_time_is_supported_only_with_a_clock, start, stop),
        cmocka_unit_test_setup_teardown(set_time_checks_and_refuses, start, stop),
        cmocka_unit_test_setup_teardown(wakeup_checks_and_refuses, start, stop),
        cmocka_unit_test_setup_teardown(monotonic_count_starts_from_the_clock, start, stop),
        cmocka_unit_test_setup_teardown(monotonic_count_without_a_clock_starts_at_zero, start,
                                        stop),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
