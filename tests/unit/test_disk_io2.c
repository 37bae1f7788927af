/* DiskIo2 (UEFI 2.10 section 13.8). */
#include "shim/block/disk_io.h"

#include <string.h>

#include "shim/event/event.h"
#include "shim/protocol/handle.h"
#include "tests/unit/fake_memory.h"
#include "tests/unit/isolated.h"
#include "tests/unit/memory_disk.h"

#define BLOCK 512u
#define ALL   1000u
#define MANY  500u

static const EFI_GUID guid = EFI_DISK_IO2_PROTOCOL_GUID;
static struct memory_disk *disk;
static EFI_HANDLE handle;
static EFI_DISK_IO2_PROTOCOL *io;
static EFI_DISK_IO2_TOKEN token;
static char buffer[8 * BLOCK];

static EFI_EVENT new_event(void)
{
    EFI_EVENT event = NULL;

    assert_int_equal(event_create(0, 0, NULL, NULL, NULL, &event), EFI_SUCCESS);
    return event;
}

static int start(void **state)
{
    fake_memory_setup(state);
    disk = memory_disk_new(BLOCK);
    if (disk_io_install(&handle, &disk->device) != EFI_SUCCESS)
        return -1;
    io = handle_get_interface(handle, &guid);
    token.Event = new_event();
    token.TransactionStatus = EFI_NOT_STARTED;
    disk->is_late = true;
    return !io;
}

static EFI_STATUS read(UINT64 offset, UINTN bytes)
{
    return io->ReadDiskEx(io, MEMORY_DISK_MEDIA_ID, offset, &token, bytes, buffer);
}

static EFI_STATUS write(UINT64 offset, EFI_DISK_IO2_TOKEN *own, UINTN bytes, char *source)
{
    return io->WriteDiskEx(io, MEMORY_DISK_MEDIA_ID, offset, own, bytes, source);
}

static void test_revision(void **state)
{
    (void)state;
    assert_int_equal(io->Revision, EFI_DISK_IO2_PROTOCOL_REVISION);
}

static void test_read_ends_with_its_last_piece(void **state)
{
    (void)state;
    assert_int_equal(read(100, 3 * BLOCK), EFI_SUCCESS);
    memory_disk_answer(disk, 2);
    assert_int_equal(event_check(token.Event), EFI_NOT_READY);
    memory_disk_answer(disk, 1);
    assert_int_equal(event_check(token.Event), EFI_SUCCESS);
    assert_int_equal(token.TransactionStatus, EFI_SUCCESS);
    for (size_t i = 0; i < 3 * BLOCK; i++)
        assert_int_equal(buffer[i], memory_disk_byte(100 + i));
}

/* Each of them reads a block that the one before has yet to write. */
static void test_writes_into_one_block_do_not_lose_each_other(void **state)
{
    EFI_DISK_IO2_TOKEN tokens[4];
    char letters[] = "abcd";

    (void)state;
    for (size_t i = 0; i < 4; i++) {
        tokens[i].Event = new_event();
        assert_int_equal(write(10 + i, &tokens[i], 1, &letters[i]), EFI_SUCCESS);
    }
    memory_disk_answer(disk, ALL);
    for (size_t i = 0; i < 4; i++)
        assert_int_equal(event_check(tokens[i].Event), EFI_SUCCESS);
    assert_memory_equal(disk->content + 10, "abcd", 4);
    assert_int_equal(disk->content[9], memory_disk_byte(9));
    assert_int_equal(disk->content[14], memory_disk_byte(14));
}

static void test_whole_blocks_do_not_wait_for_each_other(void **state)
{
    EFI_DISK_IO2_TOKEN other = {.Event = new_event()};

    (void)state;
    assert_int_equal(read(0, BLOCK), EFI_SUCCESS);
    assert_int_equal(write(BLOCK, &other, BLOCK, buffer + BLOCK), EFI_SUCCESS);
    assert_int_equal(disk->requests, 2);
}

static void test_flush_comes_after_what_was_before(void **state)
{
    EFI_DISK_IO2_TOKEN flush = {.Event = new_event()};

    (void)state;
    assert_int_equal(write(3, &token, 5, buffer), EFI_SUCCESS);
    assert_int_equal(io->FlushDiskEx(io, &flush), EFI_SUCCESS);
    memory_disk_answer(disk, 2);
    assert_int_equal(event_check(token.Event), EFI_SUCCESS);
    assert_int_equal(disk->flushes, 1);
    assert_int_equal(event_check(flush.Event), EFI_NOT_READY);
    memory_disk_answer(disk, 1);
    assert_int_equal(event_check(flush.Event), EFI_SUCCESS);
    disk->device.media.MediaPresent = FALSE;
    assert_int_equal(io->FlushDiskEx(io, NULL), EFI_NO_MEDIA);
}

