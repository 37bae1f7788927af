/* Changes to volumes: what EFI's functions did, mtools reads and fsck.fat finds in order. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "shim/event/event.h"
#include "tests/unit/fat_fixture.h"
#include "tests/unit/isolated.h"

#define MAKE_FAT12       "truncate -s 4M IMAGE && mkfs.fat -F 12 IMAGE"
#define MAKE_FAT16       "truncate -s 32M IMAGE && mkfs.fat -F 16 -s 4 IMAGE"
#define MAKE_FAT32       "truncate -s 64M IMAGE && mkfs.fat -F 32 -s 1 IMAGE"
#define MAKE_SMALL_FAT32 "truncate -s 34M IMAGE && mkfs.fat -F 32 -s 8 IMAGE"
#define MAKE_4096        "truncate -s 300M IMAGE && mkfs.fat -F 32 -S 4096 IMAGE"

#define DATA_BYTES 300000u

static struct fat_fixture fixture;
static uint8_t data[DATA_BYTES];

static const char *const commands[] = {MAKE_FAT12, MAKE_FAT16, MAKE_FAT32, MAKE_SMALL_FAT32,
                                       MAKE_4096};

/* The same on a volume of each kind. */
static void on_each(void (*check)(void))
{
    fat_fixture_fill(data, sizeof(data), 1);
    for (size_t i = 0; i < sizeof(commands) / sizeof(commands[0]); i++) {
        if (i == 0)
            fat_fixture_make(&fixture, commands[i]);
        else
            image_file_make(&fixture.image, 512, commands[i]);
        assert_true(i == 0 || fat_fixture_mount(&fixture));
        check();
        fat_fixture_finish(&fixture);
    }
}

/* Whatever is cached must be on the disk, too. */
static void remount(void)
{
    fat_fixture_unmount(&fixture);
    fat_fixture_check(&fixture);
    assert_true(fat_fixture_mount(&fixture));
}

static void check_new_files(void)
{
    fat_fixture_write(&fixture, u"FILE.BIN", data, DATA_BYTES);
    fat_fixture_write(&fixture, u"one", data, 1);
    fat_fixture_write(&fixture, u"A long name, not for DOS.text", data, 5000);
    fat_fixture_make_directory(&fixture, u"Directory with a Long Name");
    fat_fixture_write(&fixture, u"Directory with a Long Name\\Ünïcödé", data, 700);
    remount();
    fat_fixture_expect(&fixture, u"file.bin", data, DATA_BYTES);
    fat_fixture_expect(&fixture, u"one", data, 1);
    fat_fixture_expect(&fixture, u"A long name, not for DOS.text", data, 5000);
    fat_fixture_expect(&fixture, u"direct~1\\ünïcödé", data, 700);
    assert_string_equal(fat_fixture_list(&fixture, u""),
                        "FILE.BIN one A long name, not for DOS.text Directory with a Long Name ");
}

static void test_new_files(void **state)
{
    (void)state;
    on_each(check_new_files);
}

/* mtools reads what was written. */
static void test_other_program_reads(void **state)
{
    (void)state;
    fat_fixture_fill(data, sizeof(data), 1);
    fat_fixture_make(&fixture, MAKE_FAT16);
    fat_fixture_make_directory(&fixture, u"Some directory");
    fat_fixture_write(&fixture, u"Some directory\\lower.txt", "hello", 5);
    fat_fixture_write(&fixture, u"Some directory\\Mixed.Txt", "mixed", 5);
    fat_fixture_run(&fixture, "mtype -i IMAGE '::Some directory/lower.txt'");
    assert_string_equal(image_file_output(), "hello");
    fat_fixture_run(&fixture, "mdir -b -i IMAGE '::Some directory'");
    assert_string_equal(image_file_output(),
                        "::/Some directory/lower.txt\n::/Some directory/Mixed.Txt\n");
    fat_fixture_run(&fixture, "mdir -i IMAGE '::Some directory'");
    assert_non_null(strstr(image_file_output(), "2026-11-22"));
    assert_non_null(strstr(image_file_output(), "13:14"));
    fat_fixture_finish(&fixture);
}

