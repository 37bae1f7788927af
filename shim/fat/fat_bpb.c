#include "shim/fat/fat_bpb.h"

#include <stddef.h>

#include "loader/lib/string.h"

/* The most clusters that entries of 12 and 16 bits are used for. */
#define CLUSTERS_MAX_12 4084u
#define CLUSTERS_MAX_16 65524u
#define CLUSTERS_MAX_32 0x0ffffff4u

#define SECTOR_BYTES_MIN 512u
#define SECTOR_BYTES_MAX 4096u
#define ENTRY_BYTES      32u
#define FATS_MAX         4u
#define NOT_MIRRORED     0x80u /* of extended_flags; the low bits say which table counts */
#define ACTIVE_TABLE     0x0fu
#define EXTENDED_BOOT    0x29u /* the rest is there; older volumes have code in its place */

struct extended_boot {
    uint8_t drive;
    uint8_t state;
    uint8_t signature;
    uint32_t volume_id;
    char label[FAT_LABEL_BYTES];
    char type[8];
} __attribute__((packed));

struct boot_sector {
    uint8_t jump[3];
    char oem[8];
    uint16_t sector_bytes;
    uint8_t cluster_sectors;
    uint16_t reserved_sectors;
    uint8_t fats;
    uint16_t root_entries;
    uint16_t sectors_16;
    uint8_t media;
    uint16_t fat_sectors_16;
    uint16_t track_sectors;
    uint16_t heads;
    uint32_t hidden_sectors;
    uint32_t sectors_32;
    union {
        struct extended_boot old;
        struct {
            uint32_t fat_sectors_32;
            uint16_t extended_flags;
            uint16_t version;
            uint32_t root_cluster;
            uint16_t info_sector;
            uint16_t backup_sector;
            uint8_t reserved[12];
            struct extended_boot boot;
        } __attribute__((packed)) fat32;
    };
} __attribute__((packed));
_Static_assert(offsetof(struct boot_sector, old) == 36, "FAT specification section 3.1");
_Static_assert(offsetof(struct boot_sector, fat32.boot) == 64, "FAT specification section 3.3");

static bool is_power_of_two(uint32_t value)
{
    return value && (value & (value - 1)) == 0;
}

static const char *check(const struct boot_sector *boot)
{
    if (boot->jump[0] != 0xeb && boot->jump[0] != 0xe9)
        return "no boot sector";
    if (!is_power_of_two(boot->sector_bytes) || boot->sector_bytes < SECTOR_BYTES_MIN ||
        boot->sector_bytes > SECTOR_BYTES_MAX)
        return "bad sector size";
    if (!is_power_of_two(boot->cluster_sectors))
        return "bad cluster size";
    if (!boot->reserved_sectors || !boot->fats || boot->fats > FATS_MAX)
        return "bad number of tables";
    if (boot->media < 0xf0)
        return "bad media type";
    if (!boot->fat_sectors_16 && (boot->root_entries || boot->fat32.version))
        return "FAT32 of an unknown version";
    if (boot->fat_sectors_16 &&
        (!boot->root_entries || boot->root_entries * ENTRY_BYTES % boot->sector_bytes))
        return "bad root directory size";
    return NULL;
}

/* Of a volume whose tables are kept the same all do; else the one that is named. */
static void choose_table(const struct boot_sector *boot, struct fat_geometry *geometry)
{
    unsigned int active = boot->fat32.extended_flags & ACTIVE_TABLE;

    geometry->fat_offset = (uint64_t)boot->reserved_sectors * boot->sector_bytes;
    geometry->fat_copies = boot->fats - 1u;
    if (boot->fat_sectors_16 || !(boot->fat32.extended_flags & NOT_MIRRORED) ||
        active >= boot->fats)
        return;
    geometry->fat_offset += active * geometry->fat_bytes;
    geometry->fat_copies = 0;
}

