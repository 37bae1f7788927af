/* GetTime. */
#include "tests/efi/conformance/check.h"
#include "tests/efi/conformance/clock.h"
#include "tests/efi/conformance/runtime.h"

static void fields(const EFI_TIME *time)
{
    check_range("year", time->Year, 1900, 9999, "the year");
    check_range("month", time->Month, 1, 12, "the month");
    check_range("day", time->Day, 1, 31, "the day");
    check_range("hour", time->Hour, 0, 23, "the hour");
    check_range("minute", time->Minute, 0, 59, "the minute");
    check_range("second", time->Second, 0, 59, "the second");
    check_range("nanosecond", time->Nanosecond, 0, 999999999, "the nanosecond");
    check("time-zone",
          time->TimeZone == EFI_UNSPECIFIED_TIMEZONE ||
              (time->TimeZone >= -1440 && time->TimeZone <= 1440),
          "a time zone, or none");
    check_number("daylight", time->Daylight & ~3u, 0, "no unknown daylight bits");
}

static void capabilities(void)
{
    EFI_TIME time;
    EFI_TIME_CAPABILITIES found = {0};
    EFI_STATUS status = runtime->GetTime(&time, &found);

    check_status("capabilities", status, EFI_SUCCESS, "the clock's capabilities are told");
    check("resolution", found.Resolution > 0, "it has some resolution");
    check("sets-to-zero", found.SetsToZero == FALSE || found.SetsToZero == TRUE, "a boolean");
}

static void runs(void)
{
    EFI_TIME before;
    EFI_TIME after;

    runtime->GetTime(&before, NULL);
    boot->Stall(1200000);
    runtime->GetTime(&after, NULL);
    check("runs", clock_seconds(&after) > clock_seconds(&before), "the clock goes on");
    check("not-fast", clock_seconds(&after) - clock_seconds(&before) < 60, "not too fast");
}

void runtime_get_time_tests(void)
{
    EFI_TIME time;
    EFI_TIME_CAPABILITIES found;

    topic("runtime.get-time", "8.3.1");
    check_status("no-time", runtime->GetTime(NULL, NULL), EFI_INVALID_PARAMETER,
                 "a place for the time must be given");
    check_status("no-time-capabilities", runtime->GetTime(NULL, &found), EFI_INVALID_PARAMETER,
                 "also for who wants the capabilities");
    topic("runtime.clock", "8.3.1");
    if (!clock_is_there()) {
        check_status("without", runtime->GetTime(&time, NULL), EFI_UNSUPPORTED,
                     "without a clock there is no time");
        skip_topic("there is no clock");
        return;
    }
    runtime->GetTime(&time, NULL);
    fields(&time);
    capabilities();
    runs();
}
