/*
 * Entries that come into directories and leave them, in the order that shim/fat/fat_volume.h
 * describes. Boot phase, after fat_volume_begin_change().
 */
#ifndef PVHEFI_SHIM_FAT_FAT_INSERT_H
#define PVHEFI_SHIM_FAT_FAT_INSERT_H

#include <stdint.h>

#include "shim/fat/fat_name.h"
#include "shim/fat/fat_node.h"

/*
 * Adds `entry`, whose short name and case are set here, under a name that is not in the directory;
 * but for `old`, an entry that will leave it (NULL: none). The entry waits in the volume's cache.
 * EFI_VOLUME_FULL, EFI_VOLUME_CORRUPTED, errors of medium_read() and medium_write().
 */
EFI_STATUS fat_insert(struct fat_node *directory, const struct fat_name *name,
                      const struct fat_node *old, struct fat_entry *entry, uint32_t *ret_first_slot,
                      uint32_t *ret_slot);

/* Adds an entry as it is: a volume's label. */
EFI_STATUS fat_insert_short(struct fat_node *directory, const struct fat_entry *entry);

/* Removes the entry in `slot` and its long name from `first_slot` on; that is on the disk. */
EFI_STATUS fat_remove(struct fat_node *directory, uint32_t first_slot, uint32_t slot);

#endif
