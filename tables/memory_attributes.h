/*
 * EFI_MEMORY_ATTRIBUTES_TABLE (UEFI 2.10 section 4.6.4): how the OS shall protect what stays of the
 * firmware. Boot phase.
 */
#ifndef PVHEFI_TABLES_MEMORY_ATTRIBUTES_H
#define PVHEFI_TABLES_MEMORY_ATTRIBUTES_H

#include <stddef.h>
#include <stdint.h>

#include <efi.h>

#define EFI_MEMORY_ATTRIBUTES_TABLE_GUID                   \
    {                                                      \
        0xdcfa911d, 0x26eb, 0x469f,                        \
        {                                                  \
            0xa2, 0x20, 0x38, 0xb7, 0xdc, 0x46, 0x12, 0x20 \
        }                                                  \
    }

struct memory_attributes_table {
    uint32_t version;
    uint32_t entries;
    uint32_t descriptor_bytes;
    uint32_t flags;
    /* `entries` EFI_MEMORY_DESCRIPTORs follow */
};
_Static_assert(sizeof(struct memory_attributes_table) == 16, "UEFI 2.10 section 4.6.4");

/* The firmware's own runtime image inside its memory descriptor. */
struct runtime_layout {
    uint64_t start;
    uint64_t text_end; /* read-only before, not executable from here on */
    uint64_t end;
};

/*
 * Writes the table for a memory map (as GetMemoryMap returns it): each runtime descriptor, the one
 * that holds the runtime image split into its parts. `ret_entries` has room for `capacity` entries.
 * EFI_BUFFER_TOO_SMALL when that is not enough; the table then has what fitted. Pure.
 */
EFI_STATUS memory_attributes_build(const void *map, size_t map_bytes, size_t descriptor_bytes,
                                   const struct runtime_layout *layout,
                                   struct memory_attributes_table *ret_table,
                                   EFI_MEMORY_DESCRIPTOR *ret_entries, size_t capacity);

#endif
