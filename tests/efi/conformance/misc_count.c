/* GetNextMonotonicCount, and its upper half at run time. */
#include "tests/efi/conformance/check.h"
#include "tests/efi/conformance/misc.h"

static void low_half(void)
{
    UINT64 first = 0;
    UINT64 next = 0;
    EFI_STATUS status = boot->GetNextMonotonicCount(&first);

    topic("misc.monotonic-count", "7.5.5");
    check_status("first", status, EFI_SUCCESS, "there is a count");
    for (unsigned int i = 1; i <= 5; i++) {
        boot->GetNextMonotonicCount(&next);
        check_number(numbered("next-", i), next - first, i, "each call adds 1");
    }
    check_status("no-result", boot->GetNextMonotonicCount(NULL), EFI_INVALID_PARAMETER,
                 "a place for it must be given");
}

static void high_half(void)
{
    UINT64 before = 0;
    UINT64 after = 0;
    UINT32 first = 0;
    UINT32 second = 0;
    EFI_STATUS status;

    boot->GetNextMonotonicCount(&before);
    topic("misc.high-monotonic-count", "8.5.2");
    status = runtime->GetNextHighMonotonicCount(&first);
    check_status("first", status, EFI_SUCCESS, "there is an upper half");
    check_number("one-more", first, (UINT32)(before >> 32) + 1, "it is one more than before");
    runtime->GetNextHighMonotonicCount(&second);
    check_number("second", second, (UINT64)first + 1, "each call adds 1");
    boot->GetNextMonotonicCount(&after);
    check("full", after > before, "the whole count never goes back");
    check_number("full-high", after >> 32, second, "its upper half is the one that was returned");
    check_status("no-result", runtime->GetNextHighMonotonicCount(NULL), EFI_INVALID_PARAMETER,
                 "a place for it must be given");
}

void misc_count_tests(void)
{
    low_half();
    high_half();
}
