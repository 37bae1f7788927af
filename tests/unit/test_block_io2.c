/* BlockIo2 (UEFI 2.10 section 13.10). */
#include "shim/block/block_io2.h"

#include <string.h>

#include "shim/event/event.h"
#include "shim/event/tpl.h"
#include "shim/protocol/handle.h"
#include "tests/unit/fake_memory.h"
#include "tests/unit/fake_timer.h"
#include "tests/unit/fake_tsc.h"
#include "tests/unit/isolated.h"
#include "tests/unit/memory_disk.h"

#define BLOCK     512u
#define NS_PER_MS 1000000u

static const EFI_GUID guid = EFI_BLOCK_IO2_PROTOCOL_GUID;
static struct memory_disk *disk;
static EFI_HANDLE handle;
static EFI_BLOCK_IO2_PROTOCOL *io;
static _Alignas(MEMORY_DISK_IO_ALIGN) char buffer[8 * BLOCK];
static EFI_BLOCK_IO2_TOKEN token;
static unsigned int notifications;

static void EFIAPI count(EFI_EVENT event, void *context)
{
    (void)event;
    (void)context;
    notifications++;
}

static int start(void **state)
{
    fake_memory_setup(state);
    disk = memory_disk_new(BLOCK);
    if (block_io2_install(&handle, &disk->device) != EFI_SUCCESS)
        return -1;
    io = handle_get_interface(handle, &guid);
    if (event_create(0, 0, NULL, NULL, NULL, &token.Event) != EFI_SUCCESS)
        return -1;
    token.TransactionStatus = EFI_NOT_STARTED;
    return !io;
}

static EFI_STATUS read(EFI_LBA lba, UINTN bytes)
{
    return io->ReadBlocksEx(io, MEMORY_DISK_MEDIA_ID, lba, &token, bytes, buffer);
}

static void assert_original(const char *bytes, uint64_t offset, size_t bytes_count)
{
    for (size_t i = 0; i < bytes_count; i++)
        assert_int_equal(bytes[i], memory_disk_byte(offset + i));
}

static void test_event_is_signalled_when_the_read_is_done(void **state)
{
    (void)state;
    disk->is_late = true;
    assert_int_equal(read(3, BLOCK), EFI_SUCCESS);
    assert_int_equal(event_check(token.Event), EFI_NOT_READY);
    assert_int_equal(token.TransactionStatus, EFI_NOT_STARTED);
    memory_disk_answer(disk, 1);
    assert_int_equal(event_check(token.Event), EFI_SUCCESS);
    assert_int_equal(token.TransactionStatus, EFI_SUCCESS);
    assert_original(buffer, 3 * BLOCK, BLOCK);
}

/* Nobody waits: time alone lets a request end, and then the timer is at rest. */
static void test_timer_completes_requests(void **state)
{
    (void)state;
    disk->is_late = true;
    assert_int_equal(read(3, BLOCK), EFI_SUCCESS);
    assert_int_not_equal(event_next_timer_ns(), UINT64_MAX);
    fake_tsc.now_ns += NS_PER_MS;
    assert_int_equal(event_check(token.Event), EFI_SUCCESS);
    assert_int_equal(event_next_timer_ns(), UINT64_MAX);
}

static void test_timer_completes_many(void **state)
{
    EFI_BLOCK_IO2_TOKEN tokens[5];

    (void)state;
    disk->is_late = true;
    for (size_t i = 0; i < 5; i++) {
        event_create(0, 0, NULL, NULL, NULL, &tokens[i].Event);
        assert_int_equal(
            io->ReadBlocksEx(io, MEMORY_DISK_MEDIA_ID, i, &tokens[i], BLOCK, buffer + i * BLOCK),
            EFI_SUCCESS);
    }
    for (size_t i = 0; i < 5; i++) {
        fake_tsc.now_ns += NS_PER_MS;
        assert_int_equal(event_check(tokens[i].Event), EFI_SUCCESS);
        assert_int_equal(event_next_timer_ns() == UINT64_MAX, i == 4);
    }
    assert_original(buffer, 0, 5 * BLOCK);
}

