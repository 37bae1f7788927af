/* Reads and writes on a PV disk, whose backend may be as bad as it likes. */
#include "shim/block/pv_block.h"

#include <string.h>

#include <xen/errno.h>

#include "tests/unit/fake_blkback.h"
#include "tests/unit/fake_hypercall.h"
#include "tests/unit/fake_memory.h"
#include "tests/unit/fake_tsc.h"
#include "tests/unit/isolated.h"
#include "tests/unit/log_capture.h"

#define S      1000000000ull /* ns */
#define SECTOR 512u
#define PAGE   4096u
#define MIB    (1u << 20)

static struct pv_block block;
static char *buffer;

static int connect(void)
{
    uint64_t deadline = fake_tsc.now_ns + 5 * S;

    if (blkfront_open(&block.front, FAKE_BLKBACK_NAME) || blkfront_offer(&block.front, deadline) ||
        blkfront_connect(&block.front, deadline))
        return -1;
    pv_block_init(&block);
    buffer = fake_blkback_buffer(4 * MIB);
    return 0;
}

static int start(void **state)
{
    return fake_blkback_setup(state) || connect();
}

static int start_without_indirect(void **state)
{
    fake_blkback_setup(state);
    fake_blkback_offer("feature-max-indirect-segments", "0");
    return connect();
}

static int start_large_sectors(void **state)
{
    fake_blkback_setup(state);
    fake_blkback_offer("sector-size", "4096");
    return connect();
}

static EFI_STATUS read(uint64_t lba, size_t bytes, char *to)
{
    return block_transfer(&block.device, BLOCK_READ, lba, to, bytes);
}

static void assert_original(const char *bytes, uint64_t offset, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        if (bytes[i] != fake_blkback_byte(offset + i))
            fail_msg("byte %zu of %zu is wrong", i, count);
    }
}

static void assert_nothing_in_use(void)
{
    /* The ring, and the pages of segments that were needed. */
    unsigned int indirect = 0;

    for (unsigned int i = 0; i < block.front.slots; i++)
        indirect += block.front.slot[i].indirect != NULL;
    assert_int_equal(fake_blkback_grants(), block.front.ring_refs_granted + indirect);
    assert_int_equal(block.front.in_flight, 0);
}

static void test_media(void **state)
{
    const EFI_BLOCK_IO_MEDIA *media = &block.device.media;

    (void)state;
    assert_true(media->MediaPresent);
    assert_false(media->ReadOnly);
    assert_false(media->RemovableMedia);
    assert_true(media->WriteCaching);
    assert_int_equal(media->BlockSize, SECTOR);
    assert_int_equal(media->LastBlock, FAKE_BLKBACK_BYTES / SECTOR - 1);
    assert_int_equal(media->LogicalBlocksPerPhysicalBlock, 1);
}

static void test_read_one_sector(void **state)
{
    (void)state;
    assert_int_equal(read(3, SECTOR, buffer), EFI_SUCCESS);
    assert_original(buffer, 3 * SECTOR, SECTOR);
    assert_int_equal(buffer[SECTOR], 0);
    assert_int_equal(fake_blkback.requests, 1);
    assert_int_equal(fake_blkback.direct_bytes, SECTOR);
    assert_nothing_in_use();
}

static void test_large_read_is_few_large_requests(void **state)
{
    (void)state;
    assert_int_equal(read(0, FAKE_BLKBACK_BYTES, buffer), EFI_SUCCESS);
    assert_original(buffer, 0, FAKE_BLKBACK_BYTES);
    assert_int_equal(fake_blkback.requests, FAKE_BLKBACK_BYTES / MIB);
    assert_int_equal(fake_blkback.segments_max, 256);
    assert_int_equal(fake_blkback.in_ring_max, FAKE_BLKBACK_BYTES / MIB);
    assert_int_equal(fake_blkback.direct_bytes, FAKE_BLKBACK_BYTES);
    assert_nothing_in_use();
}

