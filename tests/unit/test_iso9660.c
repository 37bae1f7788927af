/* Discs that xorriso made: Rock Ridge, Joliet and plain names, deep trees, damage. */
#include "shim/iso9660/iso_system.h"

#include <stdlib.h>
#include <string.h>

#include "loader/utf16.h"
#include "shim/file/file_protocol.h"
#include "tests/unit/fake_memory.h"
#include "tests/unit/image_file.h"
#include "tests/unit/isolated.h"

#define BIG_BYTES 1500000u

#define TREE                                                                                     \
    "cd $(dirname IMAGE) && mkdir -p tree/EFI/BOOT tree/a/b/c/d/e/f/g/h/i/j && "                 \
    "echo -n boot >tree/EFI/BOOT/BOOTX64.EFI && echo -n long >'tree/A rather long file "         \
    "Name.text' "                                                                                \
    "&& echo -n ü >tree/ünïcödé.txt && echo -n deep >tree/a/b/c/d/e/f/g/h/i/j/deep.txt && " \
    "ln -s . tree/link && : >tree/empty && "                                                     \
    "for i in $(seq 100); do echo -n $i >tree/a/file-number-$i; done && "                        \
    "TZ=UTC touch -d '2024-02-29 12:34:56' tree/empty && "                                       \
    "python3 -c \"import sys; sys.stdout.buffer.write(bytes(i * i % 251 for i in "               \
    "range(1500000)))\" >tree/big.bin && "

#define END " tree && rm -r tree"

static struct image_file image;
static struct iso_system iso;
static struct file_volume volume;
static EFI_FILE_HANDLE root;

static void mount(uint32_t block_bytes, const char *command)
{
    fake_memory_init();
    image_file_make(&image, block_bytes, command);
    assert_int_equal(iso_volume_probe(&image.memory.medium), EFI_SUCCESS);
    assert_int_equal(iso_system_mount(&iso, &image.memory.medium), EFI_SUCCESS);
    file_volume_init(&volume, &iso.system);
    assert_int_equal(volume.protocol.OpenVolume(&volume.protocol, &root), EFI_SUCCESS);
}

static void finish(void)
{
    assert_int_equal(root->Close(root), EFI_SUCCESS);
    assert_int_equal(iso.nodes, 0);
    iso_system_unmount(&iso);
    image_file_remove(&image);
}

static EFI_FILE_HANDLE open_file(const CHAR16 *path, EFI_STATUS expected)
{
    EFI_FILE_HANDLE file = NULL;
    CHAR16 copy[128];

    for (size_t i = 0; i == 0 || path[i - 1]; i++)
        copy[i] = path[i];
    assert_int_equal(root->Open(root, &file, copy, EFI_FILE_MODE_READ, 0), expected);
    return file;
}

static void expect(const CHAR16 *path, const void *data, size_t bytes)
{
    EFI_FILE_HANDLE file = open_file(path, EFI_SUCCESS);
    uint8_t *buffer = malloc(bytes + 1);
    UINTN read = bytes + 1;

    assert_int_equal(file->Read(file, &read, buffer), EFI_SUCCESS);
    assert_int_equal(read, bytes);
    assert_memory_equal(buffer, data, bytes);
    free(buffer);
    assert_int_equal(file->Close(file), EFI_SUCCESS);
}

static union {
    EFI_FILE_INFO file;
    EFI_FILE_SYSTEM_INFO volume;
    uint8_t bytes[1024];
} info;

/* Names in the directory, each followed by a blank. */
static const char *list(const CHAR16 *path)
{
    static char names[8192];
    EFI_FILE_HANDLE directory = open_file(path, EFI_SUCCESS);
    const CHAR16 *name = info.file.FileName;
    size_t used = 0;

    for (;;) {
        UINTN bytes = sizeof(info);

        assert_int_equal(directory->Read(directory, &bytes, &info), EFI_SUCCESS);
        if (!bytes)
            break;
        used += utf8_from_utf16(name, names + used, sizeof(names) - used) - 1;
        names[used++] = ' ';
    }
    names[used] = '\0';
    assert_int_equal(directory->Close(directory), EFI_SUCCESS);
    return names;
}

static void check_big(void)
{
    static uint8_t big[BIG_BYTES];

    for (uint64_t i = 0; i < BIG_BYTES; i++)
        big[i] = (uint8_t)(i * i % 251);
    memory_medium_reset_counts(&image.memory);
    expect(u"big.bin", big, BIG_BYTES);
    assert_int_equal(image.memory.largest_read,
                     BIG_BYTES - BIG_BYTES % image.memory.medium.block_bytes);
}

static void check_long_names(void)
{
    char text[4];

    expect(u"\\EFI\\BOOT\\BOOTX64.EFI", "boot", 4);
    expect(u"efi\\boot\\bootx64.efi", "boot", 4);
    expect(u"a rather LONG file name.text", "long", 4);
    expect(u"ünïcödé.txt", "ü", 2);
    expect(u"a\\b\\c\\d\\e\\f\\g\\h\\i\\j\\deep.txt", "deep", 4);
    expect(u"a\\b\\c\\d\\e\\f\\g\\h\\i\\j\\..\\..\\..\\..\\..\\..\\..\\..\\..\\file-number-7", "7",
           1);
    expect(u"empty", "", 0);
    for (unsigned int i = 10; i <= 99; i++) {
        CHAR16 name[] = u"a\\file-number-00";

        name[14] = (CHAR16)('0' + i / 10);
        name[15] = (CHAR16)('0' + i % 10);
        text[0] = (char)name[14];
        text[1] = (char)name[15];
        expect(name, text, 2);
    }
    open_file(u"nowhere", EFI_NOT_FOUND);
    open_file(u"empty\\x", EFI_NOT_FOUND);
    check_big();
}

