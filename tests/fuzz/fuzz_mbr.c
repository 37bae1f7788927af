/*
 * The input's 512-byte pieces are the disk's blocks, over and over: every link of a chain leads to
 * one of them.
 */
#include "shim/partition/mbr.h"

#include <string.h>

#include "tests/fuzz/fuzz.h"

#define BLOCKS      (UINT64_C(1) << 24)
#define BLOCK_BYTES 512u

static const uint8_t *content;
static size_t pieces;
static unsigned int reads;

static EFI_STATUS read_piece(struct medium *medium, uint64_t offset, size_t bytes, void *buffer)
{
    (void)medium;
    REQUIRE(offset % BLOCK_BYTES == 0 && bytes == BLOCK_BYTES);
    reads++;
    memcpy(buffer, content + offset / BLOCK_BYTES % pieces * BLOCK_BYTES, bytes);
    return EFI_SUCCESS;
}

static const struct medium_operations operations = {.read = read_piece};

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct medium medium = {
        .operations = &operations, .bytes = BLOCKS * BLOCK_BYTES, .block_bytes = BLOCK_BYTES};
    struct mbr mbr;

    content = data;
    pieces = size / BLOCK_BYTES;
    reads = 0;
    if (!pieces || mbr_read(&medium, &mbr) != EFI_SUCCESS)
        return 0;
    REQUIRE(reads <= MBR_PARTITIONS_MAX);
    REQUIRE(mbr.count <= MBR_PARTITIONS_MAX);
    for (unsigned int i = 0; i < mbr.count; i++) {
        const struct mbr_partition *partition = &mbr.partition[i];

        REQUIRE(partition->blocks > 0 && partition->first_block > 0);
        REQUIRE(partition->first_block < BLOCKS);
        REQUIRE(partition->blocks <= BLOCKS - partition->first_block);
        REQUIRE(i == 0 || partition->number > mbr.partition[i - 1].number);
    }
    return 0;
}
