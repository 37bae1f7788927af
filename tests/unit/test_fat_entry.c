/* What directories say of files, and the volume of itself: names, attributes, times, label. */
#include <string.h>

#include "tests/unit/fat_fixture.h"
#include "tests/unit/isolated.h"

static struct fat_fixture fixture;

static void check_names(void)
{
    static uint8_t data[1000];

    fat_fixture_fill(data, sizeof(data), 1);
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
    fat_fixture_remount(&fixture);
    fat_fixture_expect(&fixture, u"dir\\back\\x", data, 10);
}

static void test_names(void **state)
{
    (void)state;
    fat_fixture_on_each(&fixture, check_names);
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
    fat_fixture_make(&fixture, FAT_FIXTURE_FAT16);
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
    fat_fixture_make(&fixture, FAT_FIXTURE_FAT16);
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
    fat_fixture_make(&fixture, FAT_FIXTURE_FAT16);
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
    fat_fixture_make(&fixture, FAT_FIXTURE_FAT16);
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

static void check_label(void)
{
    static EFI_GUID guid = EFI_FILE_SYSTEM_VOLUME_LABEL_ID;
    EFI_FILE_HANDLE root = fixture.root;
    CHAR16 label[16];
    UINTN bytes = sizeof(label);

    memcpy(label, u"new label", sizeof(u"new label"));
    assert_int_equal(root->SetInfo(root, &guid, sizeof(u"new label"), label), EFI_SUCCESS);
    memcpy(label, u"far too long", sizeof(u"far too long"));
    assert_int_equal(root->SetInfo(root, &guid, sizeof(u"far too long"), label),
                     EFI_INVALID_PARAMETER);
    assert_int_equal(root->GetInfo(root, &guid, &bytes, label), EFI_SUCCESS);
    assert_memory_equal(label, u"NEW LABEL", sizeof(u"NEW LABEL"));
    fat_fixture_run(&fixture, "fatlabel IMAGE");
    assert_non_null(strstr(image_file_output(), "NEW LABEL\n"));
    fat_fixture_check(&fixture);
    label[0] = 0;
    assert_int_equal(root->SetInfo(root, &guid, sizeof(label[0]), label), EFI_SUCCESS);
    assert_int_equal(fat_fixture_volume_info(&fixture)->VolumeLabel[0], 0);
}

static void test_label(void **state)
{
    (void)state;
    fat_fixture_on_each(&fixture, check_label);
}

static void test_delete(void **state)
{
    EFI_FILE_HANDLE directory;
    EFI_FILE_HANDLE second;
    EFI_FILE_HANDLE file;
    UINTN bytes = 1;
    uint8_t byte;

    (void)state;
    fat_fixture_make(&fixture, FAT_FIXTURE_FAT16);
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

static void test_write_protected(void **state)
{
    (void)state;
    fat_fixture_make(&fixture, FAT_FIXTURE_FAT16);
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

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_names),      cmocka_unit_test(test_bad_names),
        cmocka_unit_test(test_open_modes), cmocka_unit_test(test_attributes),
        cmocka_unit_test(test_set_times),  cmocka_unit_test(test_label),
        cmocka_unit_test(test_delete),     cmocka_unit_test(test_write_protected),
    };

    return isolated_run(tests);
}
