#include "shim/fat/fat_directory.h"

#include "loader/lib/string.h"
#include "shim/fat/fat_chain.h"
#include "shim/fat/fat_long_name.h"
#include "shim/fat/fat_node.h"

static EFI_STATUS slot_offset(struct fat_node *directory, uint32_t slot, uint64_t *ret_offset)
{
    const struct fat_geometry *geometry = &directory->volume->geometry;
    uint64_t offset = (uint64_t)slot * FAT_ENTRY_BYTES;
    struct fat_run run;
    EFI_STATUS status;

    if (slot >= FAT_SLOTS_MAX)
        return EFI_NOT_FOUND;
    if (!directory->parent && geometry->root_bytes) {
        if (offset >= geometry->root_bytes)
            return EFI_NOT_FOUND;
        *ret_offset = geometry->root_offset + offset;
        return EFI_SUCCESS;
    }
    status = fat_chain_run(directory->volume, &directory->chain,
                           (uint32_t)(offset / geometry->cluster_bytes), 1, &run);
    if (status == EFI_SUCCESS)
        *ret_offset = fat_cluster_offset(geometry, run.cluster) + offset % geometry->cluster_bytes;
    return status;
}

EFI_STATUS fat_directory_read(struct fat_node *directory, uint32_t slot,
                              struct fat_entry *ret_entry)
{
    uint64_t offset;
    EFI_STATUS status = slot_offset(directory, slot, &offset);

    if (status != EFI_SUCCESS)
        return status;
    return medium_cache_read(&directory->volume->cache, offset, sizeof(*ret_entry), ret_entry);
}

EFI_STATUS fat_directory_write(struct fat_node *directory, uint32_t slot,
                               const struct fat_entry *entry)
{
    uint64_t offset;
    EFI_STATUS status = slot_offset(directory, slot, &offset);

    if (status != EFI_SUCCESS)
        return status;
    return medium_cache_write(&directory->volume->cache, offset, sizeof(*entry), entry);
}

EFI_STATUS fat_directory_sector(struct fat_node *directory, uint32_t slot, uint64_t *ret_sector)
{
    uint64_t offset;
    EFI_STATUS status = slot_offset(directory, slot, &offset);

    if (status == EFI_SUCCESS)
        *ret_sector = offset / directory->volume->geometry.sector_bytes;
    return status;
}

/* A long name that is not that of the entry behind it is what another program left. */
static void name_found(const struct fat_long_name *name, struct fat_found *found)
{
    found->first_slot = found->slot;
    if (!fat_long_name_belongs_to(name, &found->entry)) {
        fat_name_from_entry(&found->entry, found->name);
        return;
    }
    found->first_slot -= name->parts;
    memcpy(found->name, name->text, sizeof(found->name));
}

EFI_STATUS fat_directory_next(struct fat_node *directory, uint32_t *slot,
                              struct fat_found *ret_found)
{
    struct fat_long_name name = {0};

    for (uint32_t i = *slot;; i++) {
        EFI_STATUS status = fat_directory_read(directory, i, &ret_found->entry);

        if (status == EFI_SUCCESS && ret_found->entry.name[0] == FAT_NAME_END)
            status = EFI_NOT_FOUND;
        if (status != EFI_SUCCESS)
            return status;
        if (fat_entry_is_file(&ret_found->entry)) {
            ret_found->slot = i;
            name_found(&name, ret_found);
            *slot = i + 1;
            return EFI_SUCCESS;
        }
        if (fat_entry_is_free(&ret_found->entry) || !fat_entry_is_long_name(&ret_found->entry))
            name.parts = 0;
        else
            fat_long_name_take(&name, &ret_found->entry);
    }
}

EFI_STATUS fat_directory_find(struct fat_node *directory, const struct fat_name *name,
                              struct fat_found *ret_found)
{
    CHAR16 short_name[FAT_SHORT_TEXT_CHARS];
    uint32_t slot = 0;
    EFI_STATUS status;

    while ((status = fat_directory_next(directory, &slot, ret_found)) == EFI_SUCCESS) {
        if (fat_name_equals(name, ret_found->name))
            return EFI_SUCCESS;
        fat_name_from_entry(&ret_found->entry, short_name);
        if (fat_name_equals(name, short_name))
            return EFI_SUCCESS;
    }
    return status;
}

EFI_STATUS fat_directory_find_label(struct fat_node *root, struct fat_found *ret_found)
{
    for (uint32_t slot = 0;; slot++) {
        EFI_STATUS status = fat_directory_read(root, slot, &ret_found->entry);

        if (status == EFI_SUCCESS && ret_found->entry.name[0] == FAT_NAME_END)
            status = EFI_NOT_FOUND;
        if (status != EFI_SUCCESS)
            return status;
        ret_found->slot = ret_found->first_slot = slot;
        if (!fat_entry_is_free(&ret_found->entry) && ret_found->entry.attributes & FAT_LABEL &&
            !fat_entry_is_long_name(&ret_found->entry))
            return EFI_SUCCESS;
    }
}

EFI_STATUS fat_directory_is_empty(struct fat_node *directory, bool *ret_empty)
{
    struct fat_found found;
    uint32_t slot = 0;
    EFI_STATUS status;

    while ((status = fat_directory_next(directory, &slot, &found)) == EFI_SUCCESS)
        if (found.entry.name[0] != '.')
            break;
    *ret_empty = status == EFI_NOT_FOUND;
    return status == EFI_NOT_FOUND ? EFI_SUCCESS : status;
}
