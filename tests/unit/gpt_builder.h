/*
 * GUID partition tables with whatever is wrong with them, but right checksums.
 */
#ifndef PVHEFI_TESTS_UNIT_GPT_BUILDER_H
#define PVHEFI_TESTS_UNIT_GPT_BUILDER_H

#include <stddef.h>
#include <stdint.h>

#include <efi.h>

/* The header as on the disk. */
struct gpt_builder {
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

/* A primary header of a disk with `blocks` blocks, with 128 entries in `entry_blocks` blocks. */
struct gpt_builder gpt_builder_header(uint64_t blocks, uint64_t entry_blocks);

/* Gives `block` the checksum that its header should have; its size must be right. */
void gpt_builder_seal(void *block);

#endif
