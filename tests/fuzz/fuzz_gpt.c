/*
 * The input's first byte says whether checksums are made right; then comes a header, behind it the
 * entries as far as the input reaches.
 */
#include "shim/partition/gpt.h"

#include <stdlib.h>
#include <string.h>

#include "loader/lib/crc32.h"
#include "tests/fuzz/fuzz.h"
#include "tests/unit/gpt_builder.h"

#define BLOCK_BYTES 512u
#define LAST_LBA    UINT64_C(0xfffff)
#define LBA         1u
#define SEAL        1u

static uint8_t block[BLOCK_BYTES];

static void check_entries(const struct gpt *gpt, const uint8_t *entries)
{
    struct gpt_entry entry;

    for (uint32_t i = 0; i < gpt->entry_count; i++) {
        if (!gpt_parse_entry(gpt, entries, i, &entry))
            continue;
        REQUIRE(entry.first_lba >= gpt->first_usable_lba);
        REQUIRE(entry.first_lba <= entry.last_lba && entry.last_lba <= LAST_LBA);
    }
}

static void check_gpt(const struct gpt *gpt, const uint8_t *rest, size_t rest_bytes)
{
    size_t bytes = gpt_entries_bytes(gpt);
    uint8_t *entries;

    REQUIRE(bytes > 0 && bytes <= GPT_TABLE_BYTES_MAX);
    REQUIRE(gpt->entries_lba > LBA && gpt->entries_lba <= LAST_LBA);
    REQUIRE(bytes <= (LAST_LBA - gpt->entries_lba + 1) * BLOCK_BYTES);
    entries = calloc(1, bytes);
    memcpy(entries, rest, rest_bytes < bytes ? rest_bytes : bytes);
    if (gpt_entries_are_intact(gpt, entries))
        REQUIRE(crc32_compute(entries, bytes) == gpt->entries_crc);
    check_entries(gpt, entries);
    free(entries);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct gpt_builder *header = (struct gpt_builder *)block;
    struct gpt gpt;

    if (size < 1 + sizeof(*header))
        return 0;
    memset(block, 0, sizeof(block));
    memcpy(block, data + 1, sizeof(*header));
    if (data[0] & SEAL && header->header_bytes <= BLOCK_BYTES)
        gpt_builder_seal(block);
    if (gpt_parse_header(block, sizeof(block), LBA, LAST_LBA, &gpt) != NULL)
        return 0;
    check_gpt(&gpt, data + 1 + sizeof(*header), size - 1 - sizeof(*header));
    return 0;
}
