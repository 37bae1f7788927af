#include "shim/runtime/calendar.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <time.h>

#include <cmocka.h>

#define SECONDS_PER_DAY 86400

static void assert_same_time(uint64_t seconds, uint32_t nanoseconds)
{
    EFI_TIME time = calendar_from_unix_ns(seconds * CALENDAR_NS_PER_SECOND + nanoseconds);
    time_t unix_time = (time_t)seconds;
    struct tm expected;

    assert_non_null(gmtime_r(&unix_time, &expected));
    assert_int_equal(time.Year, expected.tm_year + 1900);
    assert_int_equal(time.Month, expected.tm_mon + 1);
    assert_int_equal(time.Day, expected.tm_mday);
    assert_int_equal(time.Hour, expected.tm_hour);
    assert_int_equal(time.Minute, expected.tm_min);
    assert_int_equal(time.Second, expected.tm_sec);
    assert_int_equal(time.Nanosecond, nanoseconds);
    assert_int_equal(time.TimeZone, 0);
    assert_int_equal(time.Daylight, 0);
    assert_int_equal(time.Pad1, 0);
    assert_int_equal(time.Pad2, 0);
    assert_true(calendar_is_valid(&time));
}

static void every_day_agrees_with_the_host(void **state)
{
    uint64_t last_day = UINT64_MAX / CALENDAR_NS_PER_SECOND / SECONDS_PER_DAY;

    (void)state;
    for (uint64_t day = 0; day < last_day; day++) {
        assert_same_time(day * SECONDS_PER_DAY, 0);
        assert_same_time(day * SECONDS_PER_DAY + SECONDS_PER_DAY - 1, 999999999);
    }
}

static void every_second_of_a_day_agrees_with_the_host(void **state)
{
    (void)state;
    for (uint64_t second = 0; second < SECONDS_PER_DAY; second++)
        assert_same_time(1709164800 + second, 1); /* 29 February 2024 */
}

static void the_last_nanosecond_is_valid(void **state)
{
    EFI_TIME time = calendar_from_unix_ns(UINT64_MAX);

    (void)state;
    assert_int_equal(time.Year, 2554);
    assert_true(calendar_is_valid(&time));
}

static const EFI_TIME good_time = {
    .Year = 2024, .Month = 2, .Day = 29, .Hour = 23, .Minute = 59, .Second = 59};

#define ASSERT_VALIDITY(expected, field, value)                  \
    do {                                                         \
        EFI_TIME time_ = good_time;                              \
        time_.field = (value);                                   \
        assert_int_equal(calendar_is_valid(&time_), (expected)); \
    } while (0)

static void fields_have_ranges(void **state)
{
    (void)state;
    assert_true(calendar_is_valid(&good_time));
    ASSERT_VALIDITY(false, Year, 1899);
    ASSERT_VALIDITY(true, Year, 2000);
    ASSERT_VALIDITY(true, Year, 9996);
    ASSERT_VALIDITY(false, Year, 10000);
    ASSERT_VALIDITY(false, Year, 65535);
    ASSERT_VALIDITY(false, Month, 0);
    ASSERT_VALIDITY(true, Month, 12);
    ASSERT_VALIDITY(false, Month, 13);
    ASSERT_VALIDITY(false, Month, 255);
    ASSERT_VALIDITY(false, Day, 0);
    ASSERT_VALIDITY(false, Day, 30);
    ASSERT_VALIDITY(false, Hour, 24);
    ASSERT_VALIDITY(false, Minute, 60);
    ASSERT_VALIDITY(false, Second, 60);
    ASSERT_VALIDITY(true, Nanosecond, 999999999);
    ASSERT_VALIDITY(false, Nanosecond, 1000000000);
    ASSERT_VALIDITY(true, TimeZone, -1440);
    ASSERT_VALIDITY(true, TimeZone, 1440);
    ASSERT_VALIDITY(true, TimeZone, EFI_UNSPECIFIED_TIMEZONE);
    ASSERT_VALIDITY(false, TimeZone, -1441);
    ASSERT_VALIDITY(false, TimeZone, 1441);
    ASSERT_VALIDITY(true, Daylight, 3);
    ASSERT_VALIDITY(false, Daylight, 4);
}

static void february_depends_on_the_year(void **state)
{
    (void)state;
    ASSERT_VALIDITY(false, Year, 1900);
    ASSERT_VALIDITY(true, Year, 2000);
    ASSERT_VALIDITY(false, Year, 2023);
    ASSERT_VALIDITY(false, Year, 2100);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_day_agrees_with_the_host),
        cmocka_unit_test(every_second_of_a_day_agrees_with_the_host),
        cmocka_unit_test(the_last_nanosecond_is_valid),
        cmocka_unit_test(fields_have_ranges),
        cmocka_unit_test(february_depends_on_the_year),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