static void test_large_read_of_small_requests(void **state)
{
    (void)state;
    assert_int_equal(read(0, FAKE_BLKBACK_BYTES, buffer), EFI_SUCCESS);
    assert_original(buffer, 0, FAKE_BLKBACK_BYTES);
    assert_int_equal(fake_blkback.indirect_requests, 0);
    assert_int_equal(fake_blkback.segments_max, BLKIF_MAX_SEGMENTS_PER_REQUEST);
    assert_int_equal(fake_blkback.in_ring_max, 64);
    assert_nothing_in_use();
}

static void test_every_alignment(void **state)
{
    static const size_t offsets[] = {0, 1, 8, 511, 512, 513, 3584, 4095};
    static const size_t sizes[] = {SECTOR, 9 * SECTOR, 65536, 65536 + SECTOR, 200 * SECTOR};

    (void)state;
    for (size_t i = 0; i < sizeof(offsets) / sizeof(offsets[0]); i++) {
        for (size_t k = 0; k < sizeof(sizes) / sizeof(sizes[0]); k++) {
            char *to = buffer + PAGE + offsets[i];

            memset(buffer, '.', 256 * SECTOR);
            fake_blkback.direct_bytes = 0;
            assert_int_equal(read(7, sizes[k], to), EFI_SUCCESS);
            assert_original(to, 7 * SECTOR, sizes[k]);
            assert_int_equal(to[-1], '.');
            assert_int_equal(to[sizes[k]], '.');
            assert_int_equal(fake_blkback.direct_bytes, offsets[i] % SECTOR ? 0 : sizes[k]);
        }
    }
    assert_nothing_in_use();
}

static void test_writes(void **state)
{
    (void)state;
    memset(buffer, 'w', MIB);
    assert_int_equal(block_transfer(&block.device, BLOCK_WRITE, 8, buffer, 10 * SECTOR),
                     EFI_SUCCESS);
    assert_memory_equal(fake_blkback.content + 8 * SECTOR, buffer, 10 * SECTOR);
    assert_original(fake_blkback.content, 0, 8 * SECTOR);
    assert_original(fake_blkback.content + 18 * SECTOR, 18 * SECTOR, SECTOR);
    memset(buffer, 'x', MIB);
    assert_int_equal(block_transfer(&block.device, BLOCK_WRITE, 20, buffer + 3, 300 * SECTOR),
                     EFI_SUCCESS);
    assert_memory_equal(fake_blkback.content + 20 * SECTOR, buffer, 300 * SECTOR);
    assert_original(fake_blkback.content + 320 * SECTOR, 320 * SECTOR, SECTOR);
    assert_nothing_in_use();
}

/* The backend would refuse a segment that is part of a sector. */
static void test_large_sectors(void **state)
{
    (void)state;
    assert_int_equal(block.device.media.BlockSize, PAGE);
    assert_int_equal(block.device.media.LastBlock, FAKE_BLKBACK_BYTES / PAGE - 1);
    assert_int_equal(read(3, 2 * PAGE, buffer), EFI_SUCCESS);
    assert_original(buffer, 3 * PAGE, 2 * PAGE);
    assert_int_equal(fake_blkback.direct_bytes, 2 * PAGE);
    assert_int_equal(read(3, 2 * PAGE, buffer + SECTOR), EFI_SUCCESS);
    assert_original(buffer + SECTOR, 3 * PAGE, 2 * PAGE);
    assert_int_equal(fake_blkback.direct_bytes, 2 * PAGE);
}

static EFI_STATUS flush(void)
{
    return block_transfer(&block.device, BLOCK_FLUSH, 0, NULL, 0);
}

static void test_flush(void **state)
{
    (void)state;
    assert_int_equal(flush(), EFI_SUCCESS);
    assert_int_equal(fake_blkback.flushes, 1);
    fake_blkback.flush_status = BLKIF_RSP_ERROR;
    assert_int_equal(flush(), EFI_DEVICE_ERROR);
    /* It turns out that there is nothing to flush: nobody asks again. */
    fake_blkback.flush_status = BLKIF_RSP_EOPNOTSUPP;
    assert_int_equal(flush(), EFI_SUCCESS);
    assert_int_equal(fake_blkback.flushes, 3);
    assert_int_equal(flush(), EFI_SUCCESS);
    assert_int_equal(fake_blkback.flushes, 3);
}

