/*
 * Protocols about device paths.
 */
#include "tests/efi/conformance/paths.h"

#include "tests/efi/conformance/check.h"

EFI_STATUS efi_main(EFI_HANDLE image, EFI_SYSTEM_TABLE *table)
{
    static void (*const tests[])(void) = {
        paths_size_tests,    paths_append_tests,    paths_instance_tests,
        paths_to_text_tests, paths_from_text_tests,
    };

    return check_run("paths", image, table, tests, COUNT_OF(tests));
}
