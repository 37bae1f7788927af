/*
 * Names of files: the eleven characters of DOS, and which of them stand for a longer name
 * (Microsoft's FAT specification 1.03, sections 6.1 and 7). Characters beyond ASCII in short names
 * are taken for Latin-1. Pure.
 */
#ifndef PVHEFI_SHIM_FAT_FAT_NAME_H
#define PVHEFI_SHIM_FAT_FAT_NAME_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include <efi.h>

#include "shim/fat/fat_entry.h"

#define FAT_NAME_CHARS_MAX 255u

/* A short name with its dot and the end. */
#define FAT_SHORT_TEXT_CHARS 13u

/* Which short names are tried for a long one. */
#define FAT_CANDIDATES 32u

/* A name that a client gave. */
struct fat_name {
    size_t chars; /* without the end */
    CHAR16 text[FAT_NAME_CHARS_MAX + 1];
};

/*
 * Takes the name as it would be on the disk: without blanks and dots at its end. false when nothing
 * is left or it is too long for the file system.
 */
bool fat_name_take(const CHAR16 *text, struct fat_name *ret_name);

/* No character in it that a name must not have. */
bool fat_name_is_valid(const struct fat_name *name);

/* Names that differ in case alone are the same. */
bool fat_name_equals(const struct fat_name *name, const CHAR16 *text);

/* The entry's short name as a text, in lower case where the entry says so. */
void fat_name_from_entry(const struct fat_entry *entry,
                         CHAR16 ret_text[static FAT_SHORT_TEXT_CHARS]);

/*
 * Whether the name can be stored without entries of a long name; sets the entry's name and case
 * then.
 */
bool fat_name_fits_entry(const struct fat_name *name, struct fat_entry *entry);

/*
 * Short name number `index` for a long name: first the name itself if it has but the wrong case,
 * then such with a number, then such with a checksum; other ones in each `round`. false when there
 * is none of that number.
 */
bool fat_name_candidate(const struct fat_name *name, unsigned int index, unsigned int round,
                        uint8_t ret_short[static FAT_SHORT_NAME_BYTES]);

/* Ties the parts of a long name to the entry with that short name. */
uint8_t fat_name_checksum(const uint8_t short_name[static FAT_SHORT_NAME_BYTES]);

#endif
