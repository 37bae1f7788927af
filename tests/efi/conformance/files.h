/*
 * A FAT volume on a RAM disk of the test's own, which the firmware's drivers serve.
 */
#ifndef PVHEFI_TESTS_EFI_CONFORMANCE_FILES_H
#define PVHEFI_TESTS_EFI_CONFORMANCE_FILES_H

#include <stdbool.h>

#include <efi.h>

#define FILES_READ   EFI_FILE_MODE_READ
#define FILES_WRITE  (EFI_FILE_MODE_READ | EFI_FILE_MODE_WRITE)
#define FILES_CREATE (EFI_FILE_MODE_READ | EFI_FILE_MODE_WRITE | EFI_FILE_MODE_CREATE)

/* Room for EFI_FILE_INFO with any name. */
union files_info {
    EFI_FILE_INFO file;
    EFI_FILE_SYSTEM_INFO volume;
    UINT8 bytes[1024];
};

extern EFI_GUID files_info_guid;

/* The root of a new, empty volume; NULL, with an ERROR line, when the drivers do not serve it. */
EFI_FILE_HANDLE files_volume_new(void);
/* The disk as its owner takes it away: its handle goes. `root` is closed. */
EFI_STATUS files_volume_remove(EFI_FILE_HANDLE root);

/* NULL, with an ERROR line, when it cannot be opened. */
EFI_FILE_HANDLE files_open(EFI_FILE_HANDLE from, const CHAR16 *path, UINT64 mode,
                           UINT64 attributes);
/* The status only; what was opened is closed. */
EFI_STATUS files_try(EFI_FILE_HANDLE from, const CHAR16 *path, UINT64 mode, UINT64 attributes);

/* Makes a file with this content. */
void files_make(EFI_FILE_HANDLE root, const CHAR16 *path, const char *text);

/* The number of bytes read; they are in *buffer. */
UINTN files_read(EFI_FILE_HANDLE file, void *buffer, UINTN bytes);

void files_volume_tests(void);
void files_open_tests(void);
void files_content_tests(void);
void files_directory_tests(void);
void files_info_tests(void);

#endif
