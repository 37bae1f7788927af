/*
 * Connecting drivers to controllers, and taking them off again.
 */
#include "tests/efi/conformance/drivers.h"

#include "tests/efi/conformance/check.h"

EFI_STATUS efi_main(EFI_HANDLE image, EFI_SYSTEM_TABLE *table)
{
    static void (*const tests[])(void) = {
        drivers_connect_tests, drivers_disconnect_tests, drivers_order_tests,
        drivers_bus_tests,     drivers_release_tests,
    };

    return check_run("drivers", image, table, tests, COUNT_OF(tests));
}
