/*
 * Directories: slots of 32 bytes, several of which make an entry with a long name (Microsoft's FAT
 * specification 1.03, sections 6 and 7). Boot phase.
 */
#ifndef PVHEFI_SHIM_FAT_FAT_DIRECTORY_H
#define PVHEFI_SHIM_FAT_FAT_DIRECTORY_H

#include <stdint.h>

#include "shim/fat/fat_name.h"
#include "shim/fat/fat_volume.h"

struct fat_node;

/* No directory is larger (2 MiB). */
#define FAT_SLOTS_MAX 65536u

struct fat_found {
    uint32_t first_slot; /* of the long name, or `slot` */
    uint32_t slot;       /* of `entry` */
    struct fat_entry entry;
    CHAR16 name[FAT_NAME_CHARS_MAX + 1];
};

/*
 * One slot. EFI_NOT_FOUND behind the directory's last cluster; EFI_VOLUME_CORRUPTED, errors of
 * medium_read(). Writes wait in the volume's cache.
 */
EFI_STATUS fat_directory_read(struct fat_node *directory, uint32_t slot,
                              struct fat_entry *ret_entry);
EFI_STATUS fat_directory_write(struct fat_node *directory, uint32_t slot,
                               const struct fat_entry *entry);

/* The sector of the disk with that slot. Same errors. */
EFI_STATUS fat_directory_sector(struct fat_node *directory, uint32_t slot, uint64_t *ret_sector);

/*
 * The next entry from *slot on, which then is behind it; "." and ".." are such, the volume's label
 * is not. EFI_NOT_FOUND at the end. Same errors.
 */
EFI_STATUS fat_directory_next(struct fat_node *directory, uint32_t *slot,
                              struct fat_found *ret_found);

/* The entry whose long or short name it is. EFI_NOT_FOUND, same errors. */
EFI_STATUS fat_directory_find(struct fat_node *directory, const struct fat_name *name,
                              struct fat_found *ret_found);

/* The entry with the volume's label; its place and `entry` only. EFI_NOT_FOUND, same errors. */
EFI_STATUS fat_directory_find_label(struct fat_node *root, struct fat_found *ret_found);

/* Has nothing but "." and "..". Same errors. */
EFI_STATUS fat_directory_is_empty(struct fat_node *directory, bool *ret_empty);

#endif
