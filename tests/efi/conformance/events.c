/*
 * Events, timers and task priority levels.
 */
#include "tests/efi/conformance/events.h"

#include "tests/efi/conformance/check.h"

EFI_STATUS efi_main(EFI_HANDLE image, EFI_SYSTEM_TABLE *table)
{
    static void (*const tests[])(void) = {
        events_create_tests, events_signal_tests,    events_check_tests, events_wait_tests,
        events_close_tests,  events_group_tests,     events_tpl_tests,   events_order_tests,
        events_timer_tests,  events_interrupt_tests,
    };

    return check_run("events", image, table, tests, COUNT_OF(tests));
}
