/*
 * Boot services that belong to nothing else.
 */
#include "tests/efi/conformance/misc.h"

#include "tests/efi/conformance/check.h"

EFI_STATUS efi_main(EFI_HANDLE image, EFI_SYSTEM_TABLE *table)
{
    static void (*const tests[])(void) = {
        misc_crc32_tests, misc_copy_tests,  misc_set_tests,      misc_table_tests,
        misc_count_tests, misc_stall_tests, misc_watchdog_tests,
    };

    return check_run("misc", image, table, tests, COUNT_OF(tests));
}
