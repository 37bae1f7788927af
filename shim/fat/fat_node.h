/*
 * Files and directories of a FAT volume that are in use: each once, however many clients have it
 * open. Boot phase.
 */
#ifndef PVHEFI_SHIM_FAT_FAT_NODE_H
#define PVHEFI_SHIM_FAT_FAT_NODE_H

#include <stdbool.h>
#include <stdint.h>

#include "shim/fat/fat_chain.h"
#include "shim/fat/fat_directory.h"
#include "shim/fat/fat_volume.h"
#include "shim/file/file_system.h"

struct fat_node {
    struct file_node file;
    struct list link; /* in volume->nodes, unless it was removed */
    struct fat_volume *volume;
    struct fat_node *parent; /* held; NULL for the root */
    unsigned int holds;
    struct fat_chain chain;
    uint32_t first_slot; /* in the parent: of the long name, or `slot` */
    uint32_t slot;       /* of `entry` */
    struct fat_entry entry;
};

/* The node is held. EFI_OUT_OF_RESOURCES. */
EFI_STATUS fat_node_root(struct fat_volume *volume, struct fat_node **ret_root);

/* What was found in `directory`. EFI_OUT_OF_RESOURCES, EFI_VOLUME_CORRUPTED. */
EFI_STATUS fat_node_open(struct fat_node *directory, const struct fat_found *found,
                         struct fat_node **ret_node);

void fat_node_hold(struct fat_node *node);
void fat_node_release(struct fat_node *node);

/* It is no longer in its directory. */
void fat_node_forget(struct fat_node *node);

/* Now it is there; both directories' holds follow. */
void fat_node_place(struct fat_node *node, struct fat_node *directory, uint32_t first_slot,
                    uint32_t slot);

/* Writes `entry`, which becomes the node's when it is on the disk. Errors of medium_write(). */
EFI_STATUS fat_node_store(struct fat_node *node, const struct fat_entry *entry);

#endif
