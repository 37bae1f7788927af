/* Ranges of memory as segments of a block request. */
#include "hypercall/blk_request.h"

#include <string.h>

#include "tests/unit/isolated.h"

#define PAGE   4096u
#define SECTOR BLK_SECTOR_BYTES

static void assert_segment(struct blk_range range, unsigned int i, unsigned int first,
                           unsigned int last)
{
    struct blkif_request_segment segment = blk_request_segment(range, i, 100 + i);

    assert_int_equal(segment.gref, 100 + i);
    assert_int_equal(segment.first_sect, first);
    assert_int_equal(segment.last_sect, last);
}

static void test_whole_pages(void **state)
{
    struct blk_range range = {0x5000, 2 * PAGE};

    (void)state;
    assert_int_equal(blk_request_segments(range), 2);
    assert_segment(range, 0, 0, 7);
    assert_segment(range, 1, 0, 7);
}

static void test_parts_of_pages(void **state)
{
    struct blk_range range = {0x5000 + 3 * SECTOR, PAGE + SECTOR};

    (void)state;
    assert_int_equal(blk_request_segments(range), 2);
    assert_segment(range, 0, 3, 7);
    assert_segment(range, 1, 0, 3);
    range = (struct blk_range){0x5000 + 3 * SECTOR, SECTOR};
    assert_int_equal(blk_request_segments(range), 1);
    assert_segment(range, 0, 3, 3);
    range = (struct blk_range){0x5000 + 7 * SECTOR, 2 * SECTOR};
    assert_int_equal(blk_request_segments(range), 2);
    assert_segment(range, 0, 7, 7);
    assert_segment(range, 1, 0, 0);
}

static unsigned int sectors_of(struct blk_range range)
{
    unsigned int sectors = 0;

    for (unsigned int i = 0; i < blk_request_segments(range); i++) {
        struct blkif_request_segment segment = blk_request_segment(range, i, 0);

        assert_in_range(segment.last_sect, segment.first_sect, 7);
        assert_true(i == 0 || segment.first_sect == 0);
        assert_true(i + 1 == blk_request_segments(range) || segment.last_sect == 7);
        sectors += segment.last_sect - segment.first_sect + 1u;
    }
    return sectors;
}

static void test_every_sector_is_in_a_segment(void **state)
{
    (void)state;
    for (uint64_t start = 0; start < 8; start++) {
        for (size_t sectors = 1; sectors < 40; sectors++) {
            struct blk_range range = {0xfffff000 + start * SECTOR, sectors * SECTOR};

            assert_int_equal(sectors_of(range), sectors);
        }
    }
}

static void test_what_fits_into_so_many_segments(void **state)
{
    (void)state;
    assert_int_equal(blk_request_fit(0x5000, 1 << 20, 11), 11 * PAGE);
    assert_int_equal(blk_request_fit(0x5000, 3 * PAGE, 11), 3 * PAGE);
    assert_int_equal(blk_request_fit(0x5200, 1 << 20, 11), 11 * PAGE - 0x200);
    assert_int_equal(blk_request_fit(0x5e00, 1 << 20, 1), 0x200);
    assert_int_equal(blk_request_fit(0x5200, SIZE_MAX & ~511ull, 256), 256 * PAGE - 0x200);
}

static const struct blk_command command = {
    .operation = BLKIF_OP_WRITE, .vdev = 51712, .id = 9, .sector = 0x123456789a};

static void test_direct(void **state)
{
    struct blkif_request request = blk_request_direct(&command, 11);

    (void)state;
    assert_int_equal(request.operation, BLKIF_OP_WRITE);
    assert_int_equal(request.nr_segments, 11);
    assert_int_equal(request.handle, 51712);
    assert_int_equal(request.id, 9);
    assert_int_equal(request.sector_number, 0x123456789a);
}

static void test_indirect(void **state)
{
    struct blkif_request request = blk_request_indirect(&command, 256, 77);
    struct blkif_request_indirect indirect;

    (void)state;
    memcpy(&indirect, &request, sizeof(indirect));
    assert_int_equal(indirect.operation, BLKIF_OP_INDIRECT);
    assert_int_equal(indirect.indirect_op, BLKIF_OP_WRITE);
    assert_int_equal(indirect.nr_segments, 256);
    assert_int_equal(indirect.handle, 51712);
    assert_int_equal(indirect.id, 9);
    assert_int_equal(indirect.sector_number, 0x123456789a);
    assert_int_equal(indirect.indirect_grefs[0], 77);
    assert_int_equal(indirect.indirect_grefs[1], 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_whole_pages),
        cmocka_unit_test(test_parts_of_pages),
        cmocka_unit_test(test_every_sector_is_in_a_segment),
        cmocka_unit_test(test_what_fits_into_so_many_segments),
        cmocka_unit_test(test_direct),
        cmocka_unit_test(test_indirect),
    };

    return isolated_run(tests);
}
