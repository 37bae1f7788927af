/* BlockIo (UEFI 2.10 section 13.9). */
#include "shim/block/block_io.h"

#include <string.h>

#include "shim/protocol/handle.h"
#include "tests/unit/fake_memory.h"
#include "tests/unit/isolated.h"
#include "tests/unit/memory_disk.h"

#define BLOCK 512u

static const EFI_GUID guid = EFI_BLOCK_IO_PROTOCOL_GUID;
static struct memory_disk *disk;
static EFI_HANDLE handle;
static EFI_BLOCK_IO_PROTOCOL *io;
static _Alignas(MEMORY_DISK_IO_ALIGN) char buffer[8 * BLOCK];

static EFI_BLOCK_IO_PROTOCOL *install(struct block_device *device, EFI_HANDLE *ret_handle)
{
    *ret_handle = NULL;
    assert_int_equal(block_io_install(ret_handle, device), EFI_SUCCESS);
    return handle_get_interface(*ret_handle, &guid);
}

static int start(void **state)
{
    fake_memory_setup(state);
    disk = memory_disk_new(BLOCK);
    io = install(&disk->device, &handle);
    return !io;
}

static void assert_original(const char *bytes, uint64_t offset, size_t count)
{
    for (size_t i = 0; i < count; i++)
        assert_int_equal(bytes[i], memory_disk_byte(offset + i));
}

static EFI_STATUS read(EFI_LBA lba, UINTN bytes)
{
    return io->ReadBlocks(io, MEMORY_DISK_MEDIA_ID, lba, bytes, buffer);
}

static EFI_STATUS write(EFI_LBA lba, UINTN bytes)
{
    return io->WriteBlocks(io, MEMORY_DISK_MEDIA_ID, lba, bytes, buffer);
}

static void test_media_are_the_device_s(void **state)
{
    (void)state;
    assert_int_equal(io->Revision, EFI_BLOCK_IO_PROTOCOL_REVISION3);
    assert_ptr_equal(io->Media, &disk->device.media);
    assert_ptr_equal(block_io_device(handle), &disk->device);
}

static void test_read(void **state)
{
    (void)state;
    assert_int_equal(read(3, 2 * BLOCK), EFI_SUCCESS);
    assert_original(buffer, 3 * BLOCK, 2 * BLOCK);
    assert_int_equal(buffer[2 * BLOCK], 0);
    assert_int_equal(disk->requests, 1);
}

static void test_write(void **state)
{
    (void)state;
    memset(buffer, 'x', sizeof(buffer));
    assert_int_equal(write(3, BLOCK), EFI_SUCCESS);
    assert_memory_equal(disk->content + 3 * BLOCK, buffer, BLOCK);
    assert_original(disk->content + 2 * BLOCK, 2 * BLOCK, BLOCK);
    assert_original(disk->content + 4 * BLOCK, 4 * BLOCK, BLOCK);
}

static void test_answers_are_waited_for(void **state)
{
    (void)state;
    disk->is_late = true;
    assert_int_equal(read(3, BLOCK), EFI_SUCCESS);
    assert_original(buffer, 3 * BLOCK, BLOCK);
}

static void test_refused_requests_do_not_reach_the_device(void **state)
{
    const EFI_LBA end = io->Media->LastBlock + 1;

    (void)state;
    assert_int_equal(read(end, BLOCK), EFI_INVALID_PARAMETER);
    assert_int_equal(write(end - 1, 2 * BLOCK), EFI_INVALID_PARAMETER);
    assert_int_equal(read(0, BLOCK - 1), EFI_BAD_BUFFER_SIZE);
    assert_int_equal(io->ReadBlocks(io, MEMORY_DISK_MEDIA_ID, 0, BLOCK, NULL),
                     EFI_INVALID_PARAMETER);
    assert_int_equal(io->ReadBlocks(io, MEMORY_DISK_MEDIA_ID, 0, BLOCK, buffer + 8),
                     EFI_INVALID_PARAMETER);
    assert_int_equal(io->ReadBlocks(io, MEMORY_DISK_MEDIA_ID + 1, 0, BLOCK, buffer),
                     EFI_MEDIA_CHANGED);
    assert_int_equal(read(0, 0), EFI_SUCCESS);
    disk->device.media.ReadOnly = TRUE;
    assert_int_equal(write(0, BLOCK), EFI_WRITE_PROTECTED);
    disk->device.media.MediaPresent = FALSE;
    assert_int_equal(read(0, BLOCK), EFI_NO_MEDIA);
    assert_int_equal(io->FlushBlocks(io), EFI_NO_MEDIA);
    assert_int_equal(disk->requests, 0);
}

