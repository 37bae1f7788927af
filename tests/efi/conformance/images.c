/*
 * Loading, starting, leaving and unloading images.
 */
#include "tests/efi/conformance/images.h"

#include "tests/efi/conformance/check.h"

EFI_STATUS efi_main(EFI_HANDLE image, EFI_SYSTEM_TABLE *table)
{
    static void (*const tests[])(void) = {
        images_load_tests,   images_memory_tests, images_bad_tests,       images_start_tests,
        images_exit_tests,   images_nested_tests, images_driver_tests,    images_unload_tests,
        images_origin_tests, images_file_tests,   images_load_file_tests,
    };

    return check_run("images", image, table, tests, COUNT_OF(tests));
}
