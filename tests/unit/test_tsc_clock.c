#include "loader/x86/tsc_clock.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

#define NS_PER_S     1000000000ull
#define HALF         0x80000000u /* of 2^32: the multiplier that halves */
#define SECONDS_YEAR (365ull * 86400)

/* Multiplier and shift as Xen computes them: the multiplier has its highest bit set. */
static struct tsc_clock clock_of(uint64_t hz)
{
    struct tsc_clock clock = {0};
    uint64_t divisor = hz;

    while (divisor > 2 * NS_PER_S) {
        divisor >>= 1;
        clock.shift--;
    }
    while (divisor <= NS_PER_S) {
        divisor <<= 1;
        clock.shift++;
    }
    clock.multiplier = (uint32_t)((NS_PER_S << 32) / divisor);
    return clock;
}

static void test_ticks_become_nanoseconds(void **state)
{
    static const struct {
        uint32_t multiplier;
        int8_t shift;
        uint64_t ticks;
        uint64_t ns;
    } cases[] = {
        {HALF, 1, 0, 0},         /* 1 GHz */
        {HALF, 1, 12345, 12345}, /* 1 GHz */
        {HALF, 0, 12345, 6172},  /* 2 GHz, rounded down */
        {HALF, -1, 12345, 3086}, /* 4 GHz */
        {HALF, 2, 12345, 24690}, /* 500 MHz */
        {UINT32_MAX, 0, 1000, 999},
        {1, 0, UINT32_MAX, 0},
        {1, 32, 1, 1},
        {HALF, -63, UINT64_MAX, 0},
    };

    (void)state;
    for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
        struct tsc_clock clock = {.multiplier = cases[i].multiplier, .shift = cases[i].shift};

        assert_int_equal(tsc_clock_ticks_to_ns(&clock, cases[i].ticks), cases[i].ns);
    }
}

static void test_a_second_of_any_usual_frequency(void **state)
{
    static const uint64_t hz[] = {800000000,  1000000000, 1000000001, 1999999999, 2000000000,
                                  2000000001, 2394456000, 3000000000, 5700000000};

    (void)state;
    for (size_t i = 0; i < sizeof(hz) / sizeof(hz[0]); i++) {
        struct tsc_clock clock = clock_of(hz[i]);

        assert_in_range(tsc_clock_ticks_to_ns(&clock, hz[i]), NS_PER_S - 10, NS_PER_S);
    }
}

static void test_ten_years_do_not_overflow(void **state)
{
    struct tsc_clock clock = clock_of(3000000000);
    uint64_t ns = tsc_clock_ticks_to_ns(&clock, 3000000000 * SECONDS_YEAR * 10);

    (void)state;
    assert_in_range(ns, (SECONDS_YEAR * 10 - 1) * NS_PER_S, SECONDS_YEAR * 10 * NS_PER_S);
}

static void test_clock_counts_from_its_base(void **state)
{
    struct tsc_clock clock = {
        .tsc_base = 5000, .ns_base = 1700000000 * NS_PER_S, .multiplier = HALF, .shift = 1};

    (void)state;
    assert_int_equal(tsc_clock_ns(&clock, 5000), 1700000000 * NS_PER_S);
    assert_int_equal(tsc_clock_ns(&clock, 5007), 1700000000 * NS_PER_S + 7);
}

static void test_counter_may_wrap(void **state)
{
    struct tsc_clock clock = {
        .tsc_base = UINT64_MAX - 9, .ns_base = 100, .multiplier = HALF, .shift = 1};

    (void)state;
    assert_int_equal(tsc_clock_ns(&clock, 5), 115);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_ticks_become_nanoseconds),
        cmocka_unit_test(test_a_second_of_any_usual_frequency),
        cmocka_unit_test(test_ten_years_do_not_overflow),
        cmocka_unit_test(test_clock_counts_from_its_base),
        cmocka_unit_test(test_counter_may_wrap),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
