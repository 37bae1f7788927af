/* SetWatchdogTimer. That it fires nobody could report: here it must not. */
#include "tests/efi/conformance/check.h"
#include "tests/efi/conformance/misc.h"

#define OWN_CODE        0x10000
#define LONGER_THAN_1_S 1600000

void misc_watchdog_tests(void)
{
    CHAR16 text[] = L"conformance";

    topic("misc.watchdog", "7.5.1");
    check_status("disable", boot->SetWatchdogTimer(0, 0, 0, NULL), EFI_SUCCESS, "it is disabled");
    check_status("disable-again", boot->SetWatchdogTimer(0, 0, 0, NULL), EFI_SUCCESS,
                 "also when it was");
    check_status("set", boot->SetWatchdogTimer(1, OWN_CODE, 0, NULL), EFI_SUCCESS, "it is set");
    check_status("set-longer", boot->SetWatchdogTimer(300, OWN_CODE, 0, NULL), EFI_SUCCESS,
                 "and set anew before it fires");
    boot->Stall(LONGER_THAN_1_S);
    check("replaced", true, "the old time is forgotten");
    check_status("set-text", boot->SetWatchdogTimer(1, OWN_CODE, sizeof(text), text), EFI_SUCCESS,
                 "with a text for the log");
    check_status("disable-set", boot->SetWatchdogTimer(0, OWN_CODE, 0, NULL), EFI_SUCCESS,
                 "and disabled before it fires");
    boot->Stall(LONGER_THAN_1_S);
    check("disabled", true, "then it does not");
    check_status("huge", boot->SetWatchdogTimer(0xffffffff, OWN_CODE, 0, NULL), EFI_SUCCESS,
                 "136 years are a time");
    boot->Stall(20000);
    check("huge-not-over", true, "that is not over yet");
    boot->SetWatchdogTimer(0, 0, 0, NULL);
}