static void test_waiting_calls_need_no_timer(void **state)
{
    (void)state;
    disk->is_late = true;
    token.Event = NULL;
    assert_int_equal(read(3, BLOCK), EFI_SUCCESS);
    assert_original(buffer, 3 * BLOCK, BLOCK);
    assert_int_equal(io->WriteBlocksEx(io, MEMORY_DISK_MEDIA_ID, 0, NULL, BLOCK, buffer),
                     EFI_SUCCESS);
    assert_memory_equal(disk->content, buffer, BLOCK);
    assert_int_equal(fake_timer.updates, 0);
    assert_int_equal(token.TransactionStatus, EFI_NOT_STARTED);
}

static void test_notification_runs_after_the_call(void **state)
{
    EFI_TPL level;

    (void)state;
    event_create(EVT_NOTIFY_SIGNAL, TPL_CALLBACK, count, NULL, NULL, &token.Event);
    level = tpl_raise(TPL_CALLBACK);
    assert_int_equal(read(3, BLOCK), EFI_SUCCESS);
    assert_int_equal(tpl_current(), TPL_CALLBACK);
    assert_int_equal(notifications, 0);
    tpl_restore(level);
    assert_int_equal(notifications, 1);
}

static void test_write_and_flush(void **state)
{
    (void)state;
    memset(buffer, 'w', BLOCK);
    assert_int_equal(io->WriteBlocksEx(io, MEMORY_DISK_MEDIA_ID, 4, &token, BLOCK, buffer),
                     EFI_SUCCESS);
    assert_int_equal(event_check(token.Event), EFI_SUCCESS);
    assert_memory_equal(disk->content + 4 * BLOCK, buffer, BLOCK);
    assert_int_equal(io->FlushBlocksEx(io, &token), EFI_SUCCESS);
    assert_int_equal(event_check(token.Event), EFI_SUCCESS);
    assert_int_equal(disk->flushes, 1);
}

static void test_flush_comes_after_the_writes_before_it(void **state)
{
    EFI_BLOCK_IO2_TOKEN flush;

    (void)state;
    event_create(0, 0, NULL, NULL, NULL, &flush.Event);
    disk->is_late = true;
    assert_int_equal(io->WriteBlocksEx(io, MEMORY_DISK_MEDIA_ID, 4, &token, BLOCK, buffer),
                     EFI_SUCCESS);
    assert_int_equal(io->FlushBlocksEx(io, &flush), EFI_SUCCESS);
    assert_int_equal(disk->flushes, 0);
    memory_disk_answer(disk, 1);
    assert_int_equal(event_check(token.Event), EFI_SUCCESS);
    assert_int_equal(disk->flushes, 1);
    assert_int_equal(event_check(flush.Event), EFI_NOT_READY);
    memory_disk_answer(disk, 1);
    assert_int_equal(event_check(flush.Event), EFI_SUCCESS);
}

static void test_errors_come_with_the_token(void **state)
{
    (void)state;
    disk->bad_lba = 5;
    assert_int_equal(read(5, BLOCK), EFI_SUCCESS);
    assert_int_equal(event_check(token.Event), EFI_SUCCESS);
    assert_int_equal(token.TransactionStatus, EFI_DEVICE_ERROR);
}

static void test_refused_requests_leave_the_token_alone(void **state)
{
    (void)state;
    assert_int_equal(read(io->Media->LastBlock + 1, BLOCK), EFI_INVALID_PARAMETER);
    assert_int_equal(read(UINT64_MAX, BLOCK), EFI_INVALID_PARAMETER);
    assert_int_equal(read(0, 1), EFI_BAD_BUFFER_SIZE);
    assert_int_equal(io->ReadBlocksEx(io, 0, 0, &token, BLOCK, buffer), EFI_MEDIA_CHANGED);
    assert_int_equal(io->ReadBlocksEx(io, MEMORY_DISK_MEDIA_ID, 0, &token, BLOCK, buffer + 1),
                     EFI_INVALID_PARAMETER);
    disk->device.media.ReadOnly = TRUE;
    assert_int_equal(io->WriteBlocksEx(io, MEMORY_DISK_MEDIA_ID, 0, &token, BLOCK, buffer),
                     EFI_WRITE_PROTECTED);
    disk->device.media.MediaPresent = FALSE;
    assert_int_equal(read(0, BLOCK), EFI_NO_MEDIA);
    assert_int_equal(io->FlushBlocksEx(io, &token), EFI_NO_MEDIA);
    assert_int_equal(event_check(token.Event), EFI_NOT_READY);
    assert_int_equal(token.TransactionStatus, EFI_NOT_STARTED);
    assert_int_equal(disk->requests, 0);
}

