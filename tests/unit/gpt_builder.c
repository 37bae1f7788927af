#include "tests/unit/gpt_builder.h"

#include "loader/lib/crc32.h"

_Static_assert(sizeof(struct gpt_builder) == 92, "UEFI 2.10 table 5.5");

struct gpt_builder gpt_builder_header(uint64_t blocks, uint64_t entry_blocks)
{
    return (struct gpt_builder){
        .signature = UINT64_C(0x5452415020494645),
        .revision = 0x00010000,
        .header_bytes = sizeof(struct gpt_builder),
        .my_lba = 1,
        .alternate_lba = blocks - 1,
        .first_usable_lba = 2 + entry_blocks,
        .last_usable_lba = blocks - 2 - entry_blocks,
        .entries_lba = 2,
        .entry_count = 128,
        .entry_bytes = 128,
    };
}

void gpt_builder_seal(void *block)
{
    struct gpt_builder *header = block;

    header->header_crc = 0;
    header->header_crc = crc32_compute(block, header->header_bytes);
}
