/*
 * The Human Interface Infrastructure as far as the EFI shell and boot menus need it.
 */
#include "tests/efi/conformance/hii.h"

#include "tests/efi/conformance/check.h"

EFI_STATUS efi_main(EFI_HANDLE image, EFI_SYSTEM_TABLE *table)
{
    static void (*const tests[])(void) = {
        hii_list_tests,       hii_export_tests,   hii_notify_tests, hii_string_tests,
        hii_new_string_tests, hii_language_tests, hii_config_tests, hii_config_block_tests,
    };

    return check_run("hii", image, table, tests, COUNT_OF(tests));
}
