#include "hypercall/blk_request.h"

#include "loader/lib/string.h"

#define PAGE_BYTES 4096u

_Static_assert(sizeof(struct blkif_request_segment) == 8, "xen/include/public/io/blkif.h");
_Static_assert(sizeof(struct blkif_request_indirect) <= sizeof(struct blkif_request),
               "xen/include/public/io/blkif.h");
_Static_assert(offsetof(struct blkif_request_indirect, indirect_grefs) == 28,
               "xen/include/public/io/blkif.h, x86_64-abi");

static uint32_t in_page(uint64_t address)
{
    return (uint32_t)(address % PAGE_BYTES);
}

unsigned int blk_request_segments(struct blk_range range)
{
    return (unsigned int)((in_page(range.address) + range.bytes + PAGE_BYTES - 1) / PAGE_BYTES);
}

size_t blk_request_fit(uint64_t address, size_t bytes, unsigned int segments)
{
    size_t room = (size_t)segments * PAGE_BYTES - in_page(address);

    return bytes < room ? bytes : room;
}

struct blkif_request_segment blk_request_segment(struct blk_range range, unsigned int i,
                                                 grant_ref_t ref)
{
    uint64_t begin = (uint64_t)in_page(range.address);
    uint64_t end = begin + range.bytes;
    uint64_t page = (uint64_t)i * PAGE_BYTES;
    uint64_t first = begin > page ? begin - page : 0;
    uint64_t behind = end < page + PAGE_BYTES ? end - page : PAGE_BYTES;

    return (struct blkif_request_segment){
        .gref = ref,
        .first_sect = (uint8_t)(first / BLK_SECTOR_BYTES),
        .last_sect = (uint8_t)(behind / BLK_SECTOR_BYTES - 1),
    };
}

struct blkif_request blk_request_direct(const struct blk_command *command, unsigned int segments)
{
    return (struct blkif_request){
        .operation = command->operation,
        .nr_segments = (uint8_t)segments,
        .handle = command->vdev,
        .id = command->id,
        .sector_number = command->sector,
    };
}

struct blkif_request blk_request_indirect(const struct blk_command *command, unsigned int segments,
                                          grant_ref_t ref)
{
    struct blkif_request_indirect indirect = {
        .operation = BLKIF_OP_INDIRECT,
        .indirect_op = command->operation,
        .nr_segments = (uint16_t)segments,
        .id = command->id,
        .sector_number = command->sector,
        .handle = command->vdev,
        .indirect_grefs = {ref},
    };
    struct blkif_request request = {0};

    memcpy(&request, &indirect, sizeof(indirect));
    return request;
}