static EFI_STATUS late_status[2];

static void note_first(struct block_request *request, EFI_STATUS status)
{
    (void)request;
    late_status[0] = status;
}

static void note_second(struct block_request *request, EFI_STATUS status)
{
    (void)request;
    late_status[1] = status;
}

static void test_flush_waits_for_writes(void **state)
{
    struct block_request write = {
        .operation = BLOCK_WRITE, .buffer = buffer, .bytes = SECTOR, .done = note_first};
    struct block_request flush_request = {.operation = BLOCK_FLUSH, .done = note_second};

    (void)state;
    late_status[0] = late_status[1] = EFI_NOT_STARTED;
    fake_blkback.silent = true;
    block_submit(&block.device, &write);
    block_submit(&block.device, &flush_request);
    fake_blkback.silent = false;
    fake_blkback_serve();
    assert_int_equal(fake_blkback.flushes, 0);
    block_wait(&block.device);
    assert_int_equal(late_status[0], EFI_SUCCESS);
    assert_int_equal(fake_blkback.flushes, 1);
    block_wait(&block.device);
    assert_int_equal(late_status[1], EFI_SUCCESS);
}

static void test_sector_that_cannot_be_read(void **state)
{
    (void)state;
    fake_blkback.bad_sector = 3000;
    assert_int_equal(read(3000, SECTOR, buffer), EFI_DEVICE_ERROR);
    assert_int_equal(read(0, 2 * MIB, buffer), EFI_DEVICE_ERROR);
    assert_int_equal(read(2999, SECTOR, buffer), EFI_SUCCESS);
    assert_nothing_in_use();
}

static void lie_id(struct blkif_response *response)
{
    response->id = 0x10000;
}

static void lie_other_id(struct blkif_response *response)
{
    response->id++;
}

static void lie_operation(struct blkif_response *response)
{
    response->operation = BLKIF_OP_DISCARD;
}

static void check_lie(void (*lie)(struct blkif_response *))
{
    fake_blkback.lie = lie;
    assert_int_equal(read(0, SECTOR, buffer), EFI_DEVICE_ERROR);
    assert_int_equal(block.front.in_flight, 0);
    assert_int_equal(read(0, SECTOR, buffer), EFI_DEVICE_ERROR);
    assert_int_equal(fake_blkback.requests, 1);
}

static void test_id_out_of_range(void **state)
{
    (void)state;
    check_lie(lie_id);
}

static void test_id_of_nothing_in_flight(void **state)
{
    (void)state;
    check_lie(lie_other_id);
}

static void test_answer_to_another_operation(void **state)
{
    (void)state;
    check_lie(lie_operation);
}

static void test_silence(void **state)
{
    uint64_t begin = fake_tsc.now_ns;

    (void)state;
    fake_tsc.step_ns = 1000000;
    fake_blkback.silent = true;
    assert_int_equal(read(0, MIB, buffer), EFI_DEVICE_ERROR);
    assert_in_range(fake_tsc.now_ns - begin, 30 * S, 31 * S);
    assert_non_null(strstr(log_capture_last(), "no answer"));
    assert_int_equal(read(0, SECTOR, buffer), EFI_DEVICE_ERROR);
}

static void test_pages_that_stay_mapped(void **state)
{
    (void)state;
    fake_blkback.keeps_mapped = true;
    assert_int_equal(read(0, 2 * PAGE, buffer), EFI_SUCCESS);
    assert_non_null(strstr(log_capture_last(), "2 pages stay in use"));
    assert_int_equal(fake_blkback_grants(), 1 + 2);
}

static void test_disk_pulled_while_idle(void **state)
{
    (void)state;
    fake_blkback_go(XenbusStateClosing);
    pv_block_check(&block);
    assert_false(block.device.media.MediaPresent);
    assert_string_equal(fake_blkback.states, "13456");
    assert_int_equal(fake_blkback_grants(), 0);
    assert_int_equal(read(0, SECTOR, buffer), EFI_NO_MEDIA);
    assert_int_equal(flush(), EFI_NO_MEDIA);
    pv_block_check(&block);
    assert_string_equal(fake_blkback.states, "13456");
}

