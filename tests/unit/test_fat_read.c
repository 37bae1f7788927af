/* Volumes that other programs made and filled: FAT12, FAT16 and FAT32, with sectors of all sizes.
 */
#include <string.h>

#include "tests/unit/fat_fixture.h"
#include "tests/unit/isolated.h"

#define BIG_BYTES 1500000u

/* A tree that mtools copies. */
#define FILL                                                                                \
    "&& cd $(dirname IMAGE) && mkdir -p EFI/BOOT && echo -n boot >EFI/BOOT/BOOTX64.EFI "    \
    "&& echo -n long >'EFI/A name that is really longer than DOS would allow.efi' "         \
    "&& echo -n ümlaut >'EFI/Ünïcödé naïve.txt' && : >empty && echo -n x >lower.txt " \
    "&& python3 -c \"import sys; sys.stdout.buffer.write(bytes(i * i % 251 for i in "       \
    "range(1500000)))\" >big.bin "                                                          \
    "&& mcopy -i IMAGE -s EFI empty lower.txt big.bin :: && rm -r EFI empty lower.txt big.bin"

static struct fat_fixture fixture;

static void check_tree(void)
{
    static uint8_t big[BIG_BYTES];

    for (uint64_t i = 0; i < BIG_BYTES; i++)
        big[i] = (uint8_t)(i * i % 251);
    fat_fixture_expect(&fixture, u"\\EFI\\BOOT\\BOOTX64.EFI", "boot", 4);
    fat_fixture_expect(&fixture, u"efi\\boot\\bootx64.efi", "boot", 4);
    fat_fixture_expect(&fixture, u"EFI\\A name that is REALLY longer than DOS would allow.efi",
                       "long", 4);
    fat_fixture_expect(&fixture, u"EFI\\ANAMET~1.EFI", "long", 4);
    fat_fixture_expect(&fixture, u"EFI\\üNÏCöDé NAïVE.txt", "ümlaut", 7);
    fat_fixture_expect(&fixture, u"empty", "", 0);
    fat_fixture_expect(&fixture, u"big.bin", big, sizeof(big));
    assert_string_equal(fat_fixture_list(&fixture, u"EFI\\BOOT"), "BOOTX64.EFI ");
    assert_false(fat_fixture_exists(&fixture, u"EFI\\BOOT\\BOOTX64.EF"));
    assert_false(fat_fixture_exists(&fixture, u"EFI\\BOOT\\BOOTX64.EFI\\x"));
    assert_false(fat_fixture_exists(&fixture, u"nowhere\\BOOTX64.EFI"));
}

static void check(const char *command)
{
    fat_fixture_make(&fixture, command);
    check_tree();
    fat_fixture_finish(&fixture);
}

static void test_fat12(void **state)
{
    (void)state;
    check("truncate -s 8M IMAGE && mkfs.fat -F 12 IMAGE " FILL);
}

static void test_fat16(void **state)
{
    (void)state;
    check("truncate -s 32M IMAGE && mkfs.fat -F 16 IMAGE " FILL);
}

static void test_fat32(void **state)
{
    (void)state;
    check("truncate -s 64M IMAGE && mkfs.fat -F 32 -s 1 IMAGE " FILL);
}

static void test_4096_byte_sectors(void **state)
{
    (void)state;
    check("truncate -s 300M IMAGE && mkfs.fat -F 32 -S 4096 IMAGE " FILL);
}

static void test_2048_byte_sectors(void **state)
{
    (void)state;
    check("truncate -s 64M IMAGE && mkfs.fat -F 16 -S 2048 IMAGE " FILL);
}

static void test_large_clusters(void **state)
{
    (void)state;
    check("truncate -s 300M IMAGE && mkfs.fat -F 16 -s 128 IMAGE " FILL);
}

static void test_case(void **state)
{
    (void)state;
    fat_fixture_make(&fixture, "truncate -s 8M IMAGE && mkfs.fat IMAGE " FILL);
    assert_string_equal(fat_fixture_list(&fixture, u"\\"), "EFI empty lower.txt big.bin ");
    assert_non_null(strstr(fat_fixture_list(&fixture, u"\\EFI"), "Ünïcödé naïve.txt "));
    fat_fixture_finish(&fixture);
}

