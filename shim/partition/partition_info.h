/*
 * EFI_PARTITION_INFO_PROTOCOL (UEFI 2.10 section 13.18), which gnu-efi's headers lack.
 */
#ifndef PVHEFI_SHIM_PARTITION_PARTITION_INFO_H
#define PVHEFI_SHIM_PARTITION_PARTITION_INFO_H

#include <stddef.h>
#include <stdint.h>

#include <efi.h>
#include <efipart.h>

#include "shim/partition/gpt.h"

#define EFI_PARTITION_INFO_PROTOCOL_GUID                   \
    {                                                      \
        0x8cf2f62c, 0xbc9b, 0x4821,                        \
        {                                                  \
            0x80, 0x8d, 0xec, 0x9e, 0xc4, 0x21, 0xa1, 0xa0 \
        }                                                  \
    }

#define EFI_PARTITION_INFO_PROTOCOL_REVISION 0x0001000u

#define PARTITION_TYPE_OTHER 0u
#define PARTITION_TYPE_MBR   1u
#define PARTITION_TYPE_GPT   2u

typedef struct partition_info {
    uint32_t revision;
    uint32_t type;
    uint8_t system; /* 1: an EFI system partition */
    uint8_t reserved[7];
    union {
        MBR_PARTITION_RECORD mbr;
        struct gpt_entry gpt;
    } info;
} __attribute__((packed)) EFI_PARTITION_INFO_PROTOCOL;
_Static_assert(offsetof(EFI_PARTITION_INFO_PROTOCOL, info) == 16, "UEFI 2.10 section 13.18");
_Static_assert(sizeof(EFI_PARTITION_INFO_PROTOCOL) == 144, "UEFI 2.10 section 13.18");

#endif
