/* Ranges of bytes as whole blocks and edges. */
#include "shim/block/disk_span.h"

#include "tests/unit/isolated.h"

#define BLOCK 512u

static void assert_piece(const struct disk_piece *piece, uint64_t lba, uint32_t offset,
                         size_t bytes)
{
    assert_int_equal(piece->bytes, bytes);
    if (!bytes)
        return;
    assert_int_equal(piece->lba, lba);
    assert_int_equal(piece->offset, offset);
}

static void test_whole_blocks_have_no_edges(void **state)
{
    struct disk_span span = disk_span(3 * BLOCK, 2 * BLOCK, BLOCK);

    (void)state;
    assert_piece(&span.piece[DISK_SPAN_HEAD], 0, 0, 0);
    assert_piece(&span.piece[DISK_SPAN_MIDDLE], 3, 0, 2 * BLOCK);
    assert_piece(&span.piece[DISK_SPAN_TAIL], 0, 0, 0);
}

static void test_both_edges(void **state)
{
    struct disk_span span = disk_span(3 * BLOCK + 10, 2 * BLOCK, BLOCK);

    (void)state;
    assert_piece(&span.piece[DISK_SPAN_HEAD], 3, 10, BLOCK - 10);
    assert_piece(&span.piece[DISK_SPAN_MIDDLE], 4, 0, BLOCK);
    assert_piece(&span.piece[DISK_SPAN_TAIL], 5, 0, 10);
}

static void test_within_a_block_there_is_only_a_head(void **state)
{
    struct disk_span span = disk_span(3 * BLOCK + 10, 20, BLOCK);

    (void)state;
    assert_piece(&span.piece[DISK_SPAN_HEAD], 3, 10, 20);
    assert_piece(&span.piece[DISK_SPAN_MIDDLE], 0, 0, 0);
    assert_piece(&span.piece[DISK_SPAN_TAIL], 0, 0, 0);
}

static void test_beginning_of_a_block_is_a_tail(void **state)
{
    struct disk_span span = disk_span(3 * BLOCK, 20, BLOCK);

    (void)state;
    assert_piece(&span.piece[DISK_SPAN_HEAD], 0, 0, 0);
    assert_piece(&span.piece[DISK_SPAN_MIDDLE], 0, 0, 0);
    assert_piece(&span.piece[DISK_SPAN_TAIL], 3, 0, 20);
}

static void test_pieces_follow_each_other(void **state)
{
    (void)state;
    for (uint64_t offset = 0; offset < 3 * BLOCK; offset += 37) {
        for (size_t bytes = 1; bytes < 4 * BLOCK; bytes += 29) {
            struct disk_span span = disk_span(offset, bytes, BLOCK);
            uint64_t position = offset;

            for (unsigned int i = 0; i < DISK_SPAN_PIECES; i++) {
                const struct disk_piece *piece = &span.piece[i];

                if (!piece->bytes)
                    continue;
                assert_int_equal(piece->lba * BLOCK + piece->offset, position);
                position += piece->bytes;
                if (i == DISK_SPAN_MIDDLE)
                    assert_int_equal(piece->bytes % BLOCK, 0);
                else
                    assert_in_range(piece->offset + piece->bytes, 1, BLOCK);
            }
            assert_int_equal(position, offset + bytes);
        }
    }
}

static void test_end_of_the_largest_disk(void **state)
{
    struct disk_span span = disk_span(UINT64_MAX - 1, 1, BLOCK);

    (void)state;
    assert_piece(&span.piece[DISK_SPAN_HEAD], UINT64_MAX / BLOCK, BLOCK - 2, 1);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_whole_blocks_have_no_edges),
        cmocka_unit_test(test_both_edges),
        cmocka_unit_test(test_within_a_block_there_is_only_a_head),
        cmocka_unit_test(test_beginning_of_a_block_is_a_tail),
        cmocka_unit_test(test_pieces_follow_each_other),
        cmocka_unit_test(test_end_of_the_largest_disk),
    };

    return isolated_run(tests);
}
