#include "shim/block/disk_span.h"

struct disk_span disk_span(uint64_t offset, size_t bytes, uint32_t block_bytes)
{
    struct disk_span span = {0};
    uint64_t lba = offset / block_bytes;
    uint32_t in_block = (uint32_t)(offset % block_bytes);
    size_t head = 0;

    if (in_block) {
        head = block_bytes - in_block < bytes ? block_bytes - in_block : bytes;
        span.piece[DISK_SPAN_HEAD] =
            (struct disk_piece){.lba = lba, .offset = in_block, .bytes = head};
        lba++;
    }
    bytes -= head;
    span.piece[DISK_SPAN_MIDDLE] =
        (struct disk_piece){.lba = lba, .bytes = bytes - bytes % block_bytes};
    span.piece[DISK_SPAN_TAIL] =
        (struct disk_piece){.lba = lba + bytes / block_bytes, .bytes = bytes % block_bytes};
    return span;
}
