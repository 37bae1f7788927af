/*
 * Small protocols that programs expect of a firmware.
 */
#include "tests/efi/conformance/protocols.h"

#include "tests/efi/conformance/check.h"

EFI_STATUS efi_main(EFI_HANDLE image, EFI_SYSTEM_TABLE *table)
{
    static void (*const tests[])(void) = {
        protocols_compare_tests, protocols_match_tests,  protocols_case_tests,
        protocols_random_tests,  protocols_serial_tests, protocols_debug_port_tests,
    };

    return check_run("protocols", image, table, tests, COUNT_OF(tests));
}
