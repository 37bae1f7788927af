/*
 * Directory entries as they lie on the disk (Microsoft's FAT specification 1.03, sections 6 and 7).
 * Pure.
 */
#ifndef PVHEFI_SHIM_FAT_FAT_ENTRY_H
#define PVHEFI_SHIM_FAT_FAT_ENTRY_H

#include <stdbool.h>
#include <stdint.h>

#define FAT_ENTRY_BYTES      32u
#define FAT_SHORT_NAME_BYTES 11u

#define FAT_READ_ONLY  0x01u
#define FAT_HIDDEN     0x02u
#define FAT_SYSTEM     0x04u
#define FAT_LABEL      0x08u
#define FAT_DIRECTORY  0x10u
#define FAT_ARCHIVE    0x20u
#define FAT_LONG_NAME  0x0fu /* all of the first four: part of a long name */
#define FAT_ATTRIBUTES 0x3fu

/* First bytes of a name. */
#define FAT_NAME_END     0x00u /* neither this entry nor one behind it is in use */
#define FAT_NAME_REMOVED 0xe5u
#define FAT_NAME_E5      0x05u /* stands for 0xe5 */

/* The short name is to be shown in lower case. */
#define FAT_LOWER_BASE      0x08u
#define FAT_LOWER_EXTENSION 0x10u

struct fat_time {
    uint16_t time;      /* 5 bits hour, 6 bits minute, 5 bits half seconds */
    uint16_t date;      /* 7 bits year since 1980, 4 bits month, 5 bits day; 0: none */
    uint8_t hundredths; /* 0 to 199, on top of the half seconds */
};

struct fat_entry {
    uint8_t name[FAT_SHORT_NAME_BYTES];
    uint8_t attributes;
    uint8_t name_case;
    uint8_t created_hundredths;
    uint16_t created_time;
    uint16_t created_date;
    uint16_t accessed_date;
    uint16_t cluster_high;
    uint16_t modified_time;
    uint16_t modified_date;
    uint16_t cluster_low;
    uint32_t bytes;
} __attribute__((packed));
_Static_assert(sizeof(struct fat_entry) == FAT_ENTRY_BYTES, "FAT specification section 6");

static inline bool fat_entry_is_long_name(const struct fat_entry *entry)
{
    return (entry->attributes & FAT_ATTRIBUTES) == FAT_LONG_NAME;
}

static inline bool fat_entry_is_free(const struct fat_entry *entry)
{
    return entry->name[0] == FAT_NAME_END || entry->name[0] == FAT_NAME_REMOVED;
}

/* Neither free nor part of a name nor the volume's label. */
static inline bool fat_entry_is_file(const struct fat_entry *entry)
{
    return !fat_entry_is_free(entry) && !(entry->attributes & FAT_LABEL);
}

static inline uint32_t fat_entry_cluster(const struct fat_entry *entry)
{
    return (uint32_t)entry->cluster_high << 16 | entry->cluster_low;
}

static inline void fat_entry_set_cluster(struct fat_entry *entry, uint32_t cluster)
{
    entry->cluster_high = (uint16_t)(cluster >> 16);
    entry->cluster_low = (uint16_t)cluster;
}

static inline void fat_entry_set_modified(struct fat_entry *entry, struct fat_time time)
{
    entry->modified_time = time.time;
    entry->modified_date = time.date;
    entry->accessed_date = time.date;
}

#endif
