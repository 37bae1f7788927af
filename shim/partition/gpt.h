/*
 * GUID partition tables (UEFI 2.10 section 5.3). Pure: blocks of the disk in, checked facts out.
 */
#ifndef PVHEFI_SHIM_PARTITION_GPT_H
#define PVHEFI_SHIM_PARTITION_GPT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include <efi.h>

#define GPT_PRIMARY_LBA     1u
#define GPT_NAME_CHARS      36u
#define GPT_ENTRY_BYTES     128u
#define GPT_TABLE_BYTES_MAX (1u << 20) /* 8192 entries */

/* Attributes of an entry. */
#define GPT_NO_BLOCK_IO (UINT64_C(1) << 1) /* firmware offers no BlockIo for the partition */

#define GPT_EFI_SYSTEM_GUID                                \
    {                                                      \
        0xc12a7328, 0xf81f, 0x11d2,                        \
        {                                                  \
            0xba, 0x4b, 0x00, 0xa0, 0xc9, 0x3e, 0xc9, 0x3b \
        }                                                  \
    }

/* EFI_PARTITION_ENTRY, which gnu-efi's headers lack. */
struct gpt_entry {
    EFI_GUID type;
    EFI_GUID unique;
    uint64_t first_lba;
    uint64_t last_lba;
    uint64_t attributes;
    CHAR16 name[GPT_NAME_CHARS];
};

/* What a valid header says. */
struct gpt {
    uint64_t other_lba; /* of the other copy of this header */
    uint64_t first_usable_lba;
    uint64_t last_usable_lba;
    uint64_t entries_lba;
    uint32_t entry_count;
    uint32_t entry_bytes;
    uint32_t entries_crc;
};

/*
 * Checks the header that was read from block `lba` of a disk with `last_lba` as its last block.
 * NULL when it is good; else what is wrong, for a message.
 */
const char *gpt_parse_header(const void *block, size_t block_bytes, uint64_t lba, uint64_t last_lba,
                             struct gpt *ret_gpt);

/* The size of the array of entries, at most GPT_TABLE_BYTES_MAX. */
size_t gpt_entries_bytes(const struct gpt *gpt);

/* The whole array has the checksum that the header gives. */
bool gpt_entries_are_intact(const struct gpt *gpt, const void *entries);

/* Entry `index` of the array; false when it is unused or lies outside the usable blocks. */
bool gpt_parse_entry(const struct gpt *gpt, const void *entries, uint32_t index,
                     struct gpt_entry *ret_entry);

#endif
