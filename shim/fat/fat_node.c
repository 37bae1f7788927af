#include "shim/fat/fat_node.h"

#include "shim/memory/pool.h"

static struct fat_node *find(struct fat_volume *volume, const struct fat_node *parent,
                             uint32_t slot)
{
    list_for_each (link, next, &volume->nodes) {
        struct fat_node *node = container_of(link, struct fat_node, link);

        if (node->parent == parent && node->slot == slot)
            return node;
    }
    return NULL;
}

static struct fat_node *new_node(struct fat_volume *volume, struct fat_node *parent,
                                 bool is_directory, uint32_t first_cluster)
{
    struct fat_node *node = pool_new(sizeof(*node));

    if (!node)
        return NULL;
    node->volume = volume;
    node->parent = parent;
    node->file.is_directory = is_directory;
    node->chain.first = first_cluster;
    list_append(&volume->nodes, &node->link);
    if (parent) {
        node->file.system = parent->file.system;
        fat_node_hold(parent);
    }
    return node;
}

EFI_STATUS fat_node_root(struct fat_volume *volume, struct fat_node **ret_root)
{
    struct fat_node *root = find(volume, NULL, 0);

    if (!root)
        root = new_node(volume, NULL, true, volume->geometry.root_cluster);
    if (!root)
        return EFI_OUT_OF_RESOURCES;
    fat_node_hold(root);
    *ret_root = root;
    return EFI_SUCCESS;
}

EFI_STATUS fat_node_open(struct fat_node *directory, const struct fat_found *found,
                         struct fat_node **ret_node)
{
    struct fat_node *node = find(directory->volume, directory, found->slot);
    bool is_directory = found->entry.attributes & FAT_DIRECTORY;
    uint32_t cluster = fat_entry_cluster(&found->entry);

    if (!node) {
        if (is_directory && !fat_is_cluster(&directory->volume->geometry, cluster))
            return EFI_VOLUME_CORRUPTED;
        node = new_node(directory->volume, directory, is_directory, cluster);
        if (!node)
            return EFI_OUT_OF_RESOURCES;
        node->first_slot = found->first_slot;
        node->slot = found->slot;
        node->entry = found->entry;
    }
    fat_node_hold(node);
    *ret_node = node;
    return EFI_SUCCESS;
}

void fat_node_hold(struct fat_node *node)
{
    node->holds++;
}

void fat_node_release(struct fat_node *node)
{
    while (node && --node->holds == 0) {
        struct fat_node *parent = node->parent;

        list_remove(&node->link);
        pool_free(node);
        node = parent;
    }
}

void fat_node_forget(struct fat_node *node)
{
    list_remove(&node->link);
    node->file.is_removed = true;
}

void fat_node_place(struct fat_node *node, struct fat_node *directory, uint32_t first_slot,
                    uint32_t slot)
{
    struct fat_node *old = node->parent;

    fat_node_hold(directory);
    node->parent = directory;
    node->first_slot = first_slot;
    node->slot = slot;
    fat_node_release(old);
}

EFI_STATUS fat_node_store(struct fat_node *node, const struct fat_entry *entry)
{
    EFI_STATUS status = fat_directory_write(node->parent, node->slot, entry);

    if (status == EFI_SUCCESS)
        status = medium_cache_flush(&node->volume->cache);
    if (status == EFI_SUCCESS)
        node->entry = *entry;
    return status;
}
