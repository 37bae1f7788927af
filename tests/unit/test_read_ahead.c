/* Blocks that are read before they are asked for. */
#include "shim/block/read_ahead.h"

#include <string.h>

#include "tests/unit/fake_memory.h"
#include "tests/unit/isolated.h"
#include "tests/unit/memory_disk.h"

#define BLOCK 512u
#define SMALL 4096u
/* Blocks in a small request. */
#define STEP (SMALL / BLOCK)

static struct memory_disk *disk;
static char buffer[MEMORY_DISK_BYTES];

static int start(void **state)
{
    fake_memory_setup(state);
    disk = memory_disk_new(BLOCK);
    read_ahead_enable(&disk->device);
    return !disk->device.read_ahead;
}

static void assert_original(uint64_t lba, size_t bytes)
{
    for (size_t i = 0; i < bytes; i++) {
        if (buffer[i] != memory_disk_byte(lba * BLOCK + i))
            fail_msg("byte %zu from block %lu is wrong", i, lba);
    }
}

static EFI_STATUS read(uint64_t lba, size_t bytes)
{
    memset(buffer, 0, bytes);
    return block_transfer(&disk->device, BLOCK_READ, lba, buffer, bytes);
}

static void read_right(uint64_t lba, size_t bytes)
{
    assert_int_equal(read(lba, bytes), EFI_SUCCESS);
    assert_original(lba, bytes);
}

static void write_marks(uint64_t lba)
{
    memset(buffer, 'w', BLOCK);
    assert_int_equal(block_transfer(&disk->device, BLOCK_WRITE, lba, buffer, BLOCK), EFI_SUCCESS);
}

static void test_who_reads_on_needs_few_requests(void **state)
{
    (void)state;
    for (uint64_t lba = 0; lba < MEMORY_DISK_BYTES / BLOCK; lba += STEP)
        read_right(lba, SMALL);
    /* 4 KiB alone, then 16, 32, 64, 128 and what is left of 256. */
    assert_int_equal(disk->requests, 6);
    assert_int_equal(disk->largest_bytes, 128u << 10);
}

static void test_who_jumps_gets_what_is_asked(void **state)
{
    (void)state;
    for (uint64_t lba = 256; lba >= 2 * STEP; lba -= 2 * STEP)
        read_right(lba, SMALL);
    assert_int_equal(disk->largest_bytes, SMALL);
    assert_int_equal(disk->requests, 256 / (2 * STEP));
}

static void test_large_requests_are_as_they_were(void **state)
{
    (void)state;
    read_right(0, 2 * READ_AHEAD_SMALL_BYTES);
    read_right(256, 2 * READ_AHEAD_SMALL_BYTES);
    assert_int_equal(disk->requests, 2);
    assert_int_equal(disk->largest_bytes, 2 * READ_AHEAD_SMALL_BYTES);
}

static void test_a_jump_makes_the_window_small_again(void **state)
{
    (void)state;
    for (uint64_t lba = 0; lba < 16 * STEP; lba += STEP)
        read_right(lba, SMALL);
    disk->largest_bytes = 0;
    read_right(400, BLOCK);
    read_right(401, BLOCK);
    assert_int_equal(disk->largest_bytes, 4 * BLOCK);
}

static void test_ends_with_the_disk(void **state)
{
    uint64_t last = MEMORY_DISK_BYTES / BLOCK - 1;

    (void)state;
    read_right(last - 2, BLOCK);
    read_right(last - 1, BLOCK);
    assert_int_equal(disk->largest_bytes, 2 * BLOCK);
    read_right(last, BLOCK);
    assert_int_equal(disk->requests, 2);
}

static void test_what_is_written_is_read(void **state)
{
    (void)state;
    read_right(0, SMALL);
    read_right(STEP, SMALL);
    write_marks(2 * STEP);
    assert_int_equal(read(2 * STEP, SMALL), EFI_SUCCESS);
    assert_int_equal(buffer[0], 'w');
    assert_int_equal(buffer[BLOCK - 1], 'w');
}

static struct block_request late;
static char late_buffer[SMALL];
static EFI_STATUS late_status;

