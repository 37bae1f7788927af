/*
 * The content of files, in the order that shim/fat/fat_volume.h describes. Boot phase.
 */
#ifndef PVHEFI_SHIM_FAT_FAT_FILE_H
#define PVHEFI_SHIM_FAT_FAT_FILE_H

#include <stdint.h>

#include "shim/fat/fat_node.h"

/* Sizes in directory entries have 32 bits. */
#define FAT_FILE_BYTES_MAX UINT32_MAX

/* At most *bytes from `offset` on. EFI_VOLUME_CORRUPTED, errors of medium_read(). */
EFI_STATUS fat_file_read(struct fat_node *node, uint64_t offset, uint64_t *bytes, void *buffer);

/*
 * After fat_volume_begin_change(). What lies between the end and `offset` becomes zero.
 * EFI_VOLUME_FULL, EFI_VOLUME_CORRUPTED, EFI_OUT_OF_RESOURCES, errors of medium_read() and
 * medium_write(): the file is as long as before, and the bytes that it had there may be the new
 * ones.
 */
EFI_STATUS fat_file_write(struct fat_node *node, uint64_t offset, uint64_t bytes,
                          const void *buffer);

/* Likewise; what is added is zero. */
EFI_STATUS fat_file_resize(struct fat_node *node, uint64_t bytes);

#endif
