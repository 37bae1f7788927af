/* What UEFI 2.10 chapter 13 says of requests that a medium cannot carry out. */
#include "shim/block/block_check.h"

#include <stdbool.h>

#include "tests/unit/isolated.h"

#define MEDIA_ID 3u
#define BLOCK    512u
#define BLOCKS   100u

static EFI_BLOCK_IO_MEDIA media;
static _Alignas(4096) char buffer[4096];

static int insert(void **state)
{
    (void)state;
    media = (EFI_BLOCK_IO_MEDIA){
        .MediaId = MEDIA_ID, .MediaPresent = TRUE, .BlockSize = BLOCK, .LastBlock = BLOCKS - 1};
    return 0;
}

static EFI_STATUS read(uint64_t lba, uint64_t bytes)
{
    return block_check(&media, MEDIA_ID, BLOCK_READ, lba, bytes, buffer);
}

static EFI_STATUS read_bytes(uint64_t offset, uint64_t bytes)
{
    return block_check_bytes(&media, MEDIA_ID, BLOCK_READ, offset, bytes, buffer);
}

static void test_blocks_that_are_there(void **state)
{
    (void)state;
    assert_int_equal(read(0, BLOCK), EFI_SUCCESS);
    assert_int_equal(read(BLOCKS - 1, BLOCK), EFI_SUCCESS);
    assert_int_equal(read(0, BLOCKS * BLOCK), EFI_SUCCESS);
}

static void test_blocks_that_are_not(void **state)
{
    static const uint64_t lbas[] = {BLOCKS, BLOCKS + 1, UINT64_MAX, UINT64_MAX / BLOCK + 1};

    (void)state;
    for (size_t i = 0; i < sizeof(lbas) / sizeof(lbas[0]); i++)
        assert_int_equal(read(lbas[i], BLOCK), EFI_INVALID_PARAMETER);
    assert_int_equal(read(1, BLOCKS * BLOCK), EFI_INVALID_PARAMETER);
    assert_int_equal(read(BLOCKS - 1, 2 * BLOCK), EFI_INVALID_PARAMETER);
    assert_int_equal(read(2, UINT64_MAX - BLOCK + 1), EFI_INVALID_PARAMETER);
    assert_int_equal(read(UINT64_MAX, 2 * BLOCK), EFI_INVALID_PARAMETER);
}

static void test_last_block_of_the_largest_disk(void **state)
{
    (void)state;
    media.LastBlock = UINT64_MAX;
    assert_int_equal(read(UINT64_MAX, BLOCK), EFI_SUCCESS);
    assert_int_equal(read(UINT64_MAX, 2 * BLOCK), EFI_INVALID_PARAMETER);
}

static void test_sizes_that_are_no_blocks(void **state)
{
    (void)state;
    assert_int_equal(read(0, 1), EFI_BAD_BUFFER_SIZE);
    assert_int_equal(read(0, BLOCK + 1), EFI_BAD_BUFFER_SIZE);
    assert_int_equal(read(UINT64_MAX, UINT64_MAX), EFI_BAD_BUFFER_SIZE);
}

static void test_nothing_is_fine_anywhere(void **state)
{
    (void)state;
    assert_int_equal(read(0, 0), EFI_SUCCESS);
    assert_int_equal(block_check(&media, MEDIA_ID, BLOCK_READ, UINT64_MAX, 0, NULL), EFI_SUCCESS);
    assert_int_equal(block_check_bytes(&media, MEDIA_ID, BLOCK_READ, UINT64_MAX, 0, NULL),
                     EFI_SUCCESS);
}

static void test_buffers(void **state)
{
    (void)state;
    assert_int_equal(block_check(&media, MEDIA_ID, BLOCK_READ, 0, BLOCK, NULL),
                     EFI_INVALID_PARAMETER);
    for (UINT32 align = 0; align <= 1; align++) {
        media.IoAlign = align;
        assert_int_equal(block_check(&media, MEDIA_ID, BLOCK_READ, 0, BLOCK, buffer + 1),
                         EFI_SUCCESS);
    }
    for (UINT32 align = 2; align <= sizeof(buffer) / 2; align *= 2) {
        media.IoAlign = align;
        assert_int_equal(block_check(&media, MEDIA_ID, BLOCK_READ, 0, BLOCK, buffer + align),
                         EFI_SUCCESS);
        assert_int_equal(block_check(&media, MEDIA_ID, BLOCK_READ, 0, BLOCK, buffer + align / 2),
                         EFI_INVALID_PARAMETER);
    }
}

static EFI_STATUS check_media(bool is_write)
{
    enum block_operation operation = is_write ? BLOCK_WRITE : BLOCK_READ;
    EFI_STATUS status = block_check(&media, MEDIA_ID, operation, 0, BLOCK, buffer);

    /* Whatever else is wrong. */
    assert_int_equal(block_check(&media, MEDIA_ID, operation, UINT64_MAX, 1, NULL), status);
    assert_int_equal(block_check(&media, MEDIA_ID, operation, 0, 0, NULL), status);
    assert_int_equal(block_check_bytes(&media, MEDIA_ID, operation, UINT64_MAX, 2, NULL), status);
    return status;
}

static void test_media(void **state)
{
    (void)state;
    media.ReadOnly = TRUE;
    assert_int_equal(read(0, BLOCK), EFI_SUCCESS);
    assert_int_equal(check_media(true), EFI_WRITE_PROTECTED);
    media.MediaId = MEDIA_ID + 1;
    assert_int_equal(check_media(true), EFI_MEDIA_CHANGED);
    assert_int_equal(check_media(false), EFI_MEDIA_CHANGED);
    media.MediaPresent = FALSE;
    assert_int_equal(check_media(true), EFI_NO_MEDIA);
    assert_int_equal(check_media(false), EFI_NO_MEDIA);
}

static void test_bytes(void **state)
{
    const uint64_t size = BLOCKS * BLOCK;

    (void)state;
    assert_int_equal(read_bytes(0, 1), EFI_SUCCESS);
    assert_int_equal(read_bytes(1, size - 1), EFI_SUCCESS);
    assert_int_equal(read_bytes(size - 1, 1), EFI_SUCCESS);
    assert_int_equal(read_bytes(size, 1), EFI_INVALID_PARAMETER);
    assert_int_equal(read_bytes(size - 1, 2), EFI_INVALID_PARAMETER);
    assert_int_equal(read_bytes(1, UINT64_MAX), EFI_INVALID_PARAMETER);
    assert_int_equal(read_bytes(UINT64_MAX, 2), EFI_INVALID_PARAMETER);
    assert_int_equal(block_check_bytes(&media, MEDIA_ID, BLOCK_READ, 0, 1, NULL),
                     EFI_INVALID_PARAMETER);
    media.IoAlign = BLOCK;
    assert_int_equal(block_check_bytes(&media, MEDIA_ID, BLOCK_READ, 0, 1, buffer + 1),
                     EFI_SUCCESS);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup(test_blocks_that_are_there, insert),
        cmocka_unit_test_setup(test_blocks_that_are_not, insert),
        cmocka_unit_test_setup(test_last_block_of_the_largest_disk, insert),
        cmocka_unit_test_setup(test_sizes_that_are_no_blocks, insert),
        cmocka_unit_test_setup(test_nothing_is_fine_anywhere, insert),
        cmocka_unit_test_setup(test_buffers, insert),
        cmocka_unit_test_setup(test_media, insert),
        cmocka_unit_test_setup(test_bytes, insert),
    };

    return isolated_run(tests);
}
