#include "tests/unit/fat_fixture.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "loader/utf16.h"
#include "tests/unit/fake_memory.h"

#define INFO_BYTES 1024
#define LIST_BYTES (1u << 20)

EFI_TIME fat_fixture_time = {
    .Year = 2026, .Month = 11, .Day = 22, .Hour = 13, .Minute = 14, .Second = 15};

static EFI_GUID file_info_guid = EFI_FILE_INFO_ID;
static EFI_GUID volume_info_guid = EFI_FILE_SYSTEM_INFO_ID;

static union {
    EFI_FILE_INFO file;
    EFI_FILE_SYSTEM_INFO volume;
    uint8_t bytes[INFO_BYTES];
} info_buffer;

static bool fixture_clock(EFI_TIME *ret_time)
{
    *ret_time = fat_fixture_time;
    return fat_fixture_time.Year != 0;
}

bool fat_fixture_mount(struct fat_fixture *fixture)
{
    if (fat_system_mount(&fixture->fat, &fixture->image.memory.medium, fixture_clock) !=
        EFI_SUCCESS)
        return false;
    file_volume_init(&fixture->volume, &fixture->fat.system);
    return fixture->volume.protocol.OpenVolume(&fixture->volume.protocol, &fixture->root) ==
           EFI_SUCCESS;
}

void fat_fixture_make(struct fat_fixture *fixture, const char *command)
{
    fake_memory_init();
    image_file_make(&fixture->image, 512, command);
    assert_true(fat_fixture_mount(fixture));
}

void fat_fixture_unmount(struct fat_fixture *fixture)
{
    fat_fixture_close(fixture->root);
    assert_true(list_is_empty(&fixture->fat.volume.nodes));
    fat_system_unmount(&fixture->fat);
}

void fat_fixture_check(struct fat_fixture *fixture)
{
    if (image_file_run(&fixture->image, "fsck.fat -n IMAGE"))
        fail_msg("%s", image_file_output());
}

void fat_fixture_finish(struct fat_fixture *fixture)
{
    fat_fixture_unmount(fixture);
    fat_fixture_check(fixture);
    image_file_remove(&fixture->image);
}

void fat_fixture_remount(struct fat_fixture *fixture)
{
    fat_fixture_unmount(fixture);
    fat_fixture_check(fixture);
    assert_true(fat_fixture_mount(fixture));
}

void fat_fixture_on_each(struct fat_fixture *fixture, void (*check)(void))
{
    static const char *const commands[] = {
        FAT_FIXTURE_FAT12,
        FAT_FIXTURE_FAT16,
        FAT_FIXTURE_FAT32,
        "truncate -s 34M IMAGE && mkfs.fat -F 32 -s 8 IMAGE",
        "truncate -s 300M IMAGE && mkfs.fat -F 32 -S 4096 IMAGE",
    };

    fake_memory_init();
    for (size_t i = 0; i < sizeof(commands) / sizeof(commands[0]); i++) {
        image_file_make(&fixture->image, 512, commands[i]);
        assert_true(fat_fixture_mount(fixture));
        check();
        fat_fixture_finish(fixture);
    }
}

void fat_fixture_run(struct fat_fixture *fixture, const char *command)
{
    if (image_file_run(&fixture->image, command))
        fail_msg("%s: %s", command, image_file_output());
}

/* EFI's functions take texts that they could change. */
static CHAR16 *changeable(const CHAR16 *text)
{
    static CHAR16 copy[2048];
    size_t chars = utf16_length(text, 2047);

    memcpy(copy, text, chars * sizeof(*text));
    copy[chars] = 0;
    return copy;
}

EFI_FILE_HANDLE fat_fixture_try_open(struct fat_fixture *fixture, const CHAR16 *path, uint64_t mode,
                                     uint64_t attributes, EFI_STATUS *ret_status)
{
    EFI_FILE_HANDLE file = NULL;
    EFI_STATUS status =
        fixture->root->Open(fixture->root, &file, changeable(path), mode, attributes);

    if (ret_status)
        *ret_status = status;
    return status == EFI_SUCCESS ? file : NULL;
}

EFI_FILE_HANDLE fat_fixture_open(struct fat_fixture *fixture, const CHAR16 *path, uint64_t mode)
{
    EFI_STATUS status;
    EFI_FILE_HANDLE file = fat_fixture_try_open(fixture, path, mode, 0, &status);

    assert_int_equal(status, EFI_SUCCESS);
    return file;
}

void fat_fixture_close(EFI_FILE_HANDLE file)
{
    assert_int_equal(file->Close(file), EFI_SUCCESS);
}

void fat_fixture_write_at(EFI_FILE_HANDLE file, uint64_t position, const void *data, size_t bytes)
{
    UINTN written = bytes;
    void *copy = malloc(bytes + 1);

    memcpy(copy, data, bytes);
    assert_int_equal(file->SetPosition(file, position), EFI_SUCCESS);
    assert_int_equal(file->Write(file, &written, copy), EFI_SUCCESS);
    assert_int_equal(written, bytes);
    free(copy);
}

