/* DiskIo (UEFI 2.10 section 13.7). */
#include "shim/block/disk_io.h"

#include <string.h>

#include "shim/protocol/handle.h"
#include "tests/unit/fake_memory.h"
#include "tests/unit/isolated.h"
#include "tests/unit/memory_disk.h"

#define BUFFER_BYTES 20000u

static const EFI_GUID guid = EFI_DISK_IO_PROTOCOL_GUID;
static struct memory_disk *disk;
static EFI_HANDLE handle;
static EFI_DISK_IO_PROTOCOL *io;
static char buffer[BUFFER_BYTES + 1];

static void use(uint32_t block_bytes)
{
    disk = memory_disk_new(block_bytes);
    handle = NULL;
    assert_int_equal(disk_io_install(&handle, &disk->device), EFI_SUCCESS);
    io = handle_get_interface(handle, &guid);
    assert_non_null(io);
}

static int start(void **state)
{
    fake_memory_setup(state);
    use(512);
    return 0;
}

static EFI_STATUS read(UINT64 offset, UINTN bytes)
{
    return io->ReadDisk(io, MEMORY_DISK_MEDIA_ID, offset, bytes, buffer + 1);
}

static EFI_STATUS write(UINT64 offset, UINTN bytes)
{
    return io->WriteDisk(io, MEMORY_DISK_MEDIA_ID, offset, bytes, buffer + 1);
}

static const struct {
    UINT64 offset;
    UINTN bytes;
} ranges[] = {{0, 1},       {0, 512},      {1, 511},     {1, 512},      {511, 1},
              {511, 2},     {511, 514},    {512, 4096},  {513, 4096},   {100, 5000},
              {4095, 8194}, {4096, 12288}, {2047, 2050}, {3000, 18000}, {MEMORY_DISK_BYTES - 1, 1}};

static void check_reads(void)
{
    for (size_t i = 0; i < sizeof(ranges) / sizeof(ranges[0]); i++) {
        memset(buffer, '.', sizeof(buffer));
        assert_int_equal(read(ranges[i].offset, ranges[i].bytes), EFI_SUCCESS);
        for (size_t k = 0; k < ranges[i].bytes; k++)
            assert_int_equal(buffer[1 + k], memory_disk_byte(ranges[i].offset + k));
        assert_int_equal(buffer[0], '.');
        if (ranges[i].bytes < BUFFER_BYTES)
            assert_int_equal(buffer[1 + ranges[i].bytes], '.');
    }
}

static void check_writes(void)
{
    static char expected[MEMORY_DISK_BYTES];

    memcpy(expected, disk->content, sizeof(expected));
    for (size_t i = 0; i < sizeof(ranges) / sizeof(ranges[0]); i++) {
        memset(buffer, (int)('a' + i), sizeof(buffer));
        assert_int_equal(write(ranges[i].offset, ranges[i].bytes), EFI_SUCCESS);
        memset(expected + ranges[i].offset, (int)('a' + i), ranges[i].bytes);
        assert_memory_equal(disk->content, expected, sizeof(expected));
    }
}

static void test_any_range_on_any_block_size(void **state)
{
    static const uint32_t sizes[] = {512, 2048, 4096};

    (void)state;
    for (size_t i = 0; i < sizeof(sizes) / sizeof(sizes[0]); i++) {
        use(sizes[i]);
        check_reads();
        check_writes();
        use(sizes[i]);
        disk->is_late = true;
        check_reads();
        check_writes();
    }
}

static void test_whole_blocks_go_in_one_request(void **state)
{
    (void)state;
    assert_int_equal(read(512, 30 * 512), EFI_SUCCESS);
    assert_int_equal(disk->requests, 1);
    assert_int_equal(disk->largest_bytes, 30 * 512);
    assert_int_equal(read(100, 30 * 512), EFI_SUCCESS);
    assert_int_equal(disk->requests, 1 + 3);
    assert_int_equal(write(100, 30 * 512), EFI_SUCCESS);
    assert_int_equal(disk->requests, 1 + 3 + 2 + 3);
}

