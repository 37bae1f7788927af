/*
 * Directory records of ISO 9660 volumes (ECMA-119 section 9.1). Pure.
 */
#ifndef PVHEFI_SHIM_ISO9660_ISO_RECORD_H
#define PVHEFI_SHIM_ISO9660_ISO_RECORD_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include <efi.h>

/* A record lies in one sector. */
#define ISO_SECTOR_BYTES     2048u
#define ISO_RECORD_BYTES_MAX 255u
/* A record without name and system use; the root's in a volume descriptor has a name of one byte.
 */
#define ISO_RECORD_BYTES_MIN  33u
#define ISO_ROOT_RECORD_BYTES 34u

#define ISO_HIDDEN       0x01u
#define ISO_DIRECTORY    0x02u
#define ISO_ASSOCIATED   0x04u /* belongs to the next record's file, is none of its own */
#define ISO_MULTI_EXTENT 0x80u /* the next record continues the file */

struct iso_record {
    size_t record_bytes;
    uint32_t block; /* where the content begins, in logical blocks */
    uint32_t bytes;
    uint8_t flags;
    EFI_TIME time;       /* all zero: unknown */
    const uint8_t *name; /* these point into the bytes that were parsed */
    size_t name_bytes;
    const uint8_t *system_use;
    size_t system_use_bytes;
};

/*
 * The record that `bytes` begin with. false when it does not fit into them, or has its content in
 * pieces with gaps.
 */
bool iso_record_parse(const uint8_t *bytes, size_t bytes_available, struct iso_record *ret_record);

/* "." and "..". */
bool iso_record_is_dots(const struct iso_record *record);

#endif
