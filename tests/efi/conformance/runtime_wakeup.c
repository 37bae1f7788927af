/* GetWakeupTime and SetWakeupTime. */
#include "tests/efi/conformance/check.h"
#include "tests/efi/conformance/runtime.h"

static const EFI_TIME far_away = {
    .Year = 2037, .Month = 1, .Day = 2, .Hour = 3, .Minute = 4, .Second = 5};

static void get(void)
{
    BOOLEAN enabled;
    BOOLEAN pending;
    EFI_TIME time;

    topic("runtime.get-wakeup-time", "8.3.3");
    check_status("no-enabled", runtime->GetWakeupTime(NULL, &pending, &time), EFI_INVALID_PARAMETER,
                 "each place must be given");
    check_status("no-pending", runtime->GetWakeupTime(&enabled, NULL, &time), EFI_INVALID_PARAMETER,
                 "each place must be given");
    check_status("no-time", runtime->GetWakeupTime(&enabled, &pending, NULL), EFI_INVALID_PARAMETER,
                 "each place must be given");
    check_status_either("get", runtime->GetWakeupTime(&enabled, &pending, &time), EFI_SUCCESS,
                        EFI_UNSUPPORTED, "a time, or the word that there is none");
}

static void set(void)
{
    EFI_TIME time = far_away;

    topic("runtime.set-wakeup-time", "8.3.4");
    check_status("no-time", runtime->SetWakeupTime(TRUE, NULL), EFI_INVALID_PARAMETER,
                 "a time must be given");
    time.Month = 13;
    check_status("wrong-time", runtime->SetWakeupTime(TRUE, &time), EFI_INVALID_PARAMETER,
                 "that there is");
    time = far_away;
    check_status_either("set", runtime->SetWakeupTime(TRUE, &time), EFI_SUCCESS, EFI_UNSUPPORTED,
                        "it is set, or that cannot be");
    check_status_either("disable", runtime->SetWakeupTime(FALSE, NULL), EFI_SUCCESS,
                        EFI_UNSUPPORTED, "to disable it no time is needed");
}

void runtime_wakeup_tests(void)
{
    get();
    set();
}
