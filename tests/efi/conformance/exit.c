/*
 * ExitBootServices and what is left afterwards, at its old addresses and at new ones. The program
 * cannot return.
 */
#include "tests/efi/conformance/exit.h"

#include "tests/efi/conformance/check.h"

EFI_STATUS efi_main(EFI_HANDLE image, EFI_SYSTEM_TABLE *table)
{
    static void (*const tests[])(void) = {
        exit_variable_prepare, exit_virtual_prepare, exit_driver_prepare,
        exit_leave_tests,      exit_table_tests,     exit_physical_tests,
        exit_move_tests,       exit_driver_tests,    exit_virtual_tests,
    };

    return check_run("exit", image, table, tests, COUNT_OF(tests));
}