static void test_disk_vanishes_with_requests_in_flight(void **state)
{
    struct block_request request = {
        .operation = BLOCK_READ, .buffer = buffer, .bytes = SECTOR, .done = note_first};

    (void)state;
    fake_blkback.silent = true;
    block_submit(&block.device, &request);
    fake_blkback_go(XenbusStateClosed);
    block_wait(&block.device);
    assert_int_equal(late_status[0], EFI_NO_MEDIA);
    assert_int_equal(read(0, SECTOR, buffer), EFI_NO_MEDIA);
}

static void test_closing_backend_still_answers(void **state)
{
    struct block_request request = {
        .operation = BLOCK_READ, .buffer = buffer, .bytes = SECTOR, .done = note_first};

    (void)state;
    late_status[0] = EFI_NOT_STARTED;
    fake_blkback.silent = true;
    block_submit(&block.device, &request);
    fake_blkback_go(XenbusStateClosing);
    block_wait(&block.device);
    assert_int_equal(late_status[0], EFI_NOT_STARTED);
    fake_blkback.silent = false;
    fake_blkback_serve();
    block_wait(&block.device);
    assert_int_equal(late_status[0], EFI_SUCCESS);
    assert_original(buffer, 0, SECTOR);
    assert_int_equal(read(0, SECTOR, buffer), EFI_NO_MEDIA);
}

/* What does not fit now waits for what is in flight. */
static void test_no_memory(void **state)
{
    (void)state;
    fake_memory_exhaust();
    assert_int_equal(read(0, SECTOR, buffer), EFI_SUCCESS);
    assert_int_equal(read(0, 11 * PAGE, buffer), EFI_SUCCESS);
    assert_int_equal(read(0, SECTOR, buffer + 1), EFI_OUT_OF_RESOURCES);
    assert_int_equal(read(0, MIB, buffer), EFI_OUT_OF_RESOURCES);
    assert_nothing_in_use();
}

static void test_hand_over_with_requests_in_flight(void **state)
{
    struct block_request request = {
        .operation = BLOCK_READ, .buffer = buffer, .bytes = MIB, .done = note_first};

    (void)state;
    late_status[0] = EFI_NOT_STARTED;
    block_submit(&block.device, &request);
    blkfront_close(&block.front);
    assert_int_equal(late_status[0], EFI_SUCCESS);
    assert_string_equal(fake_blkback.states, "134561");
    assert_int_equal(fake_blkback_grants(), 0);
    assert_int_equal(fake_hypercall.ports_open, 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup(test_media, start),
        cmocka_unit_test_setup(test_read_one_sector, start),
        cmocka_unit_test_setup(test_large_read_is_few_large_requests, start),
        cmocka_unit_test_setup(test_large_read_of_small_requests, start_without_indirect),
        cmocka_unit_test_setup(test_every_alignment, start),
        cmocka_unit_test_setup(test_writes, start),
        cmocka_unit_test_setup(test_large_sectors, start_large_sectors),
        cmocka_unit_test_setup(test_flush, start),
        cmocka_unit_test_setup(test_flush_waits_for_writes, start),
        cmocka_unit_test_setup(test_sector_that_cannot_be_read, start),
        cmocka_unit_test_setup(test_id_out_of_range, start),
        cmocka_unit_test_setup(test_id_of_nothing_in_flight, start),
        cmocka_unit_test_setup(test_answer_to_another_operation, start),
        cmocka_unit_test_setup(test_silence, start),
        cmocka_unit_test_setup(test_pages_that_stay_mapped, start),
        cmocka_unit_test_setup(test_disk_pulled_while_idle, start),
        cmocka_unit_test_setup(test_disk_vanishes_with_requests_in_flight, start),
        cmocka_unit_test_setup(test_closing_backend_still_answers, start),
        cmocka_unit_test_setup(test_no_memory, start),
        cmocka_unit_test_setup(test_hand_over_with_requests_in_flight, start),
    };

    return isolated_run(tests);
}
