#include "shim/fat/fat_system.h"

#include "loader/lib/string.h"
#include "shim/fat/fat_facts.h"
#include "shim/fat/fat_file.h"
#include "shim/fat/fat_label.h"
#include "shim/fat/fat_tree.h"

_Static_assert(FAT_NAME_CHARS_MAX == FILE_NAME_CHARS_MAX, "names fit");

static struct fat_volume *volume_of(struct file_system *system)
{
    return &container_of(system, struct fat_system, system)->volume;
}

static struct fat_node *node_of(struct file_node *file)
{
    return container_of(file, struct fat_node, file);
}

static EFI_STATUS open_root_node(struct file_system *system, struct fat_node **ret_root)
{
    EFI_STATUS status = fat_node_root(volume_of(system), ret_root);

    if (status == EFI_SUCCESS)
        (*ret_root)->file.system = system;
    return status;
}

static EFI_STATUS open_root(struct file_system *system, struct file_node **ret_root)
{
    struct fat_node *root;
    EFI_STATUS status = open_root_node(system, &root);

    if (status == EFI_SUCCESS)
        *ret_root = &root->file;
    return status;
}

static void hold(struct file_node *file)
{
    fat_node_hold(node_of(file));
}

static void release(struct file_node *file)
{
    fat_node_release(node_of(file));
}

static EFI_STATUS open_parent(struct file_node *file, struct file_node **ret_parent)
{
    struct fat_node *node = node_of(file);
    struct fat_node *parent = node->parent ? node->parent : node;

    fat_node_hold(parent);
    *ret_parent = &parent->file;
    return EFI_SUCCESS;
}

static EFI_STATUS open_found(struct fat_node *directory, const struct fat_found *found,
                             struct file_node **ret_node)
{
    struct fat_node *node;
    EFI_STATUS status = fat_node_open(directory, found, &node);

    if (status == EFI_SUCCESS)
        *ret_node = &node->file;
    return status;
}

static EFI_STATUS find(struct file_node *directory, const CHAR16 *text, struct file_node **ret_node)
{
    struct fat_found found;
    struct fat_name name;
    EFI_STATUS status;

    if (!fat_name_take(text, &name))
        return EFI_NOT_FOUND;
    status = fat_directory_find(node_of(directory), &name, &found);
    return status == EFI_SUCCESS ? open_found(node_of(directory), &found, ret_node) : status;
}

static uint64_t size(struct file_node *file)
{
    return node_of(file)->entry.bytes;
}

static EFI_STATUS read(struct file_node *file, uint64_t offset, uint64_t *bytes, void *buffer)
{
    return fat_file_read(node_of(file), offset, bytes, buffer);
}

static EFI_STATUS next(struct file_node *file, uint64_t *position, struct file_facts *ret_facts,
                       struct file_name *ret_name)
{
    struct fat_node *directory = node_of(file);
    uint32_t slot = (uint32_t)*position;
    struct fat_found found;
    EFI_STATUS status = fat_directory_next(directory, &slot, &found);

    if (status != EFI_SUCCESS)
        return status;
    *position = slot;
    *ret_facts = fat_facts_of(&found.entry, directory->volume->geometry.cluster_bytes);
    memcpy(ret_name->text, found.name, sizeof(ret_name->text));
    return EFI_SUCCESS;
}

static EFI_STATUS describe(struct file_node *file, struct file_facts *ret_facts,
                           struct file_name *ret_name)
{
    struct fat_node *node = node_of(file);
    uint32_t slot = node->first_slot;
    struct fat_found found;
    EFI_STATUS status;

    if (!node->parent) {
        *ret_facts = (struct file_facts){.attributes = EFI_FILE_DIRECTORY};
        ret_name->text[0] = 0;
        return EFI_SUCCESS;
    }
    status = fat_directory_next(node->parent, &slot, &found);
    if (status != EFI_SUCCESS)
        return status == EFI_NOT_FOUND ? EFI_VOLUME_CORRUPTED : status;
    *ret_facts = fat_facts_of(&node->entry, node->volume->geometry.cluster_bytes);
    memcpy(ret_name->text, found.name, sizeof(ret_name->text));
    return EFI_SUCCESS;
}