/* One request for all whole sectors, straight into the client's buffer. */
static void test_large_reads(void **state)
{
    static uint8_t buffer[BIG_BYTES];
    UINTN bytes = sizeof(buffer);
    EFI_FILE_HANDLE file;

    (void)state;
    fat_fixture_make(&fixture, "truncate -s 64M IMAGE && mkfs.fat -F 32 -s 1 IMAGE " FILL);
    file = fat_fixture_open(&fixture, u"big.bin", FAT_FIXTURE_READ);
    memory_medium_reset_counts(&fixture.image.memory);
    assert_int_equal(file->Read(file, &bytes, buffer), EFI_SUCCESS);
    assert_int_equal(bytes, BIG_BYTES);
    assert_int_equal(fixture.image.memory.largest_read, BIG_BYTES / 512 * 512);
    assert_ptr_equal(fixture.image.memory.largest_read_buffer, buffer);
    /* A line of the table holds 4096 entries, one more the file's end. */
    assert_true(fixture.image.memory.reads <= 3);
    fat_fixture_close(file);
    fat_fixture_finish(&fixture);
}

/* Small pieces come out of the cache. */
static void test_small_reads(void **state)
{
    uint8_t byte;
    EFI_FILE_HANDLE file;

    (void)state;
    fat_fixture_make(&fixture, "truncate -s 64M IMAGE && mkfs.fat -F 32 -s 1 IMAGE " FILL);
    file = fat_fixture_open(&fixture, u"big.bin", FAT_FIXTURE_READ);
    memory_medium_reset_counts(&fixture.image.memory);
    for (uint64_t i = 0; i < 16384; i++) {
        UINTN bytes = 1;

        assert_int_equal(file->Read(file, &bytes, &byte), EFI_SUCCESS);
        assert_int_equal(bytes, 1);
        assert_int_equal(byte, i * i % 251);
    }
    assert_true(fixture.image.memory.reads <= 3);
    fat_fixture_close(file);
    fat_fixture_finish(&fixture);
}

static void test_positions(void **state)
{
    EFI_FILE_HANDLE file;
    uint8_t byte[2];
    UINT64 position;
    UINTN bytes = 2;

    (void)state;
    fat_fixture_make(&fixture, "truncate -s 8M IMAGE && mkfs.fat IMAGE " FILL);
    file = fat_fixture_open(&fixture, u"big.bin", FAT_FIXTURE_READ);
    assert_int_equal(file->SetPosition(file, BIG_BYTES - 1), EFI_SUCCESS);
    assert_int_equal(file->Read(file, &bytes, byte), EFI_SUCCESS);
    assert_int_equal(bytes, 1);
    assert_int_equal(byte[0], (BIG_BYTES - 1) * (uint64_t)(BIG_BYTES - 1) % 251);
    assert_int_equal(file->Read(file, &bytes, byte), EFI_SUCCESS);
    assert_int_equal(bytes, 0);
    assert_int_equal(file->SetPosition(file, UINT64_MAX), EFI_SUCCESS);
    assert_int_equal(file->GetPosition(file, &position), EFI_SUCCESS);
    assert_int_equal(position, BIG_BYTES);
    assert_int_equal(file->SetPosition(file, BIG_BYTES + 1), EFI_SUCCESS);
    bytes = 1;
    assert_int_equal(file->Read(file, &bytes, byte), EFI_DEVICE_ERROR);
    fat_fixture_close(file);
    fat_fixture_finish(&fixture);
}

