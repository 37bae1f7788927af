#include "shim/partition/gpt.h"

#include "loader/lib/crc32.h"
#include "loader/lib/string.h"

#define SIGNATURE UINT64_C(0x5452415020494645) /* "EFI PART" */

struct gpt_header {
    uint64_t signature;
    uint32_t revision;
    uint32_t header_bytes;
    uint32_t header_crc;
    uint32_t reserved;
    uint64_t my_lba;
    uint64_t alternate_lba;
    uint64_t first_usable_lba;
    uint64_t last_usable_lba;
    EFI_GUID disk;
    uint64_t entries_lba;
    uint32_t entry_count;
    uint32_t entry_bytes;
    uint32_t entries_crc;
} __attribute__((packed));
_Static_assert(sizeof(struct gpt_header) == 92, "UEFI 2.10 section 5.3.2");
_Static_assert(sizeof(struct gpt_entry) == GPT_ENTRY_BYTES, "UEFI 2.10 section 5.3.3");

/* The checksum counts its own field as 0. */
static bool header_is_intact(const void *block, uint32_t header_bytes, uint32_t header_crc)
{
    static const uint32_t no_crc;
    uint32_t crc = crc32_extend(0, block, offsetof(struct gpt_header, header_crc));
    size_t rest = offsetof(struct gpt_header, reserved);

    crc = crc32_extend(crc, &no_crc, sizeof(no_crc));
    return crc32_extend(crc, (const uint8_t *)block + rest, header_bytes - rest) == header_crc;
}

static bool entries_are_sane(const struct gpt_header *header)
{
    uint32_t bytes = header->entry_bytes;

    return bytes >= GPT_ENTRY_BYTES && (bytes & (bytes - 1)) == 0 && header->entry_count &&
           header->entry_count <= GPT_TABLE_BYTES_MAX / bytes;
}

/* The array lies on the disk, and not where partitions are. */
static bool layout_is_sane(const struct gpt_header *header, size_t block_bytes, uint64_t last_lba)
{
    uint64_t bytes = (uint64_t)header->entry_count * header->entry_bytes;
    uint64_t blocks = (bytes + block_bytes - 1) / block_bytes;
    uint64_t first = header->entries_lba;

    if (header->first_usable_lba > header->last_usable_lba || header->last_usable_lba > last_lba)
        return false;
    if (first <= GPT_PRIMARY_LBA || first > last_lba || blocks > last_lba - first + 1)
        return false;
    return first > header->last_usable_lba || first + blocks <= header->first_usable_lba;
}

const char *gpt_parse_header(const void *block, size_t block_bytes, uint64_t lba, uint64_t last_lba,
                             struct gpt *ret_gpt)
{
    struct gpt_header header;

    memcpy(&header, block, sizeof(header));
    if (header.signature != SIGNATURE)
        return "no signature";
    if (header.header_bytes < sizeof(header) || header.header_bytes > block_bytes)
        return "bad header size";
    if (!header_is_intact(block, header.header_bytes, header.header_crc))
        return "bad header checksum";
    if (header.my_lba != lba)
        return "header of another block";
    if (!entries_are_sane(&header))
        return "bad number or size of entries";
    if (!layout_is_sane(&header, block_bytes, last_lba))
        return "blocks outside the disk";
    *ret_gpt = (struct gpt){
        .other_lba = header.alternate_lba,
        .first_usable_lba = header.first_usable_lba,
        .last_usable_lba = header.last_usable_lba,
        .entries_lba = header.entries_lba,
        .entry_count = header.entry_count,
        .entry_bytes = header.entry_bytes,
        .entries_crc = header.entries_crc,
    };
    return NULL;
}

size_t gpt_entries_bytes(const struct gpt *gpt)
{
    return (size_t)gpt->entry_count * gpt->entry_bytes;
}

bool gpt_entries_are_intact(const struct gpt *gpt, const void *entries)
{
    return crc32_compute(entries, gpt_entries_bytes(gpt)) == gpt->entries_crc;
}

bool gpt_parse_entry(const struct gpt *gpt, const void *entries, uint32_t index,
                     struct gpt_entry *ret_entry)
{
    static const EFI_GUID unused;
    struct gpt_entry entry;

    memcpy(&entry, (const uint8_t *)entries + (size_t)index * gpt->entry_bytes, sizeof(entry));
    if (memcmp(&entry.type, &unused, sizeof(unused)) == 0)
        return false;
    if (entry.first_lba < gpt->first_usable_lba || entry.last_lba < entry.first_lba ||
        entry.last_lba > gpt->last_usable_lba)
        return false;
    *ret_entry = entry;
    return true;
}
