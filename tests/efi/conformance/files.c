/*
 * Files: SimpleFileSystem and the File protocol on a FAT volume.
 */
#include "tests/efi/conformance/files.h"

#include "tests/efi/conformance/check.h"

EFI_STATUS efi_main(EFI_HANDLE image, EFI_SYSTEM_TABLE *table)
{
    static void (*const tests[])(void) = {
        files_volume_tests,    files_open_tests, files_content_tests,
        files_directory_tests, files_info_tests,
    };

    return check_run("files", image, table, tests, COUNT_OF(tests));
}
