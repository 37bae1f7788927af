/*
 * ISO 9660 volumes: which of their trees is read, and what its directories hold. Rock Ridge's names
 * come before Joliet's, these before the plain ones. Boot phase.
 */
#ifndef PVHEFI_SHIM_ISO9660_ISO_VOLUME_H
#define PVHEFI_SHIM_ISO9660_ISO_VOLUME_H

#include <stdbool.h>
#include <stdint.h>

#include <efi.h>

#include "shim/file/file_system.h"
#include "shim/medium/medium_cache.h"

#define ISO_LABEL_CHARS 32u

/* A larger directory is damage, not a directory. */
#define ISO_DIRECTORY_BYTES_MAX (16u << 20)

enum iso_names {
    ISO_NAMES_PLAIN,
    ISO_NAMES_JOLIET,
    ISO_NAMES_ROCK_RIDGE,
};

/* A file or directory as its directory tells it. */
struct iso_entry {
    uint64_t offset; /* of the content, in bytes of the medium */
    uint64_t bytes;
    bool is_directory;
    bool is_hidden;
    EFI_TIME time;
    struct file_name name;
};

struct iso_volume {
    struct medium *medium;
    struct medium_cache cache;
    enum iso_names names;
    uint32_t block_bytes;
    uint64_t total_bytes;
    uint8_t skip_bytes; /* at the beginning of each system use area */
    struct iso_entry root;
    CHAR16 label[ISO_LABEL_CHARS + 1];
};

/* EFI_UNSUPPORTED when there is no such volume, errors of medium_read(). */
EFI_STATUS iso_volume_probe(struct medium *medium);

/* The same, and EFI_OUT_OF_RESOURCES, EFI_VOLUME_CORRUPTED. `medium` must stay. */
EFI_STATUS iso_volume_mount(struct iso_volume *volume, struct medium *medium);

void iso_volume_unmount(struct iso_volume *volume);

#endif