void fat_fixture_write(struct fat_fixture *fixture, const CHAR16 *path, const void *data,
                       size_t bytes)
{
    EFI_FILE_HANDLE file = fat_fixture_open(fixture, path, FAT_FIXTURE_CREATE);

    fat_fixture_write_at(file, 0, data, bytes);
    fat_fixture_close(file);
}

void fat_fixture_make_directory(struct fat_fixture *fixture, const CHAR16 *path)
{
    EFI_STATUS status;
    EFI_FILE_HANDLE directory =
        fat_fixture_try_open(fixture, path, FAT_FIXTURE_CREATE, EFI_FILE_DIRECTORY, &status);

    assert_int_equal(status, EFI_SUCCESS);
    fat_fixture_close(directory);
}

void fat_fixture_delete(struct fat_fixture *fixture, const CHAR16 *path)
{
    EFI_FILE_HANDLE file = fat_fixture_open(fixture, path, FAT_FIXTURE_WRITE);

    assert_int_equal(file->Delete(file), EFI_SUCCESS);
}

EFI_FILE_INFO *fat_fixture_info(EFI_FILE_HANDLE file)
{
    UINTN bytes = sizeof(info_buffer);

    memset(&info_buffer, 0, sizeof(info_buffer));
    assert_int_equal(file->GetInfo(file, &file_info_guid, &bytes, &info_buffer), EFI_SUCCESS);
    assert_int_equal(info_buffer.file.Size, bytes);
    return &info_buffer.file;
}

EFI_STATUS fat_fixture_set_info(EFI_FILE_HANDLE file, EFI_FILE_INFO *info)
{
    size_t chars = utf16_length(info->FileName, FILE_NAME_CHARS_MAX) + 1;

    return file->SetInfo(file, &file_info_guid,
                         offsetof(EFI_FILE_INFO, FileName) + chars * sizeof(CHAR16), info);
}

EFI_FILE_SYSTEM_INFO *fat_fixture_volume_info(struct fat_fixture *fixture)
{
    UINTN bytes = sizeof(info_buffer);
    EFI_FILE_HANDLE root = fixture->root;

    assert_int_equal(root->GetInfo(root, &volume_info_guid, &bytes, &info_buffer), EFI_SUCCESS);
    return &info_buffer.volume;
}

EFI_STATUS fat_fixture_rename(struct fat_fixture *fixture, const CHAR16 *path, const CHAR16 *name)
{
    EFI_FILE_HANDLE file = fat_fixture_open(fixture, path, FAT_FIXTURE_WRITE);
    EFI_FILE_INFO *info = fat_fixture_info(file);
    EFI_STATUS status;

    memcpy(info->FileName, name, (utf16_length(name, 300) + 1) * sizeof(*name));
    status = fat_fixture_set_info(file, info);
    fat_fixture_close(file);
    return status;
}

EFI_STATUS fat_fixture_resize(EFI_FILE_HANDLE file, uint64_t bytes)
{
    EFI_FILE_INFO *info = fat_fixture_info(file);

    info->FileSize = bytes;
    return fat_fixture_set_info(file, info);
}

void fat_fixture_expect(struct fat_fixture *fixture, const CHAR16 *path, const void *data,
                        size_t bytes)
{
    EFI_FILE_HANDLE file = fat_fixture_open(fixture, path, FAT_FIXTURE_READ);
    UINTN read = bytes + 1;
    uint8_t *buffer = malloc(bytes + 1);

    assert_int_equal(fat_fixture_info(file)->FileSize, bytes);
    assert_int_equal(file->Read(file, &read, buffer), EFI_SUCCESS);
    assert_int_equal(read, bytes);
    assert_memory_equal(buffer, data, bytes);
    free(buffer);
    fat_fixture_close(file);
}

bool fat_fixture_exists(struct fat_fixture *fixture, const CHAR16 *path)
{
    EFI_STATUS status;
    EFI_FILE_HANDLE file = fat_fixture_try_open(fixture, path, FAT_FIXTURE_READ, 0, &status);

    if (file)
        fat_fixture_close(file);
    else
        assert_int_equal(status, EFI_NOT_FOUND);
    return file != NULL;
}

const char *fat_fixture_list(struct fat_fixture *fixture, const CHAR16 *path)
{
    static char list[LIST_BYTES];
    const CHAR16 *name = info_buffer.file.FileName;
    EFI_FILE_HANDLE directory = fat_fixture_open(fixture, path, FAT_FIXTURE_READ);
    size_t used = 0;

    for (;;) {
        UINTN bytes = sizeof(info_buffer);

        assert_int_equal(directory->Read(directory, &bytes, &info_buffer), EFI_SUCCESS);
        if (!bytes)
            break;
        if (name[0] == '.' && (!name[1] || name[1] == '.'))
            continue;
        used += utf8_from_utf16(name, list + used, LIST_BYTES - used) - 1;
        list[used++] = ' ';
    }
    list[used] = '\0';
    fat_fixture_close(directory);
    return list;
}

void fat_fixture_fill(void *buffer, size_t bytes, uint32_t seed)
{
    uint8_t *to = buffer;

    for (size_t i = 0; i < bytes; i++) {
        seed = seed * 1664525 + 1013904223;
        to[i] = (uint8_t)(seed >> 24);
    }
}
