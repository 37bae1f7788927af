#include "shim/fat/fat_time.h"

#include "shim/runtime/calendar.h"

#define FIRST_YEAR 1980u
#define LAST_YEAR  2107u

#define NS_PER_HUNDREDTH      10000000u
#define HUNDREDTHS_PER_SECOND 100u

static struct fat_time encode(unsigned int year, unsigned int month, unsigned int day,
                              unsigned int hour, unsigned int minute, unsigned int second)
{
    return (struct fat_time){
        .time = (uint16_t)(hour << 11 | minute << 5 | second / 2),
        .date = (uint16_t)((year - FIRST_YEAR) << 9 | month << 5 | day),
        .hundredths = (uint8_t)(second % 2 * HUNDREDTHS_PER_SECOND),
    };
}

struct fat_time fat_time_from_efi(const EFI_TIME *time)
{
    struct fat_time result;

    if (time->Year < FIRST_YEAR)
        return encode(FIRST_YEAR, 1, 1, 0, 0, 0);
    if (time->Year > LAST_YEAR)
        return encode(LAST_YEAR, 12, 31, 23, 59, 58);
    result = encode(time->Year, time->Month, time->Day, time->Hour, time->Minute, time->Second);
    result.hundredths = (uint8_t)(result.hundredths + time->Nanosecond / NS_PER_HUNDREDTH);
    return result;
}

EFI_TIME fat_time_to_efi(struct fat_time time)
{
    EFI_TIME result = {
        .Year = (UINT16)(FIRST_YEAR + (time.date >> 9)),
        .Month = time.date >> 5 & 0xf,
        .Day = time.date & 0x1f,
        .Hour = (UINT8)(time.time >> 11),
        .Minute = time.time >> 5 & 0x3f,
        .Second = (UINT8)((time.time & 0x1f) * 2 + time.hundredths / HUNDREDTHS_PER_SECOND),
        .Nanosecond = time.hundredths % HUNDREDTHS_PER_SECOND * NS_PER_HUNDREDTH,
        .TimeZone = EFI_UNSPECIFIED_TIMEZONE,
    };

    return calendar_is_valid(&result) ? result : (EFI_TIME){0};
}
