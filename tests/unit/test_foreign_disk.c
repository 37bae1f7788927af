/* Disks that somebody else's driver brings, with rules of its own about buffers. */
#include "shim/block/foreign_disk.h"

#include <stddef.h>
#include <string.h>

#include "shim/device_path/device_path.h"
#include "shim/driver/driver.h"
#include "shim/event/tpl.h"
#include "shim/fat/fat_driver.h"
#include "shim/partition/partition_driver.h"
#include "shim/protocol/handle.h"
#include "shim/protocol/locate.h"
#include "shim/protocol/protocol_release.h"
#include "tests/unit/fake_memory.h"
#include "tests/unit/image_file.h"
#include "tests/unit/isolated.h"

#define IO_ALIGN 512u
#define MEDIA_ID 9u

#define MAKE_DISK                                                              \
    "truncate -s 80M IMAGE && sgdisk -n 1:2048:+48M -t 1:ef00 IMAGE && "       \
    "truncate -s 48M IMAGE.fat && mkfs.fat -F 32 -s 1 IMAGE.fat && "           \
    "echo -n hello >IMAGE.txt && mcopy -i IMAGE.fat IMAGE.txt ::hello.txt && " \
    "dd if=IMAGE.fat of=IMAGE bs=1M seek=1 conv=notrunc && rm IMAGE.fat IMAGE.txt"

static EFI_GUID device_path_guid = EFI_DEVICE_PATH_PROTOCOL_GUID;
static EFI_GUID block_io_guid = EFI_BLOCK_IO_PROTOCOL_GUID;
static EFI_GUID disk_io_guid = EFI_DISK_IO_PROTOCOL_GUID;
static EFI_GUID file_system_guid = EFI_SIMPLE_FILE_SYSTEM_PROTOCOL_GUID;

static EFI_DEVICE_PATH path = DEVICE_PATH_END;
static struct image_file image;
static EFI_HANDLE disk;
static uint64_t pages_before;

static void check_call(EFI_BLOCK_IO_PROTOCOL *this, UINT32 media_id, UINTN bytes, void *buffer)
{
    assert_int_equal(media_id, MEDIA_ID);
    assert_int_equal(bytes % this->Media->BlockSize, 0);
    assert_int_equal((uintptr_t)buffer % IO_ALIGN, 0);
    assert_true(tpl_current() <= TPL_CALLBACK);
}

static EFI_STATUS EFIAPI read_blocks(EFI_BLOCK_IO_PROTOCOL *this, UINT32 media_id, EFI_LBA lba,
                                     UINTN bytes, void *buffer)
{
    check_call(this, media_id, bytes, buffer);
    return medium_read(&image.memory.medium, lba * this->Media->BlockSize, bytes, buffer);
}

static EFI_STATUS EFIAPI write_blocks(EFI_BLOCK_IO_PROTOCOL *this, UINT32 media_id, EFI_LBA lba,
                                      UINTN bytes, void *buffer)
{
    check_call(this, media_id, bytes, buffer);
    return medium_write(&image.memory.medium, lba * this->Media->BlockSize, bytes, buffer);
}

static EFI_STATUS EFIAPI flush_blocks(EFI_BLOCK_IO_PROTOCOL *this)
{
    (void)this;
    return medium_flush(&image.memory.medium);
}

static EFI_BLOCK_IO_MEDIA media = {
    .MediaId = MEDIA_ID, .MediaPresent = TRUE, .BlockSize = 512, .IoAlign = IO_ALIGN};
static EFI_BLOCK_IO_PROTOCOL block_io = {
    .Revision = EFI_BLOCK_IO_PROTOCOL_REVISION,
    .Media = &media,
    .ReadBlocks = read_blocks,
    .WriteBlocks = write_blocks,
    .FlushBlocks = flush_blocks,
};

static bool tell_time(EFI_TIME *ret_time)
{
    (void)ret_time;
    return false;
}

static void install_disk(void)
{
    EFI_HANDLE firmware = NULL;

    fake_memory_init();
    image_file_make(&image, 512, MAKE_DISK);
    media.LastBlock = image.memory.medium.bytes / 512 - 1;
    assert_int_equal(handle_install(&firmware, &device_path_guid, &path), EFI_SUCCESS);
    assert_int_equal(foreign_disk_driver_install(firmware), EFI_SUCCESS);
    assert_int_equal(partition_driver_install(firmware), EFI_SUCCESS);
    assert_int_equal(fat_driver_install(firmware, tell_time), EFI_SUCCESS);
    assert_int_equal(handle_install(&disk, &device_path_guid, &path), EFI_SUCCESS);
    assert_int_equal(handle_install(&disk, &block_io_guid, &block_io), EFI_SUCCESS);
    pages_before = fake_memory_used_pages();
    assert_int_equal(driver_connect(disk, NULL, NULL, true), EFI_SUCCESS);
}

static UINTN count_of(EFI_GUID *guid)
{
    EFI_HANDLE handles[16];
    UINTN bytes = sizeof(handles);

    if (locate_handle(ByProtocol, guid, NULL, &bytes, handles) != EFI_SUCCESS)
        return 0;
    return bytes / sizeof(handles[0]);
}

