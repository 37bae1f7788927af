/*
 * Chains of clusters: what holds the content of a file or directory. Boot phase.
 */
#ifndef PVHEFI_SHIM_FAT_FAT_CHAIN_H
#define PVHEFI_SHIM_FAT_FAT_CHAIN_H

#include <stddef.h>
#include <stdint.h>

#include "shim/fat/fat_volume.h"

/* A chain that was walked knows how far: {.first = …} begins anew. */
struct fat_chain {
    uint32_t first; /* 0: no cluster at all */
    uint32_t position;
    uint32_t cluster; /* the one at `position`; 0: unknown */
};

/* Clusters that follow each other on the disk. */
struct fat_run {
    uint32_t cluster;
    uint32_t clusters;
};

/*
 * The clusters from the chain's `position`-th one on that lie in a row, at most `limit`.
 * EFI_NOT_FOUND when the chain is shorter; EFI_VOLUME_CORRUPTED when it is a loop or leads astray;
 * errors of medium_read().
 */
EFI_STATUS fat_chain_run(struct fat_volume *volume, struct fat_chain *chain, uint32_t position,
                         uint32_t limit, struct fat_run *ret_run);

/* Number of clusters and, unless that is 0, the last one of them. Errors as above. */
EFI_STATUS fat_chain_end(struct fat_volume *volume, struct fat_chain *chain, uint32_t *ret_clusters,
                         uint32_t *ret_last);

/*
 * A new chain that belongs to nobody, best right behind cluster `after` (0: anywhere). It is on the
 * disk. EFI_VOLUME_FULL, errors of medium_read() and medium_write(): nothing was taken.
 */
EFI_STATUS fat_chain_allocate(struct fat_volume *volume, uint32_t clusters, uint32_t after,
                              uint32_t *ret_first);

/* All clusters from `first` on, to which nothing must lead any more. Errors as above. */
EFI_STATUS fat_chain_free(struct fat_volume *volume, uint32_t first);

/* Cluster `last` is followed by `next`, FAT_CLUSTER_END among others; that is on the disk. */
EFI_STATUS fat_chain_link(struct fat_volume *volume, uint32_t last, uint32_t next);

#endif