static void note_end(struct block_request *request, EFI_STATUS status)
{
    (void)request;
    late_status = status;
}

static void submit_late(enum block_operation operation, uint64_t lba, size_t bytes)
{
    late = (struct block_request){
        .operation = operation,
        .lba = lba,
        .buffer = late_buffer,
        .bytes = bytes,
        .done = note_end,
    };
    late_status = EFI_NOT_READY;
    block_submit(&disk->device, &late);
}

/* The disk may have read the block before it was written. */
static void test_written_while_it_is_read_ahead(void **state)
{
    struct block_request write = {
        .operation = BLOCK_WRITE,
        .lba = 3 * STEP,
        .buffer = buffer,
        .bytes = BLOCK,
        .done = note_end,
    };

    (void)state;
    read_right(0, SMALL);
    disk->is_late = true;
    submit_late(BLOCK_READ, STEP, SMALL);
    memset(buffer, 'w', BLOCK);
    block_submit(&disk->device, &write);
    memory_disk_answer(disk, 2);
    assert_int_equal(late_status, EFI_SUCCESS);
    disk->is_late = false;
    assert_int_equal(read(3 * STEP, BLOCK), EFI_SUCCESS);
    assert_int_equal(buffer[0], 'w');
}

static void test_nothing_is_read_ahead_beside_a_write(void **state)
{
    (void)state;
    read_right(0, SMALL);
    disk->is_late = true;
    memset(late_buffer, 'w', BLOCK);
    submit_late(BLOCK_WRITE, 2 * STEP, BLOCK);
    disk->largest_bytes = 0;
    read_right(STEP, SMALL);
    assert_int_equal(late_status, EFI_SUCCESS);
    assert_int_equal(disk->largest_bytes, SMALL);
    disk->is_late = false;
    assert_int_equal(read(2 * STEP, SMALL), EFI_SUCCESS);
    assert_int_equal(buffer[0], 'w');
}

static void test_a_bad_block_ahead_harms_nobody(void **state)
{
    (void)state;
    disk->bad_lba = 2 * STEP + 1;
    read_right(0, SMALL);
    read_right(STEP, SMALL);
    assert_int_equal(read(2 * STEP, SMALL), EFI_DEVICE_ERROR);
    read_right(3 * STEP, SMALL);
}

static void test_reads_beside_each_other(void **state)
{
    (void)state;
    read_right(0, SMALL);
    disk->is_late = true;
    submit_late(BLOCK_READ, STEP, SMALL);
    read_right(2 * STEP, SMALL);
    memory_disk_answer(disk, 8);
    assert_int_equal(late_status, EFI_SUCCESS);
    memcpy(buffer, late_buffer, SMALL);
    assert_original(STEP, SMALL);
    assert_int_equal(disk->device.requests_in_flight, 0);
}

static void test_partitions_share_it(void **state)
{
    struct block_device *partition = memory_disk_partition(disk, 64, 128);

    (void)state;
    for (uint64_t lba = 0; lba < 4; lba++) {
        assert_int_equal(block_transfer(partition, BLOCK_READ, lba, buffer, BLOCK), EFI_SUCCESS);
        assert_original(64 + lba, BLOCK);
    }
    assert_int_equal(disk->requests, 2);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup(test_who_reads_on_needs_few_requests, start),
        cmocka_unit_test_setup(test_who_jumps_gets_what_is_asked, start),
        cmocka_unit_test_setup(test_large_requests_are_as_they_were, start),
        cmocka_unit_test_setup(test_a_jump_makes_the_window_small_again, start),
        cmocka_unit_test_setup(test_ends_with_the_disk, start),
        cmocka_unit_test_setup(test_what_is_written_is_read, start),
        cmocka_unit_test_setup(test_written_while_it_is_read_ahead, start),
        cmocka_unit_test_setup(test_nothing_is_read_ahead_beside_a_write, start),
        cmocka_unit_test_setup(test_a_bad_block_ahead_harms_nobody, start),
        cmocka_unit_test_setup(test_reads_beside_each_other, start),
        cmocka_unit_test_setup(test_partitions_share_it, start),
    };

    return isolated_run(tests);
}