static void test_directory_handle(void **state)
{
    EFI_FILE_HANDLE directory;
    uint8_t buffer[1024];
    UINT64 position;
    UINTN bytes = 0;

    (void)state;
    fat_fixture_make(&fixture, "truncate -s 8M IMAGE && mkfs.fat IMAGE " FILL);
    directory = fat_fixture_open(&fixture, u"EFI\\BOOT", FAT_FIXTURE_READ);
    assert_int_equal(directory->Read(directory, &bytes, NULL), EFI_BUFFER_TOO_SMALL);
    assert_int_equal(bytes, offsetof(EFI_FILE_INFO, FileName) + sizeof(u"."));
    assert_int_equal(directory->Read(directory, &bytes, buffer), EFI_SUCCESS);
    assert_int_equal(((EFI_FILE_INFO *)buffer)->FileName[0], '.');
    assert_int_equal(directory->SetPosition(directory, 1), EFI_UNSUPPORTED);
    assert_int_equal(directory->SetPosition(directory, 0), EFI_SUCCESS);
    assert_int_equal(directory->GetPosition(directory, &position), EFI_UNSUPPORTED);
    assert_int_equal(directory->Write(directory, &bytes, buffer), EFI_UNSUPPORTED);
    fat_fixture_close(directory);
    fat_fixture_finish(&fixture);
}

static void assert_opens(EFI_FILE_HANDLE from, const CHAR16 *path, EFI_STATUS expected)
{
    CHAR16 name[64];
    EFI_FILE_HANDLE file;

    for (size_t i = 0; i == 0 || path[i - 1]; i++)
        name[i] = path[i];
    assert_int_equal(from->Open(from, &file, name, FAT_FIXTURE_READ, 0), expected);
    if (expected == EFI_SUCCESS)
        fat_fixture_close(file);
}

static void test_paths(void **state)
{
    EFI_FILE_HANDLE boot;
    EFI_FILE_HANDLE file;

    (void)state;
    fat_fixture_make(&fixture, "truncate -s 8M IMAGE && mkfs.fat IMAGE " FILL);
    boot = fat_fixture_open(&fixture, u"EFI\\BOOT", FAT_FIXTURE_READ);
    assert_opens(boot, u"BOOTX64.EFI", EFI_SUCCESS);
    assert_opens(boot, u".\\BOOTX64.EFI", EFI_SUCCESS);
    assert_opens(boot, u"..\\BOOT\\\\BOOTX64.EFI", EFI_SUCCESS);
    assert_opens(boot, u"..\\..\\..\\lower.txt", EFI_SUCCESS);
    assert_opens(boot, u"\\lower.txt", EFI_SUCCESS);
    assert_opens(boot, u"\\", EFI_SUCCESS);
    assert_opens(boot, u"", EFI_SUCCESS);
    assert_opens(boot, u"..", EFI_SUCCESS);
    assert_opens(boot, u"lower.txt", EFI_NOT_FOUND);
    assert_opens(boot, u"BOOTX64.EFI\\..", EFI_NOT_FOUND);
    file = fat_fixture_open(&fixture, u"lower.txt", FAT_FIXTURE_READ);
    assert_opens(file, u"\\EFI\\BOOT\\BOOTX64.EFI", EFI_SUCCESS);
    assert_opens(file, u"BOOTX64.EFI", EFI_INVALID_PARAMETER);
    assert_opens(file, u"", EFI_INVALID_PARAMETER);
    fat_fixture_close(file);
    fat_fixture_close(boot);
    fat_fixture_finish(&fixture);
}

static void test_times(void **state)
{
    EFI_FILE_INFO *info;
    EFI_FILE_HANDLE file;

    (void)state;
    fat_fixture_make(&fixture, "truncate -s 8M IMAGE && mkfs.fat IMAGE && cd $(dirname IMAGE) && "
                               "TZ=UTC touch -d '2024-02-29 23:58:57' file && "
                               "TZ=UTC mcopy -m -i IMAGE file :: && rm file");
    file = fat_fixture_open(&fixture, u"file", FAT_FIXTURE_READ);
    info = fat_fixture_info(file);
    assert_int_equal(info->ModificationTime.Year, 2024);
    assert_int_equal(info->ModificationTime.Month, 2);
    assert_int_equal(info->ModificationTime.Day, 29);
    assert_int_equal(info->ModificationTime.Hour, 23);
    assert_int_equal(info->ModificationTime.Minute, 58);
    assert_int_equal(info->ModificationTime.Second & ~1, 56);
    assert_int_equal(info->Attribute, EFI_FILE_ARCHIVE);
    fat_fixture_close(file);
    fat_fixture_finish(&fixture);
}

