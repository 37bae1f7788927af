#include "tests/efi/conformance/clock.h"

#include "tests/efi/conformance/check.h"

bool clock_is_there(void)
{
    EFI_TIME time;

    return runtime->GetTime(&time, NULL) == EFI_SUCCESS;
}

/* Years that begin in March have their leap day at the end. */
static UINT64 days_of(const EFI_TIME *time)
{
    UINT64 year = time->Month > 2 ? time->Year : time->Year - 1u;
    UINT64 month = time->Month > 2 ? time->Month - 3u : time->Month + 9u;

    return year * 365 + year / 4 - year / 100 + year / 400 + (month * 153 + 2) / 5 + time->Day;
}

UINT64 clock_seconds(const EFI_TIME *time)
{
    return ((days_of(time) * 24 + time->Hour) * 60 + time->Minute) * 60 + time->Second;
}
