/*
 * Files and directories that are made, get another name or directory, and are removed, in the order
 * that shim/fat/fat_volume.h describes. Boot phase, after fat_volume_begin_change().
 */
#ifndef PVHEFI_SHIM_FAT_FAT_TREE_H
#define PVHEFI_SHIM_FAT_FAT_TREE_H

#include "shim/fat/fat_node.h"

/*
 * All: EFI_VOLUME_FULL, EFI_VOLUME_CORRUPTED, EFI_OUT_OF_RESOURCES, errors of medium_read() and
 * medium_write(); then changes may wait in the volume's cache that are to be discarded.
 */

/* There is none of that name. FAT_DIRECTORY among the attributes makes a directory. */
EFI_STATUS fat_tree_create(struct fat_node *directory, const struct fat_name *name,
                           uint8_t attributes, struct fat_node **ret_node);

/*
 * EFI_ACCESS_DENIED for the root, when another file has that name, and when `directory` lies in
 * `node`.
 */
EFI_STATUS fat_tree_move(struct fat_node *node, struct fat_node *directory,
                         const struct fat_name *name);

/* EFI_ACCESS_DENIED for the root and a directory with something in it. The node stays held. */
EFI_STATUS fat_tree_remove(struct fat_node *node);

#endif
