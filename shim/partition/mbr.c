#include "shim/partition/mbr.h"

#include <stddef.h>

#include "loader/lib/string.h"

#define TYPE_UNUSED         0x00
#define TYPE_EXTENDED_CHS   0x05
#define TYPE_EXTENDED_LBA   0x0f
#define TYPE_EXTENDED_LINUX 0x85
#define TYPE_PROTECTIVE     0xee
#define INDICATOR_ACTIVE    0x80
#define PROTECTIVE_FIRST    1

/* Of an extended boot record: the partition, and where the next record is. */
#define EBR_PARTITION 0
#define EBR_NEXT      1

_Static_assert(sizeof(MBR_PARTITION_RECORD) == 16, "a record as on the disk");
_Static_assert(sizeof(MASTER_BOOT_RECORD) == MBR_SIZE, "the first block as on the disk");
_Static_assert(offsetof(MASTER_BOOT_RECORD, Partition) == 446, "four records at 446");

struct extent {
    uint64_t first;
    uint64_t blocks;
};

static uint32_t read_le32(const uint8_t *bytes)
{
    return bytes[0] | (uint32_t)bytes[1] << 8 | (uint32_t)bytes[2] << 16 | (uint32_t)bytes[3] << 24;
}

static bool is_extended(const MBR_PARTITION_RECORD *record)
{
    return record->OSIndicator == TYPE_EXTENDED_CHS || record->OSIndicator == TYPE_EXTENDED_LBA ||
           record->OSIndicator == TYPE_EXTENDED_LINUX;
}

/* A boot sector of a file system has code where the records would be. */
static bool is_table(const MASTER_BOOT_RECORD *sector)
{
    if (sector->Signature != MBR_SIGNATURE)
        return false;
    for (unsigned int i = 0; i < MAX_MBR_PARTITIONS; i++)
        if (sector->Partition[i].BootIndicator & ~INDICATOR_ACTIVE)
            return false;
    return true;
}

/*
 * The blocks that a record means, counted from `base`; false when it is unused or they are not all
 * inside `limit`. Block 0 of a table holds the table.
 */
static bool read_extent(const MBR_PARTITION_RECORD *record, uint64_t base, struct extent limit,
                        struct extent *ret_extent)
{
    uint64_t first = base + read_le32(record->StartingLBA);
    uint64_t blocks = read_le32(record->SizeInLBA);

    if (record->OSIndicator == TYPE_UNUSED || !blocks || first <= base)
        return false;
    if (first < limit.first || first - limit.first > limit.blocks ||
        blocks > limit.blocks - (first - limit.first))
        return false;
    *ret_extent = (struct extent){first, blocks};
    return true;
}

static void add(struct mbr *mbr, unsigned int number, struct extent extent,
                const MBR_PARTITION_RECORD *record)
{
    mbr->partition[mbr->count++] = (struct mbr_partition){
        .number = number,
        .first_block = extent.first,
        .blocks = extent.blocks,
        .record = *record,
    };
}

/* Each link is counted from the chain's beginning; its size means nothing. */
static bool read_link(const MBR_PARTITION_RECORD *record, struct extent chain, uint64_t *ret_block)
{
    uint64_t distance = read_le32(record->StartingLBA);

    if (!is_extended(record) || !distance || distance >= chain.blocks)
        return false;
    *ret_block = chain.first + distance;
    return true;
}

/* A chain that is a loop ends some time, too. */
static void read_logical(struct medium *medium, struct extent chain, struct mbr *mbr)
{
    unsigned int number = MBR_FIRST_LOGICAL;
    uint64_t block = chain.first;
    MASTER_BOOT_RECORD sector;
    struct extent extent;

    for (unsigned int i = 0; i < MBR_PARTITIONS_MAX - MAX_MBR_PARTITIONS; i++) {
        const MBR_PARTITION_RECORD *record = &sector.Partition[EBR_PARTITION];

        if (medium_read(medium, block * medium->block_bytes, sizeof(sector), &sector) ||
            !is_table(&sector))
            return;
        if (read_extent(record, block, chain, &extent) && !is_extended(record))
            add(mbr, number++, extent, record);
        if (!read_link(&sector.Partition[EBR_NEXT], chain, &block))
            return;
    }
}

static void read_primary(struct medium *medium, const MASTER_BOOT_RECORD *sector, struct mbr *mbr)
{
    struct extent disk = {0, medium->bytes / medium->block_bytes};
    struct extent chain = {0};
    struct extent extent;

    for (unsigned int i = 0; i < MAX_MBR_PARTITIONS; i++) {
        const MBR_PARTITION_RECORD *record = &sector->Partition[i];

        /* Its size may be that of a larger disk, or as much as 32 bits can say. */
        if (record->OSIndicator == TYPE_PROTECTIVE) {
            mbr->is_protective |= read_le32(record->StartingLBA) == PROTECTIVE_FIRST;
            continue;
        }
        if (!read_extent(record, 0, disk, &extent))
            continue;
        if (!is_extended(record))
            add(mbr, i + 1, extent, record);
        else if (!chain.blocks)
            chain = extent;
    }
    if (chain.blocks)
        read_logical(medium, chain, mbr);
}

EFI_STATUS mbr_read(struct medium *medium, struct mbr *ret_mbr)
{
    MASTER_BOOT_RECORD sector;
    EFI_STATUS status = medium_read(medium, 0, sizeof(sector), &sector);

    if (status != EFI_SUCCESS)
        return status;
    if (!is_table(&sector))
        return EFI_NOT_FOUND;
    memset(ret_mbr, 0, sizeof(*ret_mbr));
    ret_mbr->signature = read_le32(sector.UniqueMbrSignature);
    read_primary(medium, &sector, ret_mbr);
    return EFI_SUCCESS;
}
