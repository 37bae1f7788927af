#include "shim/fat/fat_insert.h"

#include "loader/lib/string.h"
#include "shim/fat/fat_content.h"
#include "shim/fat/fat_long_name.h"

/* Short names that are tried at once, and how often others are. */
#define ROUNDS_MAX 8u

/* Free slots in a row. */
struct room {
    uint32_t first;
    uint32_t slots;
    bool has_end; /* the first of those is among them behind which no slot is in use */
};

struct short_names {
    uint8_t name[FAT_CANDIDATES][FAT_SHORT_NAME_BYTES];
    uint32_t usable; /* one bit for each */
};

static EFI_STATUS capacity(struct fat_node *directory, uint32_t *ret_slots)
{
    const struct fat_geometry *geometry = &directory->volume->geometry;
    uint64_t bytes = geometry->root_bytes;
    uint32_t clusters;
    uint32_t last;
    EFI_STATUS status = EFI_SUCCESS;

    if (directory->parent || !bytes) {
        status = fat_chain_end(directory->volume, &directory->chain, &clusters, &last);
        if (status != EFI_SUCCESS)
            return status;
        bytes = (uint64_t)clusters * geometry->cluster_bytes;
    }
    bytes /= FAT_ENTRY_BYTES;
    *ret_slots = bytes < FAT_SLOTS_MAX ? (uint32_t)bytes : FAT_SLOTS_MAX;
    return EFI_SUCCESS;
}

/* The first room with `wanted` slots, or that at the directory's end, which may be too small. */
static EFI_STATUS find_room(struct fat_node *directory, uint32_t wanted, struct room *ret_room)
{
    struct room room = {0};
    uint32_t slots;
    EFI_STATUS status = capacity(directory, &slots);

    if (status != EFI_SUCCESS)
        return status;
    for (uint32_t slot = 0; slot < slots && room.slots < wanted; slot++) {
        struct fat_entry entry;

        status = fat_directory_read(directory, slot, &entry);
        if (status != EFI_SUCCESS)
            return status;
        if (!fat_entry_is_free(&entry)) {
            room = (struct room){.first = slot + 1};
            continue;
        }
        room.slots++;
        if (entry.name[0] != FAT_NAME_END)
            continue;
        room.slots = slots - room.first;
        room.has_end = true;
        break;
    }
    *ret_room = room;
    return EFI_SUCCESS;
}

/* New clusters are zero before they belong to the directory. */
static EFI_STATUS extend(struct fat_node *directory, uint32_t slots)
{
    struct fat_volume *volume = directory->volume;
    uint32_t cluster_bytes = volume->geometry.cluster_bytes;
    uint32_t wanted = (slots * FAT_ENTRY_BYTES + cluster_bytes - 1) / cluster_bytes;
    struct fat_chain fresh = {0};
    uint32_t clusters;
    uint32_t last;
    EFI_STATUS status = fat_chain_end(volume, &directory->chain, &clusters, &last);

    if (status != EFI_SUCCESS)
        return status;
    if ((clusters + (uint64_t)wanted) * cluster_bytes / FAT_ENTRY_BYTES > FAT_SLOTS_MAX)
        return EFI_VOLUME_FULL;
    status = fat_chain_allocate(volume, wanted, last, &fresh.first);
    if (status != EFI_SUCCESS)
        return status;
    status = fat_content_clear(volume, &fresh, 0, (uint64_t)wanted * cluster_bytes);
    if (status == EFI_SUCCESS)
        return fat_chain_link(volume, last, fresh.first);
    fat_chain_free(volume, fresh.first);
    return status;
}

/* Behind the last slot in use there may be anything: what comes now must not make it count. */
static EFI_STATUS keep_end(struct fat_node *directory, uint32_t slot)
{
    static const struct fat_entry end;
    struct fat_entry entry;
    EFI_STATUS status = fat_directory_read(directory, slot, &entry);

    if (status == EFI_NOT_FOUND)
        return EFI_SUCCESS;
    if (status != EFI_SUCCESS || entry.name[0] == FAT_NAME_END)
        return status;
    status = fat_directory_write(directory, slot, &end);
    return status == EFI_SUCCESS ? medium_cache_flush(&directory->volume->cache) : status;
}

/* `slots` slots that may be written to. */
static EFI_STATUS make_room(struct fat_node *directory, uint32_t slots, uint32_t *ret_first)
{
    bool is_fixed = !directory->parent && directory->volume->geometry.root_bytes;
    struct room room;
    EFI_STATUS status = find_room(directory, slots, &room);

    if (status == EFI_SUCCESS && room.slots < slots)
        status = is_fixed ? EFI_VOLUME_FULL : extend(directory, slots - room.slots);
    else if (status == EFI_SUCCESS && room.has_end)
        status = keep_end(directory, room.first + slots);
    if (status == EFI_SUCCESS)
        *ret_first = room.first;
    return status;
}

