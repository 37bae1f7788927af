/*
 * Text output and input, without anybody at the keyboard.
 */
#include "tests/efi/conformance/console.h"

#include "tests/efi/conformance/check.h"

EFI_STATUS efi_main(EFI_HANDLE image, EFI_SYSTEM_TABLE *table)
{
    static void (*const tests[])(void) = {
        console_mode_tests,   console_cursor_tests, console_string_tests,   console_attribute_tests,
        console_screen_tests, console_input_tests,  console_input_ex_tests,
    };

    return check_run("console", image, table, tests, COUNT_OF(tests));
}
