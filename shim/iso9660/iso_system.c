#include "shim/iso9660/iso_system.h"

#include "loader/lib/list.h"
#include "loader/lib/string.h"
#include "shim/iso9660/iso_directory.h"
#include "shim/memory/pool.h"

/* Nothing changes: whoever opens a file has a node of its own. */
struct iso_node {
    struct file_node file;
    unsigned int holds;
    struct iso_node *parent; /* held; NULL for the root */
    struct iso_entry entry;
};

static struct iso_system *iso_of(struct file_system *system)
{
    return container_of(system, struct iso_system, system);
}

static struct iso_node *node_of(struct file_node *file)
{
    return container_of(file, struct iso_node, file);
}

static struct iso_volume *volume_of(const struct iso_node *node)
{
    return &iso_of(node->file.system)->volume;
}

static EFI_STATUS new_node(struct iso_system *iso, struct iso_node *parent,
                           const struct iso_entry *entry, struct file_node **ret_node)
{
    struct iso_node *node = pool_new(sizeof(*node));

    if (!node)
        return EFI_OUT_OF_RESOURCES;
    *node = (struct iso_node){
        .file = {.system = &iso->system, .is_directory = entry->is_directory},
        .holds = 1,
        .parent = parent,
        .entry = *entry,
    };
    iso->nodes++;
    if (parent)
        parent->holds++;
    *ret_node = &node->file;
    return EFI_SUCCESS;
}

static EFI_STATUS open_root(struct file_system *system, struct file_node **ret_root)
{
    struct iso_system *iso = iso_of(system);

    return new_node(iso, NULL, &iso->volume.root, ret_root);
}

static void hold(struct file_node *file)
{
    node_of(file)->holds++;
}

static void release(struct file_node *file)
{
    struct iso_node *node = node_of(file);

    while (node && --node->holds == 0) {
        struct iso_node *parent = node->parent;

        iso_of(node->file.system)->nodes--;
        pool_free(node);
        node = parent;
    }
}

static EFI_STATUS open_parent(struct file_node *file, struct file_node **ret_parent)
{
    struct iso_node *node = node_of(file);
    struct iso_node *parent = node->parent ? node->parent : node;

    parent->holds++;
    *ret_parent = &parent->file;
    return EFI_SUCCESS;
}

static EFI_STATUS find(struct file_node *file, const CHAR16 *name, struct file_node **ret_node)
{
    struct iso_node *directory = node_of(file);
    struct iso_entry entry;
    EFI_STATUS status = iso_directory_find(volume_of(directory), &directory->entry, name, &entry);

    return status == EFI_SUCCESS ? new_node(iso_of(file->system), directory, &entry, ret_node)
                                 : status;
}

static uint64_t size(struct file_node *file)
{
    return node_of(file)->entry.bytes;
}

static EFI_STATUS read(struct file_node *file, uint64_t offset, uint64_t *bytes, void *buffer)
{
    struct iso_node *node = node_of(file);
    uint64_t left = offset < node->entry.bytes ? node->entry.bytes - offset : 0;
    uint64_t wanted = *bytes < left ? *bytes : left;
    EFI_STATUS status = medium_cache_read_through(&volume_of(node)->cache,
                                                  node->entry.offset + offset, wanted, buffer);

    if (status == EFI_SUCCESS)
        *bytes = wanted;
    return status;
}

static struct file_facts facts_of(const struct iso_volume *volume, const struct iso_entry *entry)
{
    return (struct file_facts){
        .bytes = entry->bytes,
        .allocated_bytes =
            (entry->bytes + volume->block_bytes - 1) & ~(uint64_t)(volume->block_bytes - 1),
        .created = entry->time,
        .accessed = entry->time,
        .modified = entry->time,
        .attributes = EFI_FILE_READ_ONLY | (entry->is_directory ? EFI_FILE_DIRECTORY : 0) |
                      (entry->is_hidden ? EFI_FILE_HIDDEN : 0),
    };
}

static EFI_STATUS next(struct file_node *file, uint64_t *position, struct file_facts *ret_facts,
                       struct file_name *ret_name)
{
    struct iso_node *directory = node_of(file);
    struct iso_volume *volume = volume_of(directory);
    struct iso_entry entry;
    EFI_STATUS status = iso_directory_next(volume, &directory->entry, position, &entry);

    if (status != EFI_SUCCESS)
        return status;
    *ret_facts = facts_of(volume, &entry);
    *ret_name = entry.name;
    return EFI_SUCCESS;
}

static EFI_STATUS describe(struct file_node *file, struct file_facts *ret_facts,
                           struct file_name *ret_name)
{
    struct iso_node *node = node_of(file);

    *ret_facts = facts_of(volume_of(node), &node->entry);
    *ret_name = node->entry.name;
    return EFI_SUCCESS;
}

static EFI_STATUS describe_volume(struct file_system *system, struct volume_facts *ret_facts)
{
    const struct iso_volume *volume = &iso_of(system)->volume;

    *ret_facts = (struct volume_facts){
        .read_only = true,
        .bytes = volume->total_bytes,
        .block_bytes = volume->block_bytes,
    };
    memcpy(ret_facts->label.text, volume->label, sizeof(volume->label));
    return EFI_SUCCESS;
}

static const struct file_operations operations = {
    .open_root = open_root,
    .hold = hold,
    .release = release,
    .open_parent = open_parent,
    .find = find,
    .size = size,
    .read = read,
    .next = next,
    .describe = describe,
    .describe_volume = describe_volume,
};

EFI_STATUS iso_system_mount(struct iso_system *iso, struct medium *medium)
{
    iso->system = (struct file_system){&operations, true};
    iso->nodes = 0;
    return iso_volume_mount(&iso->volume, medium);
}

void iso_system_unmount(struct iso_system *iso)
{
    iso_volume_unmount(&iso->volume);
}
