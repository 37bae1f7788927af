/*
 * The file allocation table: for each cluster, which one follows it. Changes wait in the volume's
 * cache. Boot phase.
 */
#ifndef PVHEFI_SHIM_FAT_FAT_TABLE_H
#define PVHEFI_SHIM_FAT_FAT_TABLE_H

#include <stdint.h>

#include "shim/fat/fat_volume.h"

/* What stands for a cluster beside the number of the next one. */
#define FAT_CLUSTER_FREE 0u
#define FAT_CLUSTER_END  UINT32_MAX

/*
 * Which cluster follows, FAT_CLUSTER_FREE or FAT_CLUSTER_END. EFI_VOLUME_CORRUPTED when `cluster`
 * or what follows is no cluster's number, or one that is marked as bad; errors of medium_read().
 */
EFI_STATUS fat_table_get(struct fat_volume *volume, uint32_t cluster, uint32_t *ret_next);

/* EFI_VOLUME_CORRUPTED when `cluster` is none; errors of medium_read(). */
EFI_STATUS fat_table_set(struct fat_volume *volume, uint32_t cluster, uint32_t next);

/*
 * A free cluster, the first one from `from` on, or from the beginning when there is none.
 * EFI_VOLUME_FULL, errors of medium_read().
 */
EFI_STATUS fat_table_find_free(struct fat_volume *volume, uint32_t from, uint32_t *ret_cluster);

EFI_STATUS fat_table_count_free(struct fat_volume *volume, uint32_t *ret_clusters);

#endif
