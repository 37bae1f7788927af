/*
 * Tables, and runtime services before ExitBootServices.
 */
#include "tests/efi/conformance/runtime.h"

#include "tests/efi/conformance/check.h"

EFI_STATUS efi_main(EFI_HANDLE image, EFI_SYSTEM_TABLE *table)
{
    static void (*const tests[])(void) = {
        runtime_table_tests,    runtime_service_tests,  runtime_config_tests,
        runtime_get_time_tests, runtime_set_time_tests, runtime_wakeup_tests,
        runtime_capsule_tests,  runtime_virtual_tests,
    };

    return check_run("runtime", image, table, tests, COUNT_OF(tests));
}
