/*
 * Protocol handler services: handles, the protocols on them, who uses them, how they are found.
 */
#include "tests/efi/conformance/handles.h"

#include "tests/efi/conformance/check.h"

EFI_STATUS efi_main(EFI_HANDLE image, EFI_SYSTEM_TABLE *table)
{
    static void (*const tests[])(void) = {
        handles_install_tests,    handles_uninstall_tests,    handles_reinstall_tests,
        handles_multiple_tests,   handles_open_tests,         handles_conflict_tests,
        handles_close_tests,      handles_information_tests,  handles_notify_tests,
        handles_locate_tests,     handles_registration_tests, handles_device_path_tests,
        handles_per_handle_tests,
    };

    return check_run("handles", image, table, tests, COUNT_OF(tests));
}
