/* Volumes, directories and files without room for more. */
#include <stdio.h>
#include <string.h>

#include "tests/unit/fat_fixture.h"
#include "tests/unit/isolated.h"

#define DATA_BYTES 300000u

static struct fat_fixture fixture;
static uint8_t data[DATA_BYTES];

static int fill_data(void **state)
{
    (void)state;
    fat_fixture_fill(data, sizeof(data), 1);
    return 0;
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
    fat_fixture_on_each(&fixture, check_free_space);
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
    fat_fixture_remount(&fixture);
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
    fat_fixture_on_each(&fixture, check_many_files);
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
    fat_fixture_make(&fixture, FAT_FIXTURE_FAT12);
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
    fat_fixture_make(&fixture, FAT_FIXTURE_FAT12);
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
    fat_fixture_make(&fixture, FAT_FIXTURE_FAT32);
    file = fat_fixture_open(&fixture, u"big", FAT_FIXTURE_CREATE);
    assert_int_equal(file->SetPosition(file, UINT32_MAX), EFI_SUCCESS);
    assert_int_equal(file->Write(file, &bytes, &byte), EFI_VOLUME_FULL);
    assert_int_equal(fat_fixture_resize(file, UINT32_MAX + UINT64_C(1)), EFI_VOLUME_FULL);
    assert_int_equal(fat_fixture_resize(file, UINT32_MAX), EFI_VOLUME_FULL);
    fat_fixture_close(file);
    fat_fixture_finish(&fixture);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup(test_free_space, fill_data),
        cmocka_unit_test_setup(test_many_files, fill_data),
        cmocka_unit_test(test_full_root),
        cmocka_unit_test(test_full_volume),
        cmocka_unit_test(test_full_volume_without_sum),
        cmocka_unit_test(test_file_too_large),
    };

    return isolated_run(tests);
}
