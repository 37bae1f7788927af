/*
 * Names of POSIX in ISO 9660 volumes: the system use sharing protocol (IEEE P1281) and Rock Ridge
 * (IEEE P1282). Pure.
 */
#ifndef PVHEFI_SHIM_ISO9660_ISO_ROCK_RIDGE_H
#define PVHEFI_SHIM_ISO9660_ISO_ROCK_RIDGE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define ISO_NAME_BYTES_MAX 255u

/* What the system use area of a record says. */
struct iso_rock_ridge {
    bool is_shared;     /* the root says that the areas of all records follow the protocol */
    uint8_t skip_bytes; /* … from this byte on */
    bool is_rock_ridge;
    bool is_link;                      /* symbolic */
    bool is_relocated;                 /* a directory that is seen elsewhere */
    uint32_t child_block;              /* 0, or where the directory is that is to be seen here */
    size_t name_bytes;                 /* 0: there is no name */
    char name[ISO_NAME_BYTES_MAX + 1]; /* UTF-8, with an end */
    /* The area goes on there; 0 bytes: it does not. */
    uint32_t next_block;
    uint32_t next_offset;
    uint32_t next_bytes;
};

/*
 * Adds what an area says; *fields begins with zeros. Entries that do not fit into the area end it.
 */
void iso_rock_ridge_take(struct iso_rock_ridge *fields, const uint8_t *area, size_t bytes);

#endif