/* Written in pieces, over old content, beyond the end. */
static void check_pieces(void)
{
    static uint8_t expected[DATA_BYTES];
    EFI_FILE_HANDLE file = fat_fixture_open(&fixture, u"pieces", FAT_FIXTURE_CREATE);

    memset(expected, 0, sizeof(expected));
    for (size_t at = 0; at < 20000; at += 333) {
        fat_fixture_write_at(file, at, data + at, 333);
        memcpy(expected + at, data + at, 333);
    }
    fat_fixture_write_at(file, 1000, data, 9000);
    memcpy(expected + 1000, data, 9000);
    fat_fixture_write_at(file, 150000, data, 150000);
    memcpy(expected + 150000, data, 150000);
    fat_fixture_close(file);
    remount();
    fat_fixture_expect(&fixture, u"pieces", expected, DATA_BYTES);
}

static void test_pieces(void **state)
{
    (void)state;
    on_each(check_pieces);
}

static void check_sizes(void)
{
    static const uint64_t sizes[] = {1, 512, 513, 100000, 70000, 4096, 4095, 0, 50000, 0};
    static uint8_t expected[DATA_BYTES];
    EFI_FILE_HANDLE file = fat_fixture_open(&fixture, u"sized", FAT_FIXTURE_CREATE);
    uint64_t old = 0;

    for (size_t i = 0; i < sizeof(sizes) / sizeof(sizes[0]); i++) {
        assert_int_equal(fat_fixture_resize(file, sizes[i]), EFI_SUCCESS);
        if (sizes[i] > old)
            memset(expected + old, 0, sizes[i] - old);
        old = sizes[i];
        fat_fixture_expect(&fixture, u"sized", expected, sizes[i]);
        fat_fixture_check(&fixture);
        if (old) {
            fat_fixture_write_at(file, old - 1, "x", 1);
            expected[old - 1] = 'x';
        }
    }
    fat_fixture_close(file);
}

static void test_sizes(void **state)
{
    (void)state;
    on_each(check_sizes);
}

static void check_free_space(void)
{
    uint64_t before = fat_fixture_volume_info(&fixture)->FreeSpace;

    fat_fixture_make_directory(&fixture, u"d");
    fat_fixture_write(&fixture, u"d\\f", data, DATA_BYTES);
    assert_true(fat_fixture_volume_info(&fixture)->FreeSpace <= before - DATA_BYTES - 512);
    fat_fixture_delete(&fixture, u"d\\f");
    fat_fixture_delete(&fixture, u"d");
    assert_int_equal(fat_fixture_volume_info(&fixture)->FreeSpace, before);
    assert_string_equal(fat_fixture_list(&fixture, u""), "");
}

static void test_free_space(void **state)
{
    (void)state;
    on_each(check_free_space);
}

/* More entries than a cluster holds, and short names that would be the same. */
static void check_many_files(void)
{
    char expected[200 * 40] = "";

    fat_fixture_make_directory(&fixture, u"many");
    for (unsigned int i = 0; i < 100; i++) {
        CHAR16 name[] = u"many\\The same beginning 00.txt";

        name[24] = (CHAR16)('0' + i / 10);
        name[25] = (CHAR16)('0' + i % 10);
        fat_fixture_write(&fixture, name, &i, sizeof(i));
        sprintf(expected + strlen(expected), "The same beginning %02u.txt ", i);
    }
    remount();
    assert_string_equal(fat_fixture_list(&fixture, u"many"), expected);
    for (unsigned int i = 0; i < 100; i++) {
        CHAR16 name[] = u"many\\the same beginning 00.txt";

        name[24] = (CHAR16)('0' + i / 10);
        name[25] = (CHAR16)('0' + i % 10);
        fat_fixture_expect(&fixture, name, &i, sizeof(i));
        if (i % 2)
            fat_fixture_delete(&fixture, name);
    }
    fat_fixture_write(&fixture, u"many\\A name that is long enough to need more room than one left",
                      data, 10);
    fat_fixture_write(&fixture, u"many\\short", data, 10);
}

static void test_many_files(void **state)
{
    (void)state;
    on_each(check_many_files);
}

/* The root of FAT12 and FAT16 has a fixed size; another program may have left anything behind the
 * last entry in use. */
