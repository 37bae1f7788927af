/*
 * A file system driver with one file, "a", that says of it what a test wants it to say.
 */
#ifndef PVHEFI_TESTS_UNIT_FAKE_VOLUME_H
#define PVHEFI_TESTS_UNIT_FAKE_VOLUME_H

#include <stdint.h>

#include <efi.h>

struct fake_volume {
    EFI_FILE_IO_INTERFACE protocol;
    UINTN info_bytes;    /* that GetInfo asks for */
    uint64_t info_flags; /* the file's attributes */
    uint64_t file_bytes; /* the size that GetInfo tells */
    UINTN read_bytes;    /* that Read says it read; it writes as much as there is room for */
    EFI_STATUS read_status;
    unsigned int open_files;
};

/* Of a sound file with this many bytes. */
struct fake_volume *fake_volume_new(uint64_t bytes);

#endif
