#include "shim/fat/fat_table.h"

#include <stddef.h>

/* Of an entry with 32 bits four are not ours to change. */
#define MASK_12 0x00000fffu
#define MASK_16 0x0000ffffu
#define MASK_32 0x0fffffffu

/* Counted from the mask down: 0xff7 marks a bad cluster, 0xff8 to 0xfff an end. */
#define END_FIRST 7u

static uint32_t mask_of(const struct fat_volume *volume)
{
    switch (volume->geometry.bits) {
    case 12:
        return MASK_12;
    case 16:
        return MASK_16;
    default:
        return MASK_32;
    }
}

/* Where the bytes with the entry are; one with 12 bits begins in the middle of a byte if it is odd.
 */
static uint64_t entry_offset(const struct fat_volume *volume, uint32_t cluster)
{
    return volume->geometry.fat_offset + (uint64_t)cluster * volume->geometry.bits / 8;
}

static unsigned int entry_bytes(const struct fat_volume *volume)
{
    return volume->geometry.bits == 32 ? sizeof(uint32_t) : sizeof(uint16_t);
}

static unsigned int entry_shift(const struct fat_volume *volume, uint32_t cluster)
{
    return volume->geometry.bits == 12 && cluster % 2 ? 4 : 0;
}

/* The entry's value, and the bits around it. */
static EFI_STATUS read_entry(struct fat_volume *volume, uint32_t cluster, uint32_t *ret_value,
                             uint32_t *ret_raw)
{
    uint32_t raw = 0;
    EFI_STATUS status;

    if (!fat_is_cluster(&volume->geometry, cluster))
        return EFI_VOLUME_CORRUPTED;
    status =
        medium_cache_read(&volume->cache, entry_offset(volume, cluster), entry_bytes(volume), &raw);
    if (status != EFI_SUCCESS)
        return status;
    *ret_raw = raw;
    *ret_value = raw >> entry_shift(volume, cluster) & mask_of(volume);
    return EFI_SUCCESS;
}

EFI_STATUS fat_table_get(struct fat_volume *volume, uint32_t cluster, uint32_t *ret_next)
{
    uint32_t value;
    uint32_t raw;
    EFI_STATUS status = read_entry(volume, cluster, &value, &raw);

    if (status != EFI_SUCCESS)
        return status;
    if (value >= mask_of(volume) - END_FIRST)
        value = FAT_CLUSTER_END;
    else if (value != FAT_CLUSTER_FREE && !fat_is_cluster(&volume->geometry, value))
        return EFI_VOLUME_CORRUPTED;
    *ret_next = value;
    return EFI_SUCCESS;
}

EFI_STATUS fat_table_set(struct fat_volume *volume, uint32_t cluster, uint32_t next)
{
    unsigned int shift = entry_shift(volume, cluster);
    uint32_t mask = mask_of(volume);
    uint32_t value;
    uint32_t raw;
    EFI_STATUS status = read_entry(volume, cluster, &value, &raw);

    if (status != EFI_SUCCESS)
        return status;
    raw = (raw & ~(mask << shift)) | (next & mask) << shift;
    return medium_cache_write(&volume->cache, entry_offset(volume, cluster), entry_bytes(volume),
                              &raw);
}

/* The first free one of `count` clusters; *ret_cluster stays 0 when there is none. */
static EFI_STATUS find_free_among(struct fat_volume *volume, uint32_t first, uint32_t count,
                                  uint32_t *ret_cluster)
{
    for (; count; first++, count--) {
        uint32_t value;
        uint32_t raw;
        EFI_STATUS status = read_entry(volume, first, &value, &raw);

        if (status != EFI_SUCCESS)
            return status;
        if (value == FAT_CLUSTER_FREE) {
            *ret_cluster = first;
            return EFI_SUCCESS;
        }
    }
    return EFI_SUCCESS;
}

EFI_STATUS fat_table_find_free(struct fat_volume *volume, uint32_t from, uint32_t *ret_cluster)
{
    uint32_t clusters = volume->geometry.clusters;
    uint32_t before = fat_is_cluster(&volume->geometry, from) ? from - FAT_FIRST_CLUSTER : 0;
    uint32_t found = 0;
    EFI_STATUS status =
        find_free_among(volume, FAT_FIRST_CLUSTER + before, clusters - before, &found);

    if (status == EFI_SUCCESS && !found)
        status = find_free_among(volume, FAT_FIRST_CLUSTER, before, &found);
    if (status != EFI_SUCCESS)
        return status;
    if (!found)
        return EFI_VOLUME_FULL;
    *ret_cluster = found;
    return EFI_SUCCESS;
}

EFI_STATUS fat_table_count_free(struct fat_volume *volume, uint32_t *ret_clusters)
{
    uint32_t count = 0;

    for (uint32_t i = 0; i < volume->geometry.clusters; i++) {
        uint32_t value;
        uint32_t raw;
        EFI_STATUS status = read_entry(volume, FAT_FIRST_CLUSTER + i, &value, &raw);

        if (status != EFI_SUCCESS)
            return status;
        count += value == FAT_CLUSTER_FREE;
    }
    *ret_clusters = count;
    return EFI_SUCCESS;
}
