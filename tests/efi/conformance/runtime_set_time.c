/* SetTime: which times there are, and that the clock keeps what it takes. */
#include "tests/efi/conformance/check.h"
#include "tests/efi/conformance/clock.h"
#include "tests/efi/conformance/runtime.h"

static const EFI_TIME good = {.Year = 2024,
                              .Month = 2,
                              .Day = 29,
                              .Hour = 12,
                              .Minute = 30,
                              .Second = 45,
                              .TimeZone = EFI_UNSPECIFIED_TIMEZONE};

struct sample {
    const char *name;
    EFI_TIME time;
};

#define TIME(y, mo, d, h, mi, s)                                                            \
    {                                                                                       \
        .Year = (y), .Month = (mo), .Day = (d), .Hour = (h), .Minute = (mi), .Second = (s), \
        .TimeZone = EFI_UNSPECIFIED_TIMEZONE                                                \
    }

static const struct sample wrong[] = {
    {"year-1899", TIME(1899, 12, 31, 23, 59, 59)},
    {"year-10000", TIME(10000, 1, 1, 0, 0, 0)},
    {"year-65535", TIME(65535, 1, 1, 0, 0, 0)},
    {"month-0", TIME(2024, 0, 1, 0, 0, 0)},
    {"month-13", TIME(2024, 13, 1, 0, 0, 0)},
    {"month-255", TIME(2024, 255, 1, 0, 0, 0)},
    {"day-0", TIME(2024, 1, 0, 0, 0, 0)},
    {"day-32", TIME(2024, 1, 32, 0, 0, 0)},
    {"april-31", TIME(2024, 4, 31, 0, 0, 0)},
    {"june-31", TIME(2024, 6, 31, 0, 0, 0)},
    {"september-31", TIME(2024, 9, 31, 0, 0, 0)},
    {"november-31", TIME(2024, 11, 31, 0, 0, 0)},
    {"february-30", TIME(2024, 2, 30, 0, 0, 0)},
    {"february-29-2023", TIME(2023, 2, 29, 0, 0, 0)},
    {"february-29-2100", TIME(2100, 2, 29, 0, 0, 0)},
    {"hour-24", TIME(2024, 1, 1, 24, 0, 0)},
    {"hour-255", TIME(2024, 1, 1, 255, 0, 0)},
    {"minute-60", TIME(2024, 1, 1, 0, 60, 0)},
    {"second-60", TIME(2024, 1, 1, 0, 0, 60)},
};

static void out_of_range(void)
{
    for (UINTN i = 0; i < COUNT_OF(wrong); i++) {
        EFI_TIME time = wrong[i].time;

        check_status(wrong[i].name, runtime->SetTime(&time), EFI_INVALID_PARAMETER,
                     "a time that there is not");
    }
}

static void other_fields(void)
{
    EFI_TIME time = good;

    time.Nanosecond = 1000000000;
    check_status("nanosecond", runtime->SetTime(&time), EFI_INVALID_PARAMETER,
                 "a thousand million nanoseconds");
    time = good;
    time.TimeZone = 1441;
    check_status("time-zone-east", runtime->SetTime(&time), EFI_INVALID_PARAMETER,
                 "more than a day before UTC");
    time.TimeZone = -1441;
    check_status("time-zone-west", runtime->SetTime(&time), EFI_INVALID_PARAMETER,
                 "more than a day after UTC");
    time = good;
    time.Daylight = 4;
    check_status("daylight", runtime->SetTime(&time), EFI_INVALID_PARAMETER,
                 "an unknown kind of daylight time");
}

/* The clock is given back its own time, so that it is not far wrong afterwards. */
static void set(void)
{
    EFI_TIME before;
    EFI_TIME now;
    EFI_TIME time = good;

    runtime->GetTime(&before, NULL);
    check_status("leap-day", runtime->SetTime(&time), EFI_SUCCESS, "the clock is set");
    runtime->GetTime(&now, NULL);
    check_range("leap-day-read", clock_seconds(&now) - clock_seconds(&good), 0, 20,
                "it goes on from there");
    check_status("back", runtime->SetTime(&before), EFI_SUCCESS, "it is set back");
}

void runtime_set_time_tests(void)
{
    EFI_TIME time = good;
    EFI_STATUS status;

    topic("runtime.set-time", "8.3.2");
    check_status("no-time", runtime->SetTime(NULL), EFI_INVALID_PARAMETER, "a time must be given");
    out_of_range();
    other_fields();
    topic("runtime.set-clock", "8.3.2");
    if (!clock_is_there() || (status = runtime->SetTime(&time)) == EFI_UNSUPPORTED) {
        skip_topic("the clock cannot be set");
        return;
    }
    if (need_status(status, "clock that can be set"))
        set();
}
