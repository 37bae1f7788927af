/*
 * Graphics output, where there is one.
 */
#include "tests/efi/conformance/graphics.h"

#include "tests/efi/conformance/check.h"
#include "tests/efi/conformance/graphics_screen.h"

EFI_STATUS efi_main(EFI_HANDLE image, EFI_SYSTEM_TABLE *table)
{
    static void (*const tests[])(void) = {
        graphics_mode_tests, graphics_fill_tests, graphics_buffer_tests,
        graphics_move_tests, graphics_edge_tests,
    };

    return check_run("graphics", image, table, tests, COUNT_OF(tests));
}