static void test_volume_info(void **state)
{
    EFI_FILE_SYSTEM_INFO *info;

    (void)state;
    fat_fixture_make(&fixture, "truncate -s 64M IMAGE && mkfs.fat -F 32 -s 1 -n 'MY ESP' IMAGE");
    info = fat_fixture_volume_info(&fixture);
    assert_memory_equal(info->VolumeLabel, u"MY ESP", sizeof(u"MY ESP"));
    assert_int_equal(info->BlockSize, 512);
    assert_false(info->ReadOnly);
    assert_true(info->VolumeSize > 60u << 20 && info->VolumeSize < 64u << 20);
    assert_int_equal(info->FreeSpace, info->VolumeSize - 512);
    fat_fixture_finish(&fixture);
}

/* A table that nobody keeps a sum of is counted. */
static void test_free_space_of_fat12(void **state)
{
    EFI_FILE_SYSTEM_INFO *info;

    (void)state;
    fat_fixture_make(&fixture, "truncate -s 8M IMAGE && mkfs.fat -F 12 -s 8 IMAGE " FILL);
    info = fat_fixture_volume_info(&fixture);
    assert_int_equal(info->FreeSpace,
                     info->VolumeSize - 6 * 4096 - (BIG_BYTES + 4095) / 4096 * 4096);
    fat_fixture_finish(&fixture);
}

static void test_read_error(void **state)
{
    static uint8_t buffer[BIG_BYTES];
    UINTN bytes = sizeof(buffer);
    EFI_FILE_HANDLE file;

    (void)state;
    fat_fixture_make(&fixture, "truncate -s 8M IMAGE && mkfs.fat IMAGE " FILL);
    file = fat_fixture_open(&fixture, u"big.bin", FAT_FIXTURE_READ);
    fixture.image.memory.bad_start = 1u << 20;
    fixture.image.memory.bad_end = fixture.image.memory.bad_start + 512;
    assert_int_equal(file->Read(file, &bytes, buffer), EFI_DEVICE_ERROR);
    fixture.image.memory.bad_end = 0;
    bytes = 16;
    assert_int_equal(file->Read(file, &bytes, buffer), EFI_SUCCESS);
    fat_fixture_close(file);
    fat_fixture_finish(&fixture);
}

/* A bad sector near one that is wanted. */
static void test_read_around_a_bad_sector(void **state)
{
    (void)state;
    fat_fixture_make(&fixture, "truncate -s 8M IMAGE && mkfs.fat IMAGE " FILL);
    fat_fixture_unmount(&fixture);
    fixture.image.memory.bad_start = 15 * 512;
    fixture.image.memory.bad_end = 16 * 512;
    assert_true(fat_fixture_mount(&fixture));
    fat_fixture_expect(&fixture, u"\\EFI\\BOOT\\BOOTX64.EFI", "boot", 4);
    fat_fixture_finish(&fixture);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_fat12),
        cmocka_unit_test(test_fat16),
        cmocka_unit_test(test_fat32),
        cmocka_unit_test(test_4096_byte_sectors),
        cmocka_unit_test(test_2048_byte_sectors),
        cmocka_unit_test(test_large_clusters),
        cmocka_unit_test(test_case),
        cmocka_unit_test(test_large_reads),
        cmocka_unit_test(test_small_reads),
        cmocka_unit_test(test_positions),
        cmocka_unit_test(test_directory_handle),
        cmocka_unit_test(test_paths),
        cmocka_unit_test(test_times),
        cmocka_unit_test(test_volume_info),
        cmocka_unit_test(test_free_space_of_fat12),
        cmocka_unit_test(test_read_error),
        cmocka_unit_test(test_read_around_a_bad_sector),
    };

    return isolated_run(tests);
}
