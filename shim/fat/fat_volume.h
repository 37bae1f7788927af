/*
 * A FAT volume that is in use: what all parts of the file system share. Boot phase, TPL_CALLBACK.
 *
 * A guest may be destroyed at any moment. What it leaves is repaired by fsck.fat without loss of
 * anything that was there before, because changes reach the disk in this order (each step is on the
 * disk before the next one begins):
 *
 *   longer file    new clusters are chained and marked as used, belonging to nobody; their content;
 *                  the old end is linked to them; the directory entry (size, first cluster, times)
 *   shorter file   directory entry; the new end is marked; the clusters behind it are freed
 *   new file       the parts of its long name; its short entry (at once where one sector has all)
 *   new directory  its cluster is marked; its content; its entry
 *   more entries   as a longer file, the new clusters zeroed before they are linked
 *   removed file   short entry, with its long name where that lies in the same sector; the rest of
 *                  the long name; its clusters are freed
 *   other name     new entry; ".." of a directory that moved; old entry removed. One write where
 * both lie in one sector
 *
 * So what is cut off leaves clusters that belong to nobody, a chain longer than its file, parts of
 * a long name without a file, or two names of one file; never a chain that is shorter than its
 * file, a free cluster in a chain, or a name that is lost. Before the first step the volume is
 * marked as being changed, after the last one the free-space figures are brought up to date and the
 * mark is taken away. The order counts against the end of the guest; against that of the host only
 * fat_volume_sync() helps, which asks the disk to make sure.
 */
#ifndef PVHEFI_SHIM_FAT_FAT_VOLUME_H
#define PVHEFI_SHIM_FAT_FAT_VOLUME_H

#include <stdbool.h>
#include <stdint.h>

#include <efi.h>

#include "loader/lib/list.h"
#include "shim/fat/fat_bpb.h"
#include "shim/fat/fat_entry.h"
#include "shim/medium/medium_cache.h"

#define FAT_CLUSTERS_UNKNOWN UINT32_MAX

/* The current time; false when nobody knows it. */
typedef bool fat_clock(EFI_TIME *ret_time);

struct fat_volume {
    struct medium *medium;
    struct medium_cache cache;
    struct fat_geometry geometry;
    fat_clock *clock;
    uint32_t next_cluster;  /* where to look for free ones */
    uint32_t free_clusters; /* or FAT_CLUSTERS_UNKNOWN */
    bool is_changing;       /* the mark is on the disk */
    struct list nodes;      /* of open files and directories */
};

/*
 * EFI_UNSUPPORTED when the medium holds no FAT volume, EFI_OUT_OF_RESOURCES, the errors of
 * medium_read(). `medium` must stay.
 */
EFI_STATUS fat_volume_mount(struct fat_volume *volume, struct medium *medium, fat_clock *clock);

/* No node may be in use. What has not been written is lost. */
void fat_volume_unmount(struct fat_volume *volume);

/* Before a change: EFI_WRITE_PROTECTED, the errors of medium_write(). */
EFI_STATUS fat_volume_begin_change(struct fat_volume *volume);

/* All is in order and on the disk. Errors of medium_write(). */
EFI_STATUS fat_volume_sync(struct fat_volume *volume);

/* Counted when nobody knows it. */
EFI_STATUS fat_volume_free_clusters(struct fat_volume *volume, uint32_t *ret_clusters);

/* The time for an entry; 1980 when nobody knows it. */
struct fat_time fat_volume_now(const struct fat_volume *volume);

#endif
