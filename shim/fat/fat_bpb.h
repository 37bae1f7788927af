/*
 * The first sector of a FAT volume: where its parts lie (Microsoft's FAT specification 1.03,
 * sections 3 and 4). Pure.
 */
#ifndef PVHEFI_SHIM_FAT_FAT_BPB_H
#define PVHEFI_SHIM_FAT_FAT_BPB_H

#include <stdbool.h>
#include <stdint.h>

#define FAT_BPB_BYTES   512u
#define FAT_LABEL_BYTES 11u

/* Somebody has begun to change the volume: set in the first sector until all is in order again. */
#define FAT_STATE_CHANGING 0x01u

/* The numbers of clusters begin with 2. */
#define FAT_FIRST_CLUSTER 2u

/* All offsets count bytes from the volume's beginning. */
struct fat_geometry {
    unsigned int bits; /* of an entry of the table: 12, 16 or 32 */
    uint32_t sector_bytes;
    uint32_t cluster_bytes; /* a power of two */
    uint32_t clusters;      /* valid numbers are below clusters + FAT_FIRST_CLUSTER */
    uint64_t fat_offset;    /* of the table that counts */
    uint64_t fat_bytes;
    unsigned int fat_copies; /* right behind it, to be kept the same */
    uint64_t root_offset;    /* of FAT12 and FAT16 */
    uint32_t root_bytes;     /* likewise */
    uint32_t root_cluster;   /* of FAT32; 0 for the others */
    uint64_t data_offset;    /* of the first cluster */
    uint64_t total_bytes;    /* of the volume */
    uint64_t info_offset;    /* FSInfo of FAT32; 0: there is none */
    uint64_t backup_offset;  /* copy of the first sector; 0: there is none */
    uint32_t label_offset;   /* in the first sector: FAT_LABEL_BYTES; 0: there is none */
    uint32_t state_offset;   /* likewise: a byte with FAT_STATE_CHANGING; 0: there is none */
    bool was_changing;       /* that bit */
};

/*
 * `sector` are the first FAT_BPB_BYTES of a medium with `medium_bytes`. NULL when all of the volume
 * lies on the medium; else why it is no FAT volume.
 */
const char *fat_bpb_parse(const void *sector, uint64_t medium_bytes,
                          struct fat_geometry *ret_geometry);

static inline bool fat_is_cluster(const struct fat_geometry *geometry, uint32_t cluster)
{
    return cluster >= FAT_FIRST_CLUSTER && cluster - FAT_FIRST_CLUSTER < geometry->clusters;
}

/* `cluster` must be a valid one. */
static inline uint64_t fat_cluster_offset(const struct fat_geometry *geometry, uint32_t cluster)
{
    return geometry->data_offset +
           (uint64_t)(cluster - FAT_FIRST_CLUSTER) * geometry->cluster_bytes;
}

#endif
