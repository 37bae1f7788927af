#include "shim/fat/fat_tree.h"

#include "loader/lib/string.h"
#include "shim/fat/fat_content.h"
#include "shim/fat/fat_insert.h"

static struct fat_entry new_entry(const struct fat_volume *volume, uint8_t attributes,
                                  uint32_t cluster)
{
    struct fat_time now = fat_volume_now(volume);
    struct fat_entry entry = {
        .attributes = attributes,
        .created_hundredths = now.hundredths,
        .created_time = now.time,
        .created_date = now.date,
    };

    fat_entry_set_cluster(&entry, cluster);
    fat_entry_set_modified(&entry, now);
    return entry;
}

/* What ".." of a directory in `parent` leads to. */
static uint32_t dots_cluster(const struct fat_node *parent)
{
    return parent->parent ? parent->chain.first : 0;
}

/* A cluster with "." and "..", to which nothing leads yet. */
static EFI_STATUS make_directory(struct fat_node *parent, uint32_t *ret_cluster)
{
    struct fat_volume *volume = parent->volume;
    struct fat_entry dots[2];
    struct fat_chain chain = {0};
    EFI_STATUS status = fat_chain_allocate(volume, 1, 0, &chain.first);

    if (status != EFI_SUCCESS)
        return status;
    dots[0] = new_entry(volume, FAT_DIRECTORY, chain.first);
    dots[1] = new_entry(volume, FAT_DIRECTORY, dots_cluster(parent));
    memcpy(dots[0].name, ".          ", sizeof(dots[0].name));
    memcpy(dots[1].name, "..         ", sizeof(dots[1].name));
    status = fat_content_clear(volume, &chain, 0, volume->geometry.cluster_bytes);
    if (status == EFI_SUCCESS)
        status = fat_content_write(volume, &chain, 0, sizeof(dots), dots);
    if (status != EFI_SUCCESS)
        fat_chain_free(volume, chain.first);
    *ret_cluster = chain.first;
    return status;
}

EFI_STATUS fat_tree_create(struct fat_node *directory, const struct fat_name *name,
                           uint8_t attributes, struct fat_node **ret_node)
{
    struct fat_volume *volume = directory->volume;
    struct fat_found found;
    uint32_t cluster = 0;
    EFI_STATUS status = EFI_SUCCESS;

    if (attributes & FAT_DIRECTORY)
        status = make_directory(directory, &cluster);
    if (status != EFI_SUCCESS)
        return status;
    found.entry = new_entry(volume, attributes, cluster);
    status = fat_insert(directory, name, NULL, &found.entry, &found.first_slot, &found.slot);
    if (status == EFI_SUCCESS)
        status = medium_cache_flush(&volume->cache);
    if (status == EFI_SUCCESS)
        return fat_node_open(directory, &found, ret_node);
    medium_cache_discard(&volume->cache);
    if (cluster)
        fat_chain_free(volume, cluster);
    return status;
}

static bool lies_in(const struct fat_node *directory, const struct fat_node *node)
{
    for (; directory; directory = directory->parent)
        if (directory == node)
            return true;
    return false;
}

static EFI_STATUS check_move(struct fat_node *node, struct fat_node *directory,
                             const struct fat_name *name)
{
    struct fat_found found;
    EFI_STATUS status;

    if (!node->parent || lies_in(directory, node))
        return EFI_ACCESS_DENIED;
    status = fat_directory_find(directory, name, &found);
    if (status == EFI_NOT_FOUND)
        return EFI_SUCCESS;
    /* Its own name in another case, or its short one. */
    if (status == EFI_SUCCESS && (directory != node->parent || found.slot != node->slot))
        return EFI_ACCESS_DENIED;
    return status;
}

/* All these slots of both directories lie in one sector: they change at once. */
static bool is_one_sector(struct fat_node *node, struct fat_node *directory, uint32_t first_slot,
                          uint32_t slot)
{
    uint64_t sector[4];

    return fat_directory_sector(directory, first_slot, &sector[0]) == EFI_SUCCESS &&
           fat_directory_sector(directory, slot, &sector[1]) == EFI_SUCCESS &&
           fat_directory_sector(node->parent, node->first_slot, &sector[2]) == EFI_SUCCESS &&
           fat_directory_sector(node->parent, node->slot, &sector[3]) == EFI_SUCCESS &&
           sector[0] == sector[1] && sector[1] == sector[2] && sector[2] == sector[3];
}

/* Slot 1 of a directory is "..". */
static EFI_STATUS set_parent(struct fat_node *node, const struct fat_node *parent)
{
    struct fat_entry dots;
    EFI_STATUS status = fat_directory_read(node, 1, &dots);

    if (status != EFI_SUCCESS || dots.name[0] != '.' || dots.name[1] != '.')
        return status;
    fat_entry_set_cluster(&dots, dots_cluster(parent));
    status = fat_directory_write(node, 1, &dots);
    return status == EFI_SUCCESS ? medium_cache_flush(&node->volume->cache) : status;
}

EFI_STATUS fat_tree_move(struct fat_node *node, struct fat_node *directory,
                         const struct fat_name *name)
{
    struct fat_entry entry = node->entry;
    uint32_t first_slot = 0;
    uint32_t slot = 0;
    EFI_STATUS status = check_move(node, directory, name);

    if (status == EFI_SUCCESS)
        status = fat_insert(directory, name, node, &entry, &first_slot, &slot);
    if (status == EFI_SUCCESS && !is_one_sector(node, directory, first_slot, slot))
        status = medium_cache_flush(&node->volume->cache);
    if (status == EFI_SUCCESS && node->file.is_directory && directory != node->parent)
        status = set_parent(node, directory);
    if (status == EFI_SUCCESS)
        status = fat_remove(node->parent, node->first_slot, node->slot);
    if (status != EFI_SUCCESS)
        return status;
    node->entry = entry;
    fat_node_place(node, directory, first_slot, slot);
    return EFI_SUCCESS;
}

EFI_STATUS fat_tree_remove(struct fat_node *node)
{
    bool is_empty = true;
    EFI_STATUS status = node->parent ? EFI_SUCCESS : EFI_ACCESS_DENIED;

    if (status == EFI_SUCCESS && node->file.is_directory)
        status = fat_directory_is_empty(node, &is_empty);
    if (status == EFI_SUCCESS && !is_empty)
        status = EFI_ACCESS_DENIED;
    if (status == EFI_SUCCESS)
        status = fat_remove(node->parent, node->first_slot, node->slot);
    if (status != EFI_SUCCESS)
        return status;
    fat_node_forget(node);
    return node->chain.first ? fat_chain_free(node->volume, node->chain.first) : EFI_SUCCESS;
}
