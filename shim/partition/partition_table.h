/*
 * The partitions of a disk, whichever table it has (UEFI 2.10 section 13.3.2: first GPT, then El
 * Torito, then MBR). Boot phase.
 */
#ifndef PVHEFI_SHIM_PARTITION_PARTITION_TABLE_H
#define PVHEFI_SHIM_PARTITION_PARTITION_TABLE_H

#include <stdbool.h>
#include <stdint.h>

#include <efi.h>

#include "shim/medium/medium.h"
#include "shim/partition/gpt.h"
#include "shim/partition/mbr.h"

enum partition_kind {
    PARTITION_GPT,
    PARTITION_EL_TORITO,
    PARTITION_MBR,
};

struct partition_entry {
    enum partition_kind kind;
    uint32_t number; /* as device paths count: from 1; boot entries of El Torito from 0 */
    uint64_t first_block;
    uint64_t blocks; /* inside the disk, never 0 */
    bool is_efi_system;
    union {
        struct gpt_entry gpt;
        struct {
            MBR_PARTITION_RECORD record;
            uint32_t signature; /* of the disk */
        } mbr;
    };
};

/* Anything but EFI_SUCCESS ends the reading. */
typedef EFI_STATUS partition_visit(void *context, const struct partition_entry *entry);

/*
 * Calls `visit` for each partition. EFI_NOT_FOUND when there was none; EFI_OUT_OF_RESOURCES, the
 * errors of medium_read() and of `visit`. A damaged table is logged.
 */
EFI_STATUS partition_table_read(struct medium *medium, partition_visit *visit, void *context);

#endif