static void test_full_root(void **state)
{
    EFI_STATUS status = EFI_SUCCESS;
    unsigned int count = 0;

    (void)state;
    fat_fixture_make(&fixture, "truncate -s 4M IMAGE && mkfs.fat -F 12 -r 112 IMAGE");
    while (status == EFI_SUCCESS) {
        CHAR16 name[] = u"F00";
        EFI_FILE_HANDLE file;

        name[1] = (CHAR16)('A' + count / 26);
        name[2] = (CHAR16)('A' + count % 26);
        file = fat_fixture_try_open(&fixture, name, FAT_FIXTURE_CREATE, 0, &status);
        if (file)
            fat_fixture_close(file);
        count += status == EFI_SUCCESS;
    }
    assert_int_equal(status, EFI_VOLUME_FULL);
    assert_int_equal(count, 112);
    fat_fixture_finish(&fixture);
}

static void test_full_volume(void **state)
{
    static uint8_t large[4u << 20];
    EFI_FILE_HANDLE file;
    uint64_t free_space;
    UINTN bytes;

    (void)state;
    fat_fixture_make(&fixture, MAKE_FAT12);
    fat_fixture_write(&fixture, u"old", large, 10000);
    free_space = fat_fixture_volume_info(&fixture)->FreeSpace;
    file = fat_fixture_open(&fixture, u"big", FAT_FIXTURE_CREATE);
    bytes = sizeof(large);
    assert_int_equal(file->Write(file, &bytes, large), EFI_VOLUME_FULL);
    assert_int_equal(bytes, 0);
    assert_int_equal(fat_fixture_volume_info(&fixture)->FreeSpace, free_space);
    bytes = free_space;
    assert_int_equal(file->Write(file, &bytes, large), EFI_SUCCESS);
    assert_int_equal(bytes, free_space);
    assert_int_equal(fat_fixture_volume_info(&fixture)->FreeSpace, 0);
    fat_fixture_close(file);
    fat_fixture_expect(&fixture, u"old", large, 10000);
    fat_fixture_finish(&fixture);
}

/* Nobody knows how much is free when a table is full all at once. */
static void test_full_volume_without_sum(void **state)
{
    static uint8_t large[4u << 20];
    EFI_FILE_HANDLE file;
    UINTN bytes = sizeof(large);

    (void)state;
    fat_fixture_make(&fixture, MAKE_FAT12);
    file = fat_fixture_open(&fixture, u"big", FAT_FIXTURE_CREATE);
    assert_int_equal(file->Write(file, &bytes, large), EFI_VOLUME_FULL);
    fat_fixture_close(file);
    fat_fixture_expect(&fixture, u"big", "", 0);
    fat_fixture_finish(&fixture);
}

static void test_file_too_large(void **state)
{
    EFI_FILE_HANDLE file;
    UINTN bytes = 1;
    uint8_t byte = 1;

    (void)state;
    fat_fixture_make(&fixture, MAKE_FAT32);
    file = fat_fixture_open(&fixture, u"big", FAT_FIXTURE_CREATE);
    assert_int_equal(file->SetPosition(file, UINT32_MAX), EFI_SUCCESS);
    assert_int_equal(file->Write(file, &bytes, &byte), EFI_VOLUME_FULL);
    assert_int_equal(fat_fixture_resize(file, UINT32_MAX + UINT64_C(1)), EFI_VOLUME_FULL);
    assert_int_equal(fat_fixture_resize(file, UINT32_MAX), EFI_VOLUME_FULL);
    fat_fixture_close(file);
    fat_fixture_finish(&fixture);
}

