/*
 * The directory entries before a short one that hold a long name (Microsoft's FAT specification
 * 1.03, section 7): the last part comes first. Pure.
 */
#ifndef PVHEFI_SHIM_FAT_FAT_LONG_NAME_H
#define PVHEFI_SHIM_FAT_FAT_LONG_NAME_H

#include <stdbool.h>

#include "shim/fat/fat_name.h"

#define FAT_LONG_NAME_PARTS_MAX 20u

/* A long name while its parts are read. */
struct fat_long_name {
    unsigned int parts;   /* 0: there is none */
    unsigned int missing; /* parts that must still come */
    uint8_t checksum;
    CHAR16 text[FAT_NAME_CHARS_MAX + 1];
};

/* Takes the next part; one that does not fit to those before begins anew or ends the name. */
void fat_long_name_take(struct fat_long_name *name, const struct fat_entry *part);

/* All parts came, and they belong to `entry`, which follows them. */
bool fat_long_name_belongs_to(const struct fat_long_name *name, const struct fat_entry *entry);

/* How many parts a name needs. */
unsigned int fat_long_name_parts(const struct fat_name *name);

/* The `index`-th entry, from 0 on, of those that come before the one with `short_name`. */
void fat_long_name_make(const struct fat_name *name, unsigned int index,
                        const uint8_t short_name[static FAT_SHORT_NAME_BYTES],
                        struct fat_entry *ret_part);

#endif