/* Takes away those of the names that `entry` has. */
static void strike_out(struct short_names *names, const struct fat_entry *entry)
{
    for (unsigned int i = 0; i < FAT_CANDIDATES; i++)
        if (memcmp(names->name[i], entry->name, sizeof(entry->name)) == 0)
            names->usable &= ~(UINT32_C(1) << i);
}

static EFI_STATUS strike_out_all(struct fat_node *directory, const struct fat_node *old,
                                 struct short_names *names)
{
    for (uint32_t slot = 0;; slot++) {
        struct fat_entry entry;
        EFI_STATUS status = fat_directory_read(directory, slot, &entry);

        if (status == EFI_NOT_FOUND)
            return EFI_SUCCESS;
        if (status != EFI_SUCCESS || entry.name[0] == FAT_NAME_END)
            return status;
        if (!fat_entry_is_free(&entry) && !fat_entry_is_long_name(&entry) &&
            !(old && old->parent == directory && old->slot == slot))
            strike_out(names, &entry);
    }
}

/* A short name that no other entry has. */
static EFI_STATUS choose_short_name(struct fat_node *directory, const struct fat_name *name,
                                    const struct fat_node *old, struct fat_entry *entry)
{
    struct short_names names;

    entry->name_case = 0;
    for (unsigned int round = 0; round < ROUNDS_MAX; round++) {
        EFI_STATUS status;

        names.usable = 0;
        for (unsigned int i = 0; i < FAT_CANDIDATES; i++)
            if (fat_name_candidate(name, i, round, names.name[i]))
                names.usable |= UINT32_C(1) << i;
        status = strike_out_all(directory, old, &names);
        if (status != EFI_SUCCESS)
            return status;
        if (names.usable) {
            memcpy(entry->name, names.name[__builtin_ctz(names.usable)], sizeof(entry->name));
            return EFI_SUCCESS;
        }
    }
    return EFI_VOLUME_FULL;
}

/* What was written so far goes first when the two slots do not lie in one sector. */
static EFI_STATUS flush_between(struct fat_node *directory, uint32_t first_slot, uint32_t slot)
{
    uint64_t first_sector = 0;
    uint64_t sector = 0;
    EFI_STATUS status = fat_directory_sector(directory, first_slot, &first_sector);

    if (status == EFI_SUCCESS)
        status = fat_directory_sector(directory, slot, &sector);
    if (status == EFI_SUCCESS && sector != first_sector)
        status = medium_cache_flush(&directory->volume->cache);
    return status;
}

static EFI_STATUS write_long_name(struct fat_node *directory, const struct fat_name *name,
                                  const struct fat_entry *entry, uint32_t first, uint32_t parts)
{
    EFI_STATUS status = EFI_SUCCESS;

    for (unsigned int i = 0; i < parts && status == EFI_SUCCESS; i++) {
        struct fat_entry part;

        fat_long_name_make(name, i, entry->name, &part);
        status = fat_directory_write(directory, first + i, &part);
    }
    return status;
}

EFI_STATUS fat_insert(struct fat_node *directory, const struct fat_name *name,
                      const struct fat_node *old, struct fat_entry *entry, uint32_t *ret_first_slot,
                      uint32_t *ret_slot)
{
    EFI_STATUS status = EFI_SUCCESS;
    unsigned int parts = 0;
    uint32_t first = 0;

    if (!fat_name_fits_entry(name, entry)) {
        parts = fat_long_name_parts(name);
        status = choose_short_name(directory, name, old, entry);
    }
    if (status == EFI_SUCCESS)
        status = make_room(directory, parts + 1, &first);
    if (status == EFI_SUCCESS)
        status = write_long_name(directory, name, entry, first, parts);
    if (status == EFI_SUCCESS)
        status = flush_between(directory, first, first + parts);
    if (status == EFI_SUCCESS)
        status = fat_directory_write(directory, first + parts, entry);
    if (status != EFI_SUCCESS)
        return status;
    *ret_first_slot = first;
    *ret_slot = first + parts;
    return EFI_SUCCESS;
}

EFI_STATUS fat_insert_short(struct fat_node *directory, const struct fat_entry *entry)
{
    uint32_t slot;
    EFI_STATUS status = make_room(directory, 1, &slot);

    return status == EFI_SUCCESS ? fat_directory_write(directory, slot, entry) : status;
}

static EFI_STATUS free_slot(struct fat_node *directory, uint32_t slot)
{
    struct fat_entry entry = {0};
    EFI_STATUS status = fat_directory_read(directory, slot, &entry);

    entry.name[0] = FAT_NAME_REMOVED;
    return status == EFI_SUCCESS ? fat_directory_write(directory, slot, &entry) : status;
}

EFI_STATUS fat_remove(struct fat_node *directory, uint32_t first_slot, uint32_t slot)
{
    EFI_STATUS status = free_slot(directory, slot);

    if (status == EFI_SUCCESS)
        status = flush_between(directory, first_slot, slot);
    for (; first_slot < slot && status == EFI_SUCCESS; first_slot++)
        status = free_slot(directory, first_slot);
    return status == EFI_SUCCESS ? medium_cache_flush(&directory->volume->cache) : status;
}