static void check_names(void)
{
    fat_fixture_write(&fixture, u"Old name.txt", data, 1000);
    fat_fixture_make_directory(&fixture, u"dir");
    fat_fixture_make_directory(&fixture, u"dir\\sub");
    fat_fixture_write(&fixture, u"dir\\sub\\x", data, 10);
    assert_int_equal(fat_fixture_rename(&fixture, u"old NAME.txt", u"new"), EFI_SUCCESS);
    fat_fixture_expect(&fixture, u"new", data, 1000);
    assert_false(fat_fixture_exists(&fixture, u"Old name.txt"));
    assert_int_equal(fat_fixture_rename(&fixture, u"new", u"NEW"), EFI_SUCCESS);
    assert_string_equal(fat_fixture_list(&fixture, u""), "NEW dir ");
    assert_int_equal(fat_fixture_rename(&fixture, u"new", u"dir"), EFI_ACCESS_DENIED);
    assert_int_equal(fat_fixture_rename(&fixture, u"new", u"dir\\sub\\A much longer name.text"),
                     EFI_SUCCESS);
    assert_string_equal(fat_fixture_list(&fixture, u"dir\\sub"), "x A much longer name.text ");
    assert_int_equal(fat_fixture_rename(&fixture, u"dir\\sub", u"\\moved"), EFI_SUCCESS);
    fat_fixture_expect(&fixture, u"moved\\A much longer name.text", data, 1000);
    fat_fixture_expect(&fixture, u"moved\\..\\moved\\x", data, 10);
    assert_int_equal(fat_fixture_rename(&fixture, u"moved", u"dir\\back"), EFI_SUCCESS);
    assert_int_equal(fat_fixture_rename(&fixture, u"dir", u"dir\\back\\loop"), EFI_ACCESS_DENIED);
    assert_int_equal(fat_fixture_rename(&fixture, u"dir", u"bad:name"), EFI_INVALID_PARAMETER);
    remount();
    fat_fixture_expect(&fixture, u"dir\\back\\x", data, 10);
}

static void test_names(void **state)
{
    (void)state;
    on_each(check_names);
}

static EFI_STATUS try_open(const CHAR16 *path, uint64_t mode, uint64_t attributes)
{
    EFI_STATUS status;
    EFI_FILE_HANDLE file = fat_fixture_try_open(&fixture, path, mode, attributes, &status);

    if (file)
        fat_fixture_close(file);
    return status;
}

static void test_bad_names(void **state)
{
    static const CHAR16 *const names[] = {u"a:b", u"a*",  u"a?",    u"a\"", u"a<",  u"a>",
                                          u"a|",  u"a/b", u"a\x1f", u" ",   u"...", u". ."};
    CHAR16 long_name[258];

    (void)state;
    fat_fixture_make(&fixture, MAKE_FAT16);
    for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++)
        assert_int_equal(try_open(names[i], FAT_FIXTURE_CREATE, 0), EFI_INVALID_PARAMETER);
    for (size_t i = 0; i < 257; i++)
        long_name[i] = (CHAR16)('a' + i % 26);
    long_name[256] = 0;
    assert_int_equal(try_open(long_name, FAT_FIXTURE_CREATE, 0), EFI_INVALID_PARAMETER);
    long_name[255] = 0;
    assert_int_equal(try_open(long_name, FAT_FIXTURE_CREATE, 0), EFI_SUCCESS);
    assert_int_equal(try_open(long_name, FAT_FIXTURE_READ, 0), EFI_SUCCESS);
    assert_int_equal(try_open(u"trailing. . ", FAT_FIXTURE_CREATE, 0), EFI_SUCCESS);
    assert_int_equal(try_open(u"trailing", FAT_FIXTURE_READ, 0), EFI_SUCCESS);
    assert_int_equal(try_open(u".hidden", FAT_FIXTURE_CREATE, 0), EFI_SUCCESS);
    assert_int_equal(try_open(u"a.b.c", FAT_FIXTURE_CREATE, 0), EFI_SUCCESS);
    assert_int_equal(try_open(u"plus+[]=,;", FAT_FIXTURE_CREATE, 0), EFI_SUCCESS);
    assert_int_equal(try_open(u".HIDDEN", FAT_FIXTURE_READ, 0), EFI_SUCCESS);
    fat_fixture_finish(&fixture);
}

