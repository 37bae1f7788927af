/*
 * Writes SMBIOS structures with their strings one after another (SMBIOS 3.0 section 6.1). Pure.
 */
#ifndef PVHEFI_TABLES_SMBIOS_WRITER_H
#define PVHEFI_TABLES_SMBIOS_WRITER_H

#include <stddef.h>
#include <stdint.h>

#include "tables/smbios_structures.h"

struct smbios_writer {
    uint8_t *buffer;
    size_t capacity;
    size_t used; /* more than capacity: what it would take; the buffer has what fitted */
};

/* As many as a structure other than type 11 refers to. */
#define SMBIOS_STRINGS_MAX 8

/* Borrows the texts. */
struct smbios_strings {
    const char *text[SMBIOS_STRINGS_MAX];
    uint8_t count;
};

/* The number by which the structure refers to `text`; 0 for NULL and for "", which cannot be in a
 * string set. */
uint8_t smbios_strings_add(struct smbios_strings *strings, const char *text);

/* `structure` has header->bytes bytes; none of the `count` strings is empty. */
void smbios_writer_add(struct smbios_writer *writer, const struct smbios_header *structure,
                       const char *const *strings, unsigned int count);

#endif
