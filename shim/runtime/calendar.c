#include "shim/runtime/calendar.h"

#define SECONDS_PER_DAY 86400u
#define UNIX_YEAR       1970u

#define FIRST_YEAR          1900
#define LAST_YEAR           9999
#define TIME_ZONE_LIMIT_MIN 1440

static bool year_is_leap(unsigned int year)
{
    return (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
}

static unsigned int year_days(unsigned int year)
{
    return year_is_leap(year) ? 366 : 365;
}

static unsigned int month_days(unsigned int year, unsigned int month)
{
    static const uint8_t days[12] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};

    return days[month - 1] + (month == 2 && year_is_leap(year) ? 1u : 0u);
}

/* Counts years one by one: a few hundred steps at most, and nothing in it can be wrong by a
 * century. */
static void set_date(EFI_TIME *time, uint64_t days)
{
    unsigned int year = UNIX_YEAR;
    unsigned int month = 1;

    for (; days >= year_days(year); year++)
        days -= year_days(year);
    for (; days >= month_days(year, month); month++)
        days -= month_days(year, month);
    time->Year = (UINT16)year;
    time->Month = (UINT8)month;
    time->Day = (UINT8)(days + 1);
}

EFI_TIME calendar_from_unix_ns(uint64_t unix_ns)
{
    uint64_t seconds = unix_ns / CALENDAR_NS_PER_SECOND;
    unsigned int of_day = (unsigned int)(seconds % SECONDS_PER_DAY);
    EFI_TIME time = {
        .Hour = (UINT8)(of_day / 3600),
        .Minute = (UINT8)(of_day / 60 % 60),
        .Second = (UINT8)(of_day % 60),
        .Nanosecond = (UINT32)(unix_ns % CALENDAR_NS_PER_SECOND),
    };

    set_date(&time, seconds / SECONDS_PER_DAY);
    return time;
}

static bool date_is_valid(const EFI_TIME *time)
{
    return time->Year >= FIRST_YEAR && time->Year <= LAST_YEAR && time->Month >= 1 &&
           time->Month <= 12 && time->Day >= 1 && time->Day <= month_days(time->Year, time->Month);
}

static bool zone_is_valid(const EFI_TIME *time)
{
    return (time->TimeZone == EFI_UNSPECIFIED_TIMEZONE ||
            (time->TimeZone >= -TIME_ZONE_LIMIT_MIN && time->TimeZone <= TIME_ZONE_LIMIT_MIN)) &&
           (time->Daylight & ~(EFI_TIME_ADJUST_DAYLIGHT | EFI_TIME_IN_DAYLIGHT)) == 0;
}

bool calendar_is_valid(const EFI_TIME *time)
{
    return date_is_valid(time) && time->Hour < 24 && time->Minute < 60 && time->Second < 60 &&
           time->Nanosecond < CALENDAR_NS_PER_SECOND && zone_is_valid(time);
}