static void test_open_modes(void **state)
{
    (void)state;
    fat_fixture_make(&fixture, MAKE_FAT16);
    fat_fixture_write(&fixture, u"f", "x", 1);
    assert_int_equal(try_open(u"f", 0, 0), EFI_INVALID_PARAMETER);
    assert_int_equal(try_open(u"f", EFI_FILE_MODE_WRITE, 0), EFI_INVALID_PARAMETER);
    assert_int_equal(try_open(u"f", EFI_FILE_MODE_CREATE | EFI_FILE_MODE_READ, 0),
                     EFI_INVALID_PARAMETER);
    assert_int_equal(try_open(u"g", FAT_FIXTURE_CREATE, EFI_FILE_READ_ONLY), EFI_INVALID_PARAMETER);
    assert_int_equal(try_open(u"g", FAT_FIXTURE_CREATE, 0x40), EFI_INVALID_PARAMETER);
    assert_int_equal(try_open(u"g", FAT_FIXTURE_WRITE, 0), EFI_NOT_FOUND);
    assert_int_equal(try_open(u"f", FAT_FIXTURE_CREATE, EFI_FILE_DIRECTORY), EFI_ACCESS_DENIED);
    assert_int_equal(try_open(u"no\\g", FAT_FIXTURE_CREATE, 0), EFI_NOT_FOUND);
    fat_fixture_finish(&fixture);
}

static void test_attributes(void **state)
{
    EFI_FILE_HANDLE file;
    EFI_FILE_INFO *info;
    UINTN bytes = 1;
    uint8_t byte = 0;

    (void)state;
    fat_fixture_make(&fixture, MAKE_FAT16);
    fat_fixture_write(&fixture, u"f", "x", 1);
    file = fat_fixture_open(&fixture, u"f", FAT_FIXTURE_READ);
    assert_int_equal(file->Write(file, &bytes, &byte), EFI_ACCESS_DENIED);
    assert_int_equal(fat_fixture_resize(file, 0), EFI_ACCESS_DENIED);
    info = fat_fixture_info(file);
    info->Attribute = EFI_FILE_READ_ONLY | EFI_FILE_HIDDEN;
    assert_int_equal(fat_fixture_set_info(file, info), EFI_SUCCESS);
    assert_int_equal(fat_fixture_info(file)->Attribute, EFI_FILE_READ_ONLY | EFI_FILE_HIDDEN);
    info = fat_fixture_info(file);
    info->Attribute = EFI_FILE_DIRECTORY;
    assert_int_equal(fat_fixture_set_info(file, info), EFI_ACCESS_DENIED);
    info->Attribute = 0x40;
    assert_int_equal(fat_fixture_set_info(file, info), EFI_INVALID_PARAMETER);
    fat_fixture_close(file);
    assert_int_equal(try_open(u"f", FAT_FIXTURE_WRITE, 0), EFI_ACCESS_DENIED);
    fat_fixture_finish(&fixture);
}

static void test_set_times(void **state)
{
    static const EFI_TIME created = {.Year = 1999,
                                     .Month = 12,
                                     .Day = 31,
                                     .Hour = 23,
                                     .Minute = 59,
                                     .Second = 59,
                                     .Nanosecond = 990000000,
                                     .TimeZone = 0x7ff};
    EFI_FILE_HANDLE file;
    EFI_FILE_INFO *info;

    (void)state;
    fat_fixture_make(&fixture, MAKE_FAT16);
    fat_fixture_write(&fixture, u"f", "x", 1);
    file = fat_fixture_open(&fixture, u"f", FAT_FIXTURE_WRITE);
    info = fat_fixture_info(file);
    assert_int_equal(info->CreateTime.Second, 15);
    info->CreateTime = created;
    memset(&info->ModificationTime, 0, sizeof(info->ModificationTime));
    assert_int_equal(fat_fixture_set_info(file, info), EFI_SUCCESS);
    info = fat_fixture_info(file);
    assert_memory_equal(&info->CreateTime, &created, sizeof(created));
    assert_int_equal(info->ModificationTime.Year, 2026);
    info->CreateTime.Month = 13;
    assert_int_equal(fat_fixture_set_info(file, info), EFI_INVALID_PARAMETER);
    fat_fixture_close(file);
    fat_fixture_time.Year = 0;
    fat_fixture_write(&fixture, u"g", "x", 1);
    file = fat_fixture_open(&fixture, u"g", FAT_FIXTURE_READ);
    assert_int_equal(fat_fixture_info(file)->ModificationTime.Year, 1980);
    fat_fixture_close(file);
    fat_fixture_finish(&fixture);
}