static void test_partition_is_a_window(void **state)
{
    (void)state;
    handle = NULL;
    disk_io_install(&handle, memory_disk_partition(disk, 10, 2));
    io = handle_get_interface(handle, &guid);
    assert_int_equal(read(3, 1000), EFI_SUCCESS);
    for (size_t k = 0; k < 1000; k++)
        assert_int_equal(buffer[1 + k], memory_disk_byte(10 * 512 + 3 + k));
    assert_int_equal(read(1000, 25), EFI_INVALID_PARAMETER);
}

static void test_refused_requests_do_not_reach_the_device(void **state)
{
    (void)state;
    assert_int_equal(read(MEMORY_DISK_BYTES, 1), EFI_INVALID_PARAMETER);
    assert_int_equal(read(MEMORY_DISK_BYTES - 1, 2), EFI_INVALID_PARAMETER);
    assert_int_equal(read(UINT64_MAX, 2), EFI_INVALID_PARAMETER);
    assert_int_equal(io->ReadDisk(io, MEMORY_DISK_MEDIA_ID, 0, UINT64_MAX, buffer),
                     EFI_INVALID_PARAMETER);
    assert_int_equal(io->ReadDisk(io, MEMORY_DISK_MEDIA_ID, 0, 1, NULL), EFI_INVALID_PARAMETER);
    assert_int_equal(io->ReadDisk(io, 0, 0, 1, buffer), EFI_MEDIA_CHANGED);
    assert_int_equal(read(0, 0), EFI_SUCCESS);
    disk->device.media.ReadOnly = TRUE;
    assert_int_equal(write(0, 1), EFI_WRITE_PROTECTED);
    disk->device.media.MediaPresent = FALSE;
    assert_int_equal(read(0, 1), EFI_NO_MEDIA);
    assert_int_equal(disk->requests, 0);
}

static void test_errors_of_the_device_are_told(void **state)
{
    (void)state;
    disk->bad_lba = 4;
    assert_int_equal(read(4 * 512 + 10, 20), EFI_DEVICE_ERROR);
    assert_int_equal(read(10, 4 * 512), EFI_DEVICE_ERROR);
    assert_int_equal(read(3 * 512 + 10, 3 * 512), EFI_DEVICE_ERROR);
    assert_int_equal(read(10, 3 * 512), EFI_SUCCESS);
    /* Not half of a block is written that could not be read. */
    memset(buffer, 'w', sizeof(buffer));
    assert_int_equal(write(3 * 512, 512 + 10), EFI_DEVICE_ERROR);
    assert_int_equal(disk->content[3 * 512], memory_disk_byte(3 * 512));
}

static void test_no_memory_for_edges(void **state)
{
    (void)state;
    fake_memory_exhaust();
    assert_int_equal(read(512, 1024), EFI_SUCCESS);
    assert_int_equal(read(513, 1024), EFI_OUT_OF_RESOURCES);
}

static void test_uninstall(void **state)
{
    (void)state;
    read(10, 4000);
    assert_int_equal(disk_io_uninstall(handle), EFI_SUCCESS);
    assert_null(handle_find(handle));
    assert_int_equal(disk_io_uninstall(handle), EFI_NOT_FOUND);
    assert_int_equal(fake_memory_used_pages(), 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup(test_any_range_on_any_block_size, start),
        cmocka_unit_test_setup(test_whole_blocks_go_in_one_request, start),
        cmocka_unit_test_setup(test_partition_is_a_window, start),
        cmocka_unit_test_setup(test_refused_requests_do_not_reach_the_device, start),
        cmocka_unit_test_setup(test_errors_of_the_device_are_told, start),
        cmocka_unit_test_setup(test_no_memory_for_edges, start),
        cmocka_unit_test_setup(test_uninstall, start),
    };

    return isolated_run(tests);
}
