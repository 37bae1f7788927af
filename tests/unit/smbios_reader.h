/*
 * Reads SMBIOS structures back, as an OS does.
 */
#ifndef PVHEFI_TESTS_UNIT_SMBIOS_READER_H
#define PVHEFI_TESTS_UNIT_SMBIOS_READER_H

#include <stddef.h>

#include "tables/smbios_structures.h"

/* The structure behind this one and its strings. */
const struct smbios_header *smbios_next(const struct smbios_header *structure);

/* String number `number` of the structure; "" for 0, NULL when it has no such string. */
const char *smbios_text(const struct smbios_header *structure, unsigned int number);

/* The `index`-th structure of this type from `first` on, NULL when there are fewer. */
const struct smbios_header *smbios_find(const struct smbios_header *first, unsigned int type,
                                        unsigned int index);

#endif