static void test_label(void **state)
{
    static EFI_GUID guid = EFI_FILE_SYSTEM_VOLUME_LABEL_ID;
    EFI_FILE_HANDLE root;
    CHAR16 label[16];
    UINTN bytes;

    (void)state;
    for (size_t i = 0; i < sizeof(commands) / sizeof(commands[0]); i++) {
        if (i == 0)
            fat_fixture_make(&fixture, commands[i]);
        else
            image_file_make(&fixture.image, 512, commands[i]);
        assert_true(i == 0 || fat_fixture_mount(&fixture));
        root = fixture.root;
        memcpy(label, u"new label", sizeof(u"new label"));
        assert_int_equal(root->SetInfo(root, &guid, sizeof(u"new label"), label), EFI_SUCCESS);
        memcpy(label, u"far too long", sizeof(u"far too long"));
        assert_int_equal(root->SetInfo(root, &guid, sizeof(u"far too long"), label),
                         EFI_INVALID_PARAMETER);
        bytes = sizeof(label);
        assert_int_equal(root->GetInfo(root, &guid, &bytes, label), EFI_SUCCESS);
        assert_memory_equal(label, u"NEW LABEL", sizeof(u"NEW LABEL"));
        fat_fixture_run(&fixture, "fatlabel IMAGE");
        assert_non_null(strstr(image_file_output(), "NEW LABEL\n"));
        fat_fixture_check(&fixture);
        label[0] = 0;
        assert_int_equal(root->SetInfo(root, &guid, sizeof(label[0]), label), EFI_SUCCESS);
        assert_int_equal(fat_fixture_volume_info(&fixture)->VolumeLabel[0], 0);
        fat_fixture_finish(&fixture);
    }
}

static void test_delete(void **state)
{
    EFI_FILE_HANDLE directory;
    EFI_FILE_HANDLE second;
    EFI_FILE_HANDLE file;
    UINTN bytes = 1;
    uint8_t byte;

    (void)state;
    fat_fixture_make(&fixture, MAKE_FAT16);
    fat_fixture_make_directory(&fixture, u"d");
    fat_fixture_write(&fixture, u"d\\f", "x", 1);
    directory = fat_fixture_open(&fixture, u"d", FAT_FIXTURE_WRITE);
    assert_int_equal(directory->Delete(directory), EFI_WARN_DELETE_FAILURE);
    file = fat_fixture_open(&fixture, u"d\\f", FAT_FIXTURE_READ);
    assert_int_equal(file->Delete(file), EFI_WARN_DELETE_FAILURE);
    file = fat_fixture_open(&fixture, u"d\\f", FAT_FIXTURE_WRITE);
    second = fat_fixture_open(&fixture, u"d\\f", FAT_FIXTURE_WRITE);
    assert_int_equal(file->Delete(file), EFI_SUCCESS);
    assert_int_equal(second->Read(second, &bytes, &byte), EFI_DEVICE_ERROR);
    assert_int_equal(second->Write(second, &bytes, &byte), EFI_DEVICE_ERROR);
    assert_int_equal(second->SetPosition(second, 0), EFI_DEVICE_ERROR);
    fat_fixture_write(&fixture, u"d\\f", "y", 1);
    assert_int_equal(second->Delete(second), EFI_WARN_DELETE_FAILURE);
    fat_fixture_expect(&fixture, u"d\\f", "y", 1);
    fat_fixture_delete(&fixture, u"d\\f");
    fat_fixture_delete(&fixture, u"d");
    assert_int_equal(fixture.root->Delete(fixture.root), EFI_WARN_DELETE_FAILURE);
    assert_int_equal(fixture.volume.protocol.OpenVolume(&fixture.volume.protocol, &fixture.root),
                     EFI_SUCCESS);
    fat_fixture_finish(&fixture);
}

/* Two clients, one file. */
static void test_shared(void **state)
{
    EFI_FILE_HANDLE reader;
    EFI_FILE_HANDLE writer;
    UINTN bytes = 5;
    char text[5];

    (void)state;
    fat_fixture_make(&fixture, MAKE_FAT32);
    writer = fat_fixture_open(&fixture, u"f", FAT_FIXTURE_CREATE);
    reader = fat_fixture_open(&fixture, u"F", FAT_FIXTURE_READ);
    fat_fixture_write_at(writer, 0, "hello", 5);
    assert_int_equal(reader->Read(reader, &bytes, text), EFI_SUCCESS);
    assert_memory_equal(text, "hello", 5);
    assert_int_equal(fat_fixture_rename(&fixture, u"f", u"g"), EFI_SUCCESS);
    fat_fixture_write_at(writer, 5, "world", 5);
    fat_fixture_close(writer);
    fat_fixture_close(reader);
    fat_fixture_expect(&fixture, u"g", "helloworld", 10);
    fat_fixture_finish(&fixture);
}

