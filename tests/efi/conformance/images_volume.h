/*
 * A file system with one file, \child.efi, which is also \folder\child.efi. It can be opened as
 * often as there are slots, and only be read.
 */
#ifndef PVHEFI_TESTS_EFI_CONFORMANCE_IMAGES_VOLUME_H
#define PVHEFI_TESTS_EFI_CONFORMANCE_IMAGES_VOLUME_H

#include <efi.h>

#include "tests/unit/pe_builder.h"

struct volume {
    EFI_FILE_IO_INTERFACE protocol;
    struct pe_file file;
    UINTN file_bytes;
    EFI_STATUS open_status; /* OpenVolume's */
    EFI_STATUS read_status; /* Read's */
    unsigned int open_files;
};

extern struct volume volume;

#endif