static void test_errors_of_the_device_are_told(void **state)
{
    (void)state;
    disk->bad_lba = 3;
    assert_int_equal(read(2, 2 * BLOCK), EFI_DEVICE_ERROR);
    assert_int_equal(read(2, BLOCK), EFI_SUCCESS);
    disk->error = EFI_NO_MEDIA;
    assert_int_equal(write(2, BLOCK), EFI_NO_MEDIA);
    assert_int_equal(io->FlushBlocks(io), EFI_NO_MEDIA);
}

static void test_flush_and_reset(void **state)
{
    (void)state;
    assert_int_equal(io->FlushBlocks(io), EFI_SUCCESS);
    assert_int_equal(disk->flushes, 1);
    assert_int_equal(io->Reset(io, TRUE), EFI_SUCCESS);
}

static void test_partition_is_a_window(void **state)
{
    EFI_HANDLE part_handle;

    (void)state;
    io = install(memory_disk_partition(disk, 10, 4), &part_handle);
    assert_int_equal(read(0, 4 * BLOCK), EFI_SUCCESS);
    assert_original(buffer, 10 * BLOCK, 4 * BLOCK);
    assert_int_equal(read(3, BLOCK), EFI_SUCCESS);
    assert_original(buffer, 13 * BLOCK, BLOCK);
    assert_int_equal(read(4, BLOCK), EFI_INVALID_PARAMETER);
    assert_int_equal(io->FlushBlocks(io), EFI_SUCCESS);
    disk->is_late = true;
    assert_int_equal(read(1, BLOCK), EFI_SUCCESS);
    assert_original(buffer, 11 * BLOCK, BLOCK);
}

static void test_uninstall(void **state)
{
    (void)state;
    assert_int_equal(block_io_uninstall(handle), EFI_SUCCESS);
    assert_null(handle_find(handle));
    assert_int_equal(block_io_uninstall(handle), EFI_NOT_FOUND);
    assert_int_equal(fake_memory_used_pages(), 0);
}

static void test_protocols_of_others_are_not_ours(void **state)
{
    EFI_BLOCK_IO_PROTOCOL foreign = {.Revision = EFI_BLOCK_IO_PROTOCOL_REVISION};
    EFI_HANDLE other = NULL;

    (void)state;
    assert_int_equal(handle_install(&other, &guid, &foreign), EFI_SUCCESS);
    assert_null(block_io_device(other));
    assert_int_equal(block_io_uninstall(other), EFI_NOT_FOUND);
}

static void test_no_memory(void **state)
{
    EFI_HANDLE other = NULL;

    (void)state;
    fake_memory_exhaust();
    assert_int_equal(block_io_install(&other, &disk->device), EFI_OUT_OF_RESOURCES);
    assert_null(other);
    assert_int_equal(read(0, BLOCK), EFI_SUCCESS);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup(test_media_are_the_device_s, start),
        cmocka_unit_test_setup(test_read, start),
        cmocka_unit_test_setup(test_write, start),
        cmocka_unit_test_setup(test_answers_are_waited_for, start),
        cmocka_unit_test_setup(test_refused_requests_do_not_reach_the_device, start),
        cmocka_unit_test_setup(test_errors_of_the_device_are_told, start),
        cmocka_unit_test_setup(test_flush_and_reset, start),
        cmocka_unit_test_setup(test_partition_is_a_window, start),
        cmocka_unit_test_setup(test_uninstall, start),
        cmocka_unit_test_setup(test_protocols_of_others_are_not_ours, start),
        cmocka_unit_test_setup(test_no_memory, start),
    };

    return isolated_run(tests);
}