static void test_write_protected(void **state)
{
    (void)state;
    fat_fixture_make(&fixture, MAKE_FAT16);
    fat_fixture_write(&fixture, u"f", "x", 1);
    fat_fixture_unmount(&fixture);
    fixture.image.memory.medium.read_only = true;
    assert_true(fat_fixture_mount(&fixture));
    assert_int_equal(try_open(u"g", FAT_FIXTURE_CREATE, 0), EFI_WRITE_PROTECTED);
    assert_int_equal(try_open(u"f", FAT_FIXTURE_WRITE, 0), EFI_WRITE_PROTECTED);
    assert_int_equal(fixture.root->Flush(fixture.root), EFI_WRITE_PROTECTED);
    assert_true(fat_fixture_volume_info(&fixture)->ReadOnly);
    fat_fixture_expect(&fixture, u"f", "x", 1);
    fat_fixture_finish(&fixture);
}

static unsigned int signals;

static void EFIAPI count_signal(EFI_EVENT event, void *context)
{
    (void)event;
    (void)context;
    signals++;
}

/* The functions with tokens have done it when they return, and say so in both ways. */
static void test_tokens(void **state)
{
    EFI_FILE_IO_TOKEN token = {.BufferSize = 5, .Buffer = (char[]){"hello"}};
    EFI_FILE_HANDLE file;
    CHAR16 name[] = u"f";
    char text[5];

    (void)state;
    fat_fixture_make(&fixture, MAKE_FAT16);
    assert_int_equal(
        event_create(EVT_NOTIFY_SIGNAL, TPL_CALLBACK, count_signal, NULL, NULL, &token.Event),
        EFI_SUCCESS);
    assert_int_equal(fixture.root->OpenEx(fixture.root, &file, name, FAT_FIXTURE_CREATE, 0, &token),
                     EFI_SUCCESS);
    assert_int_equal(token.Status, EFI_SUCCESS);
    assert_int_equal(file->WriteEx(file, &token), EFI_SUCCESS);
    assert_int_equal(file->FlushEx(file, &token), EFI_SUCCESS);
    assert_int_equal(signals, 3);
    token.Event = NULL;
    assert_int_equal(file->SetPosition(file, 0), EFI_SUCCESS);
    token.Buffer = text;
    assert_int_equal(file->ReadEx(file, &token), EFI_SUCCESS);
    assert_memory_equal(text, "hello", 5);
    assert_int_equal(file->SetPosition(file, 6), EFI_SUCCESS);
    assert_int_equal(file->ReadEx(file, &token), EFI_DEVICE_ERROR);
    assert_int_equal(token.Status, EFI_DEVICE_ERROR);
    assert_int_equal(file->ReadEx(file, NULL), EFI_INVALID_PARAMETER);
    fat_fixture_close(file);
    fat_fixture_finish(&fixture);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_new_files),
        cmocka_unit_test(test_other_program_reads),
        cmocka_unit_test(test_pieces),
        cmocka_unit_test(test_sizes),
        cmocka_unit_test(test_free_space),
        cmocka_unit_test(test_many_files),
        cmocka_unit_test(test_full_root),
        cmocka_unit_test(test_full_volume),
        cmocka_unit_test(test_full_volume_without_sum),
        cmocka_unit_test(test_file_too_large),
        cmocka_unit_test(test_names),
        cmocka_unit_test(test_bad_names),
        cmocka_unit_test(test_open_modes),
        cmocka_unit_test(test_attributes),
        cmocka_unit_test(test_set_times),
        cmocka_unit_test(test_label),
        cmocka_unit_test(test_delete),
        cmocka_unit_test(test_shared),
        cmocka_unit_test(test_write_protected),
        cmocka_unit_test(test_tokens),
    };

    return isolated_run(tests);
}