static EFI_STATUS describe_volume(struct file_system *system, struct volume_facts *ret_facts)
{
    struct fat_volume *volume = volume_of(system);
    struct fat_node *root;
    uint32_t free_clusters;
    EFI_STATUS status = fat_volume_free_clusters(volume, &free_clusters);

    if (status == EFI_SUCCESS)
        status = open_root_node(system, &root);
    if (status != EFI_SUCCESS)
        return status;
    *ret_facts = (struct volume_facts){
        .read_only = volume->medium->read_only,
        .bytes = (uint64_t)volume->geometry.clusters * volume->geometry.cluster_bytes,
        .free_bytes = (uint64_t)free_clusters * volume->geometry.cluster_bytes,
        .block_bytes = volume->geometry.cluster_bytes,
    };
    status = fat_label_get(root, ret_facts->label.text);
    fat_node_release(root);
    return status;
}

/* What a change left in the cache when it failed half-way must not get onto the disk. */
static EFI_STATUS finish(struct fat_volume *volume, EFI_STATUS status)
{
    if (status != EFI_SUCCESS)
        medium_cache_discard(&volume->cache);
    return status;
}

static EFI_STATUS create(struct file_node *file, const CHAR16 *text, uint64_t attributes,
                         struct file_node **ret_node)
{
    struct fat_node *directory = node_of(file);
    struct fat_node *node = NULL;
    struct fat_name name;
    EFI_STATUS status;

    if (!fat_name_take(text, &name) || !fat_name_is_valid(&name))
        return EFI_INVALID_PARAMETER;
    status = fat_volume_begin_change(directory->volume);
    if (status == EFI_SUCCESS)
        status = fat_tree_create(directory, &name, fat_facts_attributes(attributes), &node);
    if (status == EFI_SUCCESS)
        *ret_node = &node->file;
    return finish(directory->volume, status);
}

static EFI_STATUS write(struct file_node *file, uint64_t offset, uint64_t bytes, const void *buffer)
{
    struct fat_node *node = node_of(file);
    EFI_STATUS status = fat_volume_begin_change(node->volume);

    if (status == EFI_SUCCESS)
        status = fat_file_write(node, offset, bytes, buffer);
    return finish(node->volume, status);
}

static EFI_STATUS resize(struct file_node *file, uint64_t bytes)
{
    struct fat_node *node = node_of(file);
    EFI_STATUS status = fat_volume_begin_change(node->volume);

    if (status == EFI_SUCCESS)
        status = fat_file_resize(node, bytes);
    return finish(node->volume, status);
}

static EFI_STATUS change(struct file_node *file, const struct file_facts *facts)
{
    struct fat_node *node = node_of(file);
    struct fat_entry entry = node->entry;
    EFI_STATUS status = fat_volume_begin_change(node->volume);

    fat_facts_store(facts, &entry);
    if (status == EFI_SUCCESS)
        status = fat_node_store(node, &entry);
    return finish(node->volume, status);
}

static EFI_STATUS move(struct file_node *file, struct file_node *directory, const CHAR16 *text)
{
    struct fat_node *node = node_of(file);
    struct fat_name name;
    EFI_STATUS status;

    if (!fat_name_take(text, &name) || !fat_name_is_valid(&name))
        return EFI_INVALID_PARAMETER;
    status = fat_volume_begin_change(node->volume);
    if (status == EFI_SUCCESS)
        status = fat_tree_move(node, node_of(directory), &name);
    return finish(node->volume, status);
}

static EFI_STATUS remove(struct file_node *file)
{
    struct fat_node *node = node_of(file);
    EFI_STATUS status = fat_volume_begin_change(node->volume);

    if (status == EFI_SUCCESS)
        status = fat_tree_remove(node);
    return finish(node->volume, status);
}

static EFI_STATUS sync(struct file_system *system)
{
    return fat_volume_sync(volume_of(system));
}

static EFI_STATUS set_label(struct file_system *system, const CHAR16 *label)
{
    struct fat_volume *volume = volume_of(system);
    struct fat_node *root;
    EFI_STATUS status = open_root_node(system, &root);

    if (status != EFI_SUCCESS)
        return status;
    status = fat_volume_begin_change(volume);
    if (status == EFI_SUCCESS)
        status = fat_label_set(root, label);
    fat_node_release(root);
    return finish(volume, status);
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
    .create = create,
    .write = write,
    .resize = resize,
    .change = change,
    .move = move,
    .remove = remove,
    .set_label = set_label,
    .sync = sync,
};

EFI_STATUS fat_system_mount(struct fat_system *fat, struct medium *medium, fat_clock *clock)
{
    fat->system = (struct file_system){&operations, medium->read_only};
    return fat_volume_mount(&fat->volume, medium, clock);
}

void fat_system_unmount(struct fat_system *fat)
{
    fat_volume_unmount(&fat->volume);
}