static void test_rock_ridge(void **state)
{
    (void)state;
    mount(2048, TREE "xorriso -as mkisofs -R -o IMAGE" END);
    assert_int_equal(iso.volume.names, ISO_NAMES_ROCK_RIDGE);
    assert_string_equal(list(u"\\"),
                        "a A rather long file Name.text big.bin EFI empty ünïcödé.txt ");
    check_long_names();
    finish();
}

/* As hosts hand on the file. */
static void test_small_blocks(void **state)
{
    (void)state;
    mount(512, TREE "xorriso -as mkisofs -R -o IMAGE" END);
    check_long_names();
    finish();
}

/* The disc's directories are only eight deep: the rest is linked. */
static void test_relocated_directories(void **state)
{
    (void)state;
    mount(2048, TREE "xorriso -as mkisofs -R -rr_reloc_dir moved -o IMAGE" END);
    check_long_names();
    open_file(u"moved", EFI_NOT_FOUND);
    finish();
}

static void test_joliet(void **state)
{
    (void)state;
    mount(2048, TREE "xorriso -as mkisofs --norock -J -joliet-long -V 'My Disc' -o IMAGE" END);
    assert_int_equal(iso.volume.names, ISO_NAMES_JOLIET);
    assert_memory_equal(iso.volume.label, u"My Disc", sizeof(u"My Disc"));
    check_long_names();
    finish();
}

static void test_plain_names(void **state)
{
    (void)state;
    mount(2048, TREE "xorriso -as mkisofs --norock -o IMAGE" END);
    assert_int_equal(iso.volume.names, ISO_NAMES_PLAIN);
    expect(u"\\efi\\boot\\bootx64.efi", "boot", 4);
    assert_string_equal(list(u"\\EFI\\BOOT"), "BOOTX64.EFI ");
    check_big();
    finish();
}

static void test_facts(void **state)
{
    static EFI_GUID file_guid = EFI_FILE_INFO_ID;
    static EFI_GUID volume_guid = EFI_FILE_SYSTEM_INFO_ID;
    EFI_FILE_HANDLE file;
    UINTN bytes = sizeof(info);
    CHAR16 name[] = u"new";

    (void)state;
    mount(2048, TREE "xorriso -as mkisofs -R -V 'My Disc' -o IMAGE" END);
    file = open_file(u"empty", EFI_SUCCESS);
    assert_int_equal(file->GetInfo(file, &file_guid, &bytes, &info), EFI_SUCCESS);
    assert_int_equal(info.file.Attribute, EFI_FILE_READ_ONLY);
    assert_int_equal(info.file.ModificationTime.Year, 2024);
    assert_int_equal(info.file.ModificationTime.Day, 29);
    assert_int_equal(info.file.ModificationTime.Second, 56);
    assert_int_equal(file->SetInfo(file, &file_guid, bytes, &info), EFI_WRITE_PROTECTED);
    assert_int_equal(file->Write(file, &bytes, &info), EFI_WRITE_PROTECTED);
    assert_int_equal(file->Flush(file), EFI_WRITE_PROTECTED);
    assert_int_equal(file->Delete(file), EFI_WARN_DELETE_FAILURE);
    assert_int_equal(root->Open(root, &file, name,
                                EFI_FILE_MODE_CREATE | EFI_FILE_MODE_WRITE | EFI_FILE_MODE_READ, 0),
                     EFI_WRITE_PROTECTED);
    assert_int_equal(root->Delete(root), EFI_WARN_DELETE_FAILURE);
    assert_int_equal(volume.protocol.OpenVolume(&volume.protocol, &root), EFI_SUCCESS);
    bytes = sizeof(info);
    assert_int_equal(root->GetInfo(root, &volume_guid, &bytes, &info), EFI_SUCCESS);
    assert_true(info.volume.ReadOnly);
    assert_memory_equal(info.volume.VolumeLabel, u"My Disc", sizeof(u"My Disc"));
    assert_int_equal(info.volume.BlockSize, 2048);
    assert_int_equal(info.volume.FreeSpace, 0);
    finish();
}

static void test_not_iso(void **state)
{
    (void)state;
    fake_memory_init();
    image_file_create(&image, 1 << 20, 512);
    assert_int_equal(iso_volume_probe(&image.memory.medium), EFI_UNSUPPORTED);
    image_file_remove(&image);
    image_file_create(&image, 16 * 2048, 512);
    assert_int_equal(iso_volume_probe(&image.memory.medium), EFI_UNSUPPORTED);
    image_file_remove(&image);
}

static void test_unreadable(void **state)
{
    (void)state;
    mount(2048, TREE "xorriso -as mkisofs -R -o IMAGE" END);
    image.memory.bad_start = 0;
    image.memory.bad_end = UINT64_MAX;
    open_file(u"EFI\\BOOT", EFI_DEVICE_ERROR);
    finish();
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_rock_ridge),
        cmocka_unit_test(test_small_blocks),
        cmocka_unit_test(test_relocated_directories),
        cmocka_unit_test(test_joliet),
        cmocka_unit_test(test_plain_names),
        cmocka_unit_test(test_facts),
        cmocka_unit_test(test_not_iso),
        cmocka_unit_test(test_unreadable),
    };

    return isolated_run(tests);
}