static void read_fat32(const struct boot_sector *boot, struct fat_geometry *geometry)
{
    uint16_t info = boot->fat32.info_sector;
    uint16_t backup = boot->fat32.backup_sector;

    geometry->root_cluster = boot->fat32.root_cluster;
    if (info && info < boot->reserved_sectors)
        geometry->info_offset = (uint64_t)info * boot->sector_bytes;
    if (backup && backup < boot->reserved_sectors)
        geometry->backup_offset = (uint64_t)backup * boot->sector_bytes;
}

static void read_extended(const struct extended_boot *extended, uint32_t offset,
                          struct fat_geometry *geometry)
{
    if (extended->signature != EXTENDED_BOOT)
        return;
    geometry->state_offset = offset + offsetof(struct extended_boot, state);
    geometry->was_changing = extended->state & FAT_STATE_CHANGING;
    geometry->label_offset = offset + offsetof(struct extended_boot, label);
}

static void read_layout(const struct boot_sector *boot, struct fat_geometry *geometry)
{
    uint64_t fat_sectors = boot->fat_sectors_16 ? boot->fat_sectors_16 : boot->fat32.fat_sectors_32;
    uint64_t sectors = boot->sectors_16 ? boot->sectors_16 : boot->sectors_32;

    geometry->sector_bytes = boot->sector_bytes;
    geometry->cluster_bytes = (uint32_t)boot->cluster_sectors * boot->sector_bytes;
    geometry->fat_bytes = fat_sectors * boot->sector_bytes;
    geometry->total_bytes = sectors * boot->sector_bytes;
    geometry->root_bytes = boot->root_entries * ENTRY_BYTES;
    geometry->root_offset =
        (boot->reserved_sectors + boot->fats * fat_sectors) * boot->sector_bytes;
    geometry->data_offset = geometry->root_offset + geometry->root_bytes;
}

/* How many bits an entry has follows from the number of clusters alone (section 3.5), but for small
 * volumes of 32 bits, which mkfs.fat makes and everybody reads. */
static const char *count_clusters(const struct boot_sector *boot, struct fat_geometry *geometry)
{
    uint64_t clusters;

    if (geometry->data_offset >= geometry->total_bytes)
        return "no room for files";
    clusters = (geometry->total_bytes - geometry->data_offset) / geometry->cluster_bytes;
    geometry->bits = !boot->fat_sectors_16 ? 32 : clusters > CLUSTERS_MAX_12 ? 16 : 12;
    if (!clusters || clusters > (geometry->bits == 32 ? CLUSTERS_MAX_32 : CLUSTERS_MAX_16))
        return "bad number of clusters";
    geometry->clusters = (uint32_t)clusters;
    if ((clusters + FAT_FIRST_CLUSTER) * geometry->bits > geometry->fat_bytes * 8)
        return "table too small";
    if (geometry->bits == 32 && !fat_is_cluster(geometry, geometry->root_cluster))
        return "bad root directory";
    return NULL;
}

const char *fat_bpb_parse(const void *sector, uint64_t medium_bytes,
                          struct fat_geometry *ret_geometry)
{
    struct fat_geometry geometry = {0};
    struct boot_sector boot;
    const char *problem;

    memcpy(&boot, sector, sizeof(boot));
    problem = check(&boot);
    if (problem)
        return problem;
    read_layout(&boot, &geometry);
    if (geometry.total_bytes > medium_bytes)
        return "larger than the medium";
    choose_table(&boot, &geometry);
    if (boot.fat_sectors_16) {
        read_extended(&boot.old, offsetof(struct boot_sector, old), &geometry);
    } else {
        read_fat32(&boot, &geometry);
        read_extended(&boot.fat32.boot, offsetof(struct boot_sector, fat32.boot), &geometry);
    }
    problem = count_clusters(&boot, &geometry);
    if (!problem)
        *ret_geometry = geometry;
    return problem;
}