static void test_event_must_be_one(void **state)
{
    (void)state;
    token.Event = &token;
    assert_int_equal(read(0, BLOCK), EFI_INVALID_PARAMETER);
    assert_int_equal(io->FlushBlocksEx(io, &token), EFI_INVALID_PARAMETER);
    assert_int_equal(disk->requests, 0);
}

static void test_event_closed_meanwhile(void **state)
{
    (void)state;
    disk->is_late = true;
    assert_int_equal(read(0, BLOCK), EFI_SUCCESS);
    event_close(token.Event);
    memory_disk_answer(disk, 1);
    assert_int_equal(token.TransactionStatus, EFI_SUCCESS);
}

static void test_nothing_is_done_at_once(void **state)
{
    (void)state;
    disk->is_late = true;
    assert_int_equal(read(0, 0), EFI_SUCCESS);
    assert_int_equal(event_check(token.Event), EFI_SUCCESS);
    assert_int_equal(token.TransactionStatus, EFI_SUCCESS);
    assert_int_equal(disk->requests, 0);
}

static void test_reset_ends_what_is_in_flight(void **state)
{
    (void)state;
    disk->is_late = true;
    assert_int_equal(read(0, BLOCK), EFI_SUCCESS);
    assert_int_equal(io->Reset(io, FALSE), EFI_SUCCESS);
    assert_int_equal(event_check(token.Event), EFI_SUCCESS);
    assert_int_equal(token.TransactionStatus, EFI_ABORTED);
    assert_true(list_is_empty(&disk->waiting));
}

static void test_no_memory(void **state)
{
    (void)state;
    fake_memory_exhaust();
    assert_int_equal(read(0, BLOCK), EFI_OUT_OF_RESOURCES);
    assert_int_equal(event_check(token.Event), EFI_NOT_READY);
    token.Event = NULL;
    assert_int_equal(read(0, BLOCK), EFI_SUCCESS);
}

static void test_uninstall_ends_what_is_in_flight(void **state)
{
    (void)state;
    disk->is_late = true;
    assert_int_equal(read(0, BLOCK), EFI_SUCCESS);
    assert_int_equal(block_io2_uninstall(handle), EFI_SUCCESS);
    assert_int_equal(token.TransactionStatus, EFI_ABORTED);
    assert_int_equal(block_io2_uninstall(handle), EFI_NOT_FOUND);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup(test_event_is_signalled_when_the_read_is_done, start),
        cmocka_unit_test_setup(test_timer_completes_requests, start),
        cmocka_unit_test_setup(test_timer_completes_many, start),
        cmocka_unit_test_setup(test_waiting_calls_need_no_timer, start),
        cmocka_unit_test_setup(test_notification_runs_after_the_call, start),
        cmocka_unit_test_setup(test_write_and_flush, start),
        cmocka_unit_test_setup(test_flush_comes_after_the_writes_before_it, start),
        cmocka_unit_test_setup(test_errors_come_with_the_token, start),
        cmocka_unit_test_setup(test_refused_requests_leave_the_token_alone, start),
        cmocka_unit_test_setup(test_event_must_be_one, start),
        cmocka_unit_test_setup(test_event_closed_meanwhile, start),
        cmocka_unit_test_setup(test_nothing_is_done_at_once, start),
        cmocka_unit_test_setup(test_reset_ends_what_is_in_flight, start),
        cmocka_unit_test_setup(test_no_memory, start),
        cmocka_unit_test_setup(test_uninstall_ends_what_is_in_flight, start),
    };

    return isolated_run(tests);
}