static EFI_FILE_HANDLE open_root(void)
{
    EFI_FILE_IO_INTERFACE *volume;
    EFI_FILE_HANDLE root;

    assert_int_equal(locate_protocol(&file_system_guid, NULL, (void **)&volume), EFI_SUCCESS);
    assert_int_equal(volume->OpenVolume(volume, &root), EFI_SUCCESS);
    return root;
}

static void test_files(void **state)
{
    CHAR16 name[] = u"hello.txt";
    EFI_FILE_HANDLE root;
    EFI_FILE_HANDLE file;
    char text[8] = "";
    UINTN bytes = 6;

    (void)state;
    install_disk();
    assert_int_equal(count_of(&disk_io_guid), 2);
    root = open_root();
    assert_int_equal(root->Open(root, &file, name, EFI_FILE_MODE_READ | EFI_FILE_MODE_WRITE, 0),
                     EFI_SUCCESS);
    assert_int_equal(file->Read(file, &bytes, text), EFI_SUCCESS);
    assert_string_equal(text, "hello");
    bytes = 1;
    assert_int_equal(file->Write(file, &bytes, text), EFI_SUCCESS);
    assert_int_equal(file->Close(file), EFI_SUCCESS);
    assert_int_equal(root->Close(root), EFI_SUCCESS);
    assert_int_equal(image_file_run(&image, "mtype -i IMAGE@@1M ::hello.txt"), 0);
    assert_string_equal(image_file_output(), "helloh");
    image_file_remove(&image);
}

/* Buffers at any address, of any size: larger than what is set aside for those that do not fit. */
static void test_alignment(void **state)
{
    static uint8_t buffer[400000];
    EFI_DISK_IO_PROTOCOL *disk_io;

    (void)state;
    install_disk();
    disk_io = handle_get_interface(disk, &disk_io_guid);
    for (size_t offset = 0; offset < 3; offset++) {
        assert_int_equal(
            disk_io->ReadDisk(disk_io, MEDIA_ID, 1048576 + offset, 300000, buffer + offset + 1),
            EFI_SUCCESS);
        assert_memory_equal(buffer + offset + 1, image.memory.content + 1048576 + offset, 300000);
    }
    memset(buffer, 0x5a, sizeof(buffer));
    assert_int_equal(disk_io->WriteDisk(disk_io, MEDIA_ID, 70000001, 300000, buffer + 1),
                     EFI_SUCCESS);
    assert_memory_equal(buffer, image.memory.content + 70000001, 300000);
    assert_int_equal(image.memory.content[70000000], 0);
    assert_int_equal(image.memory.content[70300001], 0);
    image_file_remove(&image);
}

static void test_errors(void **state)
{
    static uint8_t buffer[1024];
    EFI_DISK_IO_PROTOCOL *disk_io;

    (void)state;
    install_disk();
    disk_io = handle_get_interface(disk, &disk_io_guid);
    image.memory.bad_end = 512;
    assert_int_equal(disk_io->ReadDisk(disk_io, MEDIA_ID, 0, 1024, buffer), EFI_DEVICE_ERROR);
    assert_int_equal(disk_io->ReadDisk(disk_io, MEDIA_ID + 1, 0, 1024, buffer), EFI_MEDIA_CHANGED);
    assert_int_equal(disk_io->ReadDisk(disk_io, MEDIA_ID, image.memory.medium.bytes, 1024, buffer),
                     EFI_INVALID_PARAMETER);
    image_file_remove(&image);
}

/* The disk's owner takes it away: whatever stood on it goes first. */
static void test_disk_that_goes_away(void **state)
{
    (void)state;
    install_disk();
    assert_int_equal(protocol_uninstall(disk, &block_io_guid, &block_io), EFI_SUCCESS);
    assert_int_equal(count_of(&block_io_guid), 0);
    assert_int_equal(count_of(&disk_io_guid), 0);
    assert_int_equal(count_of(&file_system_guid), 0);
    assert_null(foreign_disk_find(disk));
    assert_int_equal(fake_memory_used_pages(), pages_before);
    image_file_remove(&image);
}

static void test_disks_that_cannot_be(void **state)
{
    static const UINT32 sizes[] = {0, 3, 131072};

    (void)state;
    install_disk();
    assert_int_equal(driver_disconnect(disk, NULL, NULL), EFI_SUCCESS);
    for (size_t i = 0; i < sizeof(sizes) / sizeof(sizes[0]); i++) {
        media.BlockSize = sizes[i];
        assert_int_equal(driver_connect(disk, NULL, NULL, true), EFI_NOT_FOUND);
    }
    media.BlockSize = 512;
    assert_int_equal(fake_memory_used_pages(), pages_before);
    image_file_remove(&image);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_files),
        cmocka_unit_test(test_alignment),
        cmocka_unit_test(test_errors),
        cmocka_unit_test(test_disk_that_goes_away),
        cmocka_unit_test(test_disks_that_cannot_be),
    };

    return isolated_run(tests);
}
