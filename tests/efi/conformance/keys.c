/*
 * Keys, typed at a terminal as VT100 and xterm send them: whoever runs the program answers each
 * line "TYPE <name>" with that key.
 */
#include "tests/efi/conformance/keys.h"

#include "tests/efi/conformance/check.h"

EFI_STATUS efi_main(EFI_HANDLE image, EFI_SYSTEM_TABLE *table)
{
    static void (*const tests[])(void) = {
        keys_read_tests,
        keys_plain_tests,
        keys_notify_tests,
    };

    /* A machine whose time is made of instructions spends years waiting. */
    table->BootServices->SetWatchdogTimer(0, 0, 0, NULL);
    return check_run("keys", image, table, tests, COUNT_OF(tests));
}
