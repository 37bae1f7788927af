#include "shim/fat/fat_volume.h"

#include "loader/lib/log.h"
#include "loader/lib/string.h"
#include "shim/fat/fat_table.h"
#include "shim/fat/fat_time.h"

#define LEAD_SIGNATURE  0x41615252u
#define INFO_SIGNATURE  0x61417272u
#define TRAIL_SIGNATURE 0xaa550000u
#define UNKNOWN         0xffffffffu

/* FSInfo (section 5 of the FAT specification). */
struct info_sector {
    uint32_t lead_signature;
    uint8_t reserved1[480];
    uint32_t info_signature;
    uint32_t free_clusters;
    uint32_t next_cluster; /* where to look for a free one */
    uint8_t reserved2[12];
    uint32_t trail_signature;
};
_Static_assert(sizeof(struct info_sector) == 512, "FAT specification section 5");

/* *ret_offset stays 0 when the volume has none that is good. */
static EFI_STATUS read_info(struct fat_volume *volume, struct info_sector *ret_info,
                            uint64_t *ret_offset)
{
    uint64_t offset = volume->geometry.info_offset;
    EFI_STATUS status;

    if (!offset)
        return EFI_SUCCESS;
    status = medium_cache_read(&volume->cache, offset, sizeof(*ret_info), ret_info);
    if (status == EFI_SUCCESS && ret_info->lead_signature == LEAD_SIGNATURE &&
        ret_info->info_signature == INFO_SIGNATURE && ret_info->trail_signature == TRAIL_SIGNATURE)
        *ret_offset = offset;
    return status;
}

/* Figures of a volume that somebody was changing are not to be relied upon. */
static EFI_STATUS take_info(struct fat_volume *volume)
{
    uint64_t offset = 0;
    struct info_sector info;
    EFI_STATUS status = read_info(volume, &info, &offset);

    if (status != EFI_SUCCESS || !offset || volume->geometry.was_changing)
        return status;
    if (info.free_clusters <= volume->geometry.clusters)
        volume->free_clusters = info.free_clusters;
    if (fat_is_cluster(&volume->geometry, info.next_cluster))
        volume->next_cluster = info.next_cluster;
    return EFI_SUCCESS;
}

EFI_STATUS fat_volume_mount(struct fat_volume *volume, struct medium *medium, fat_clock *clock)
{
    uint8_t sector[FAT_BPB_BYTES];
    const char *problem;
    EFI_STATUS status = medium_read(medium, 0, sizeof(sector), sector);

    if (status != EFI_SUCCESS)
        return status;
    *volume = (struct fat_volume){.medium = medium,
                                  .clock = clock,
                                  .next_cluster = FAT_FIRST_CLUSTER,
                                  .free_clusters = FAT_CLUSTERS_UNKNOWN};
    problem = fat_bpb_parse(sector, medium->bytes, &volume->geometry);
    if (problem) {
        log_debug("fat: %s", problem);
        return EFI_UNSUPPORTED;
    }
    list_init(&volume->nodes);
    status = medium_cache_init(&volume->cache, medium);
    if (status != EFI_SUCCESS)
        return status;
    volume->cache.copies = (struct medium_copies){
        volume->geometry.fat_offset, volume->geometry.fat_bytes, volume->geometry.fat_copies};
    status = take_info(volume);
    if (status != EFI_SUCCESS)
        medium_cache_free(&volume->cache);
    return status;
}

void fat_volume_unmount(struct fat_volume *volume)
{
    medium_cache_free(&volume->cache);
}

/* A volume that somebody else did not finish to change stays marked until it is repaired. */
static EFI_STATUS set_mark(struct fat_volume *volume, bool is_changing)
{
    uint32_t offset = volume->geometry.state_offset;
    uint8_t state;
    EFI_STATUS status;

    if (!offset || volume->geometry.was_changing)
        return EFI_SUCCESS;
    status = medium_cache_read(&volume->cache, offset, sizeof(state), &state);
    if (status != EFI_SUCCESS)
        return status;
    state = (uint8_t)((state & ~FAT_STATE_CHANGING) | (is_changing ? FAT_STATE_CHANGING : 0));
    status = medium_cache_write(&volume->cache, offset, sizeof(state), &state);
    return status == EFI_SUCCESS ? medium_cache_flush(&volume->cache) : status;
}

EFI_STATUS fat_volume_begin_change(struct fat_volume *volume)
{
    EFI_STATUS status;

    if (volume->medium->read_only)
        return EFI_WRITE_PROTECTED;
    if (volume->is_changing)
        return EFI_SUCCESS;
    status = set_mark(volume, true);
    volume->is_changing = status == EFI_SUCCESS;
    return status;
}

static EFI_STATUS store_info(struct fat_volume *volume)
{
    uint64_t offset = 0;
    struct info_sector info;
    EFI_STATUS status = read_info(volume, &info, &offset);

    if (status != EFI_SUCCESS || !offset)
        return status;
    info.free_clusters =
        volume->free_clusters == FAT_CLUSTERS_UNKNOWN ? UNKNOWN : volume->free_clusters;
    info.next_cluster = volume->next_cluster;
    status = medium_cache_write(&volume->cache, offset, sizeof(info), &info);
    return status == EFI_SUCCESS ? medium_cache_flush(&volume->cache) : status;
}

EFI_STATUS fat_volume_sync(struct fat_volume *volume)
{
    EFI_STATUS status;

    if (!volume->is_changing)
        return EFI_SUCCESS;
    status = store_info(volume);
    if (status == EFI_SUCCESS)
        status = set_mark(volume, false);
    if (status == EFI_SUCCESS)
        status = medium_flush(volume->medium);
    volume->is_changing = status != EFI_SUCCESS;
    return status;
}

EFI_STATUS fat_volume_free_clusters(struct fat_volume *volume, uint32_t *ret_clusters)
{
    EFI_STATUS status = EFI_SUCCESS;

    if (volume->free_clusters == FAT_CLUSTERS_UNKNOWN)
        status = fat_table_count_free(volume, &volume->free_clusters);
    if (status != EFI_SUCCESS)
        volume->free_clusters = FAT_CLUSTERS_UNKNOWN;
    *ret_clusters = volume->free_clusters;
    return status;
}

struct fat_time fat_volume_now(const struct fat_volume *volume)
{
    EFI_TIME now = {0};

    if (!volume->clock(&now))
        now = (EFI_TIME){0};
    return fat_time_from_efi(&now);
}