static void test_without_event_the_call_waits(void **state)
{
    (void)state;
    memset(buffer, 'w', sizeof(buffer));
    token.Event = NULL;
    assert_int_equal(write(3, &token, 1000, buffer), EFI_SUCCESS);
    assert_memory_equal(disk->content + 3, buffer, 1000);
    assert_int_equal(write(2000, NULL, 10, buffer), EFI_SUCCESS);
    assert_memory_equal(disk->content + 2000, buffer, 10);
    assert_int_equal(io->FlushDiskEx(io, NULL), EFI_SUCCESS);
    assert_int_equal(disk->flushes, 1);
}

static void test_errors_come_with_the_token(void **state)
{
    (void)state;
    disk->bad_lba = 1;
    assert_int_equal(read(10, 3 * BLOCK), EFI_SUCCESS);
    memory_disk_answer(disk, ALL);
    assert_int_equal(event_check(token.Event), EFI_SUCCESS);
    assert_int_equal(token.TransactionStatus, EFI_DEVICE_ERROR);
}

static void test_refused_requests_leave_the_token_alone(void **state)
{
    (void)state;
    assert_int_equal(read(MEMORY_DISK_BYTES - 1, 2), EFI_INVALID_PARAMETER);
    assert_int_equal(io->ReadDiskEx(io, 0, 0, &token, 1, buffer), EFI_MEDIA_CHANGED);
    assert_int_equal(io->ReadDiskEx(io, MEMORY_DISK_MEDIA_ID, 0, &token, 1, NULL),
                     EFI_INVALID_PARAMETER);
    disk->device.media.ReadOnly = TRUE;
    assert_int_equal(write(0, &token, 1, buffer), EFI_WRITE_PROTECTED);
    token.Event = buffer;
    assert_int_equal(read(0, 1), EFI_INVALID_PARAMETER);
    assert_int_equal(io->FlushDiskEx(io, &token), EFI_INVALID_PARAMETER);
    assert_int_equal(token.TransactionStatus, EFI_NOT_STARTED);
    assert_int_equal(disk->requests, 0);
}

static void test_cancel(void **state)
{
    EFI_DISK_IO2_TOKEN never_started = {.Event = new_event()};

    (void)state;
    assert_int_equal(write(3, &token, 1, buffer), EFI_SUCCESS);
    assert_int_equal(write(5, &never_started, 1, buffer), EFI_SUCCESS);
    assert_int_equal(io->Cancel(io), EFI_SUCCESS);
    assert_int_equal(event_check(token.Event), EFI_SUCCESS);
    assert_int_equal(token.TransactionStatus, EFI_ABORTED);
    assert_int_equal(never_started.TransactionStatus, EFI_ABORTED);
    assert_int_equal(disk->content[5], memory_disk_byte(5));
    assert_true(list_is_empty(&disk->waiting));
}

/* Thousands may end in a row, one because of the other: the stack must not grow with them. */
static void test_many_that_fail_at_once(void **state)
{
    static EFI_DISK_IO2_TOKEN tokens[MANY];

    (void)state;
    for (size_t i = 0; i < MANY; i++) {
        tokens[i].Event = new_event();
        assert_int_equal(write(2 * i, &tokens[i], 1, buffer), EFI_SUCCESS);
    }
    disk->is_late = false;
    disk->error = EFI_NO_MEDIA;
    memory_disk_answer(disk, 1);
    for (size_t i = 0; i < MANY; i++)
        assert_int_equal(tokens[i].TransactionStatus, EFI_NO_MEDIA);
}

static void test_no_memory(void **state)
{
    (void)state;
    fake_memory_exhaust();
    assert_int_equal(read(0, BLOCK), EFI_OUT_OF_RESOURCES);
    assert_int_equal(event_check(token.Event), EFI_NOT_READY);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup(test_revision, start),
        cmocka_unit_test_setup(test_read_ends_with_its_last_piece, start),
        cmocka_unit_test_setup(test_writes_into_one_block_do_not_lose_each_other, start),
        cmocka_unit_test_setup(test_whole_blocks_do_not_wait_for_each_other, start),
        cmocka_unit_test_setup(test_flush_comes_after_what_was_before, start),
        cmocka_unit_test_setup(test_without_event_the_call_waits, start),
        cmocka_unit_test_setup(test_errors_come_with_the_token, start),
        cmocka_unit_test_setup(test_refused_requests_leave_the_token_alone, start),
        cmocka_unit_test_setup(test_cancel, start),
        cmocka_unit_test_setup(test_many_that_fail_at_once, start),
        cmocka_unit_test_setup(test_no_memory, start),
    };

    return isolated_run(tests);
}
