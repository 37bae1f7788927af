/*
 * The partition table of PCs since DOS 2: four records in the first block, logical partitions in a
 * chain behind one of them (UEFI 2.10 section 5.2). Pure.
 */
#ifndef PVHEFI_SHIM_PARTITION_MBR_H
#define PVHEFI_SHIM_PARTITION_MBR_H

#include <stdbool.h>
#include <stdint.h>

#include <efi.h>
#include <efipart.h>

#include "shim/medium/medium.h"

#define MBR_FIRST_LOGICAL  5u
#define MBR_PARTITIONS_MAX 64u

struct mbr_partition {
    unsigned int number;  /* 1 to 4: which record; logical ones from MBR_FIRST_LOGICAL on */
    uint64_t first_block; /* of the disk, in its blocks */
    uint64_t blocks;      /* inside the disk, never 0 */
    MBR_PARTITION_RECORD record;
};

struct mbr {
    uint32_t signature; /* 0 when nobody wrote one */
    bool is_protective; /* the disk's GPT counts, this table is for those who know no GPT */
    unsigned int count;
    struct mbr_partition partition[MBR_PARTITIONS_MAX]; /* neither unused nor extended ones */
};

/*
 * Records that lead out of the disk are left out, and a chain of logical partitions ends where it
 * is damaged. EFI_NOT_FOUND when the first block holds no partition table, not even an empty one;
 * the errors of medium_read() for the first block.
 */
EFI_STATUS mbr_read(struct medium *medium, struct mbr *ret_mbr);

#endif
