/*
 * A FAT volume that mkfs.fat made, and a client that reads and writes it through EFI's protocols.
 * Failures end the test.
 */
#ifndef PVHEFI_TESTS_UNIT_FAT_FIXTURE_H
#define PVHEFI_TESTS_UNIT_FAT_FIXTURE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include <efi.h>

#include "shim/fat/fat_system.h"
#include "shim/file/file_protocol.h"
#include "tests/unit/image_file.h"

#define FAT_FIXTURE_READ   EFI_FILE_MODE_READ
#define FAT_FIXTURE_WRITE  (EFI_FILE_MODE_READ | EFI_FILE_MODE_WRITE)
#define FAT_FIXTURE_CREATE (EFI_FILE_MODE_READ | EFI_FILE_MODE_WRITE | EFI_FILE_MODE_CREATE)

/* Commands for fat_fixture_make(). */
#define FAT_FIXTURE_FAT12 "truncate -s 4M IMAGE && mkfs.fat -F 12 IMAGE"
#define FAT_FIXTURE_FAT16 "truncate -s 32M IMAGE && mkfs.fat -F 16 -s 4 IMAGE"
#define FAT_FIXTURE_FAT32 "truncate -s 64M IMAGE && mkfs.fat -F 32 -s 1 IMAGE"

struct fat_fixture {
    struct image_file image;
    struct fat_system fat;
    struct file_volume volume;
    EFI_FILE_HANDLE root;
};

/* What the clock says; a year of 0: nobody knows. */
extern EFI_TIME fat_fixture_time;

/* Makes and mounts it; `command` is the shell's, as for image_file_make(). */
void fat_fixture_make(struct fat_fixture *fixture, const char *command);

/*
 * Does so on an empty volume of each kind and several sizes of sectors and clusters, one after the
 * other, which fat_fixture_finish() then looks at.
 */
void fat_fixture_on_each(struct fat_fixture *fixture, void (*check)(void));

/* Mounts what the image holds; false when it holds no volume. */
bool fat_fixture_mount(struct fat_fixture *fixture);

/* All files must be closed. */
void fat_fixture_unmount(struct fat_fixture *fixture);

/* What is cached must be on the disk, too: unmounts, asks fsck.fat, and mounts again. */
void fat_fixture_remount(struct fat_fixture *fixture);

/* Unmounts, asks fsck.fat, which must have nothing to say, and removes the image. */
void fat_fixture_finish(struct fat_fixture *fixture);

/* fsck.fat finds nothing to repair. */
void fat_fixture_check(struct fat_fixture *fixture);

/* Runs a shell command in which "IMAGE" is the image. */
void fat_fixture_run(struct fat_fixture *fixture, const char *command);

/* NULL, with the status in *ret_status (which may be NULL), when it cannot be opened. */
EFI_FILE_HANDLE fat_fixture_try_open(struct fat_fixture *fixture, const CHAR16 *path, uint64_t mode,
                                     uint64_t attributes, EFI_STATUS *ret_status);
EFI_FILE_HANDLE fat_fixture_open(struct fat_fixture *fixture, const CHAR16 *path, uint64_t mode);
void fat_fixture_close(EFI_FILE_HANDLE file);

void fat_fixture_write_at(EFI_FILE_HANDLE file, uint64_t position, const void *data, size_t bytes);

/* Makes the file if there is none, and writes from its beginning on. */
void fat_fixture_write(struct fat_fixture *fixture, const CHAR16 *path, const void *data,
                       size_t bytes);
void fat_fixture_make_directory(struct fat_fixture *fixture, const CHAR16 *path);
void fat_fixture_delete(struct fat_fixture *fixture, const CHAR16 *path);
EFI_STATUS fat_fixture_rename(struct fat_fixture *fixture, const CHAR16 *path, const CHAR16 *name);
EFI_STATUS fat_fixture_resize(EFI_FILE_HANDLE file, uint64_t bytes);

/* EFI_FILE_INFO in a buffer that the next call uses again. */
EFI_FILE_INFO *fat_fixture_info(EFI_FILE_HANDLE file);
EFI_STATUS fat_fixture_set_info(EFI_FILE_HANDLE file, EFI_FILE_INFO *info);
EFI_FILE_SYSTEM_INFO *fat_fixture_volume_info(struct fat_fixture *fixture);

/* The file has exactly this content. */
void fat_fixture_expect(struct fat_fixture *fixture, const CHAR16 *path, const void *data,
                        size_t bytes);
bool fat_fixture_exists(struct fat_fixture *fixture, const CHAR16 *path);

/* Names in the directory, in their order, each followed by a blank; "." and ".." are left out. */
const char *fat_fixture_list(struct fat_fixture *fixture, const CHAR16 *path);

/* The same bytes for the same seed. */
void fat_fixture_fill(void *buffer, size_t bytes, uint32_t seed);

#endif
