#include "shim/fat/fat_file.h"

#include <stdbool.h>

#include "shim/fat/fat_content.h"
#include "shim/fat/fat_table.h"

/* What a write or a longer size does to a file. */
struct change {
    struct fat_node *node;
    uint64_t old_bytes; /* of the file */
    uint64_t offset;    /* of the data; zeros from the old end on */
    uint64_t bytes;
    const uint8_t *data;
};

EFI_STATUS fat_file_read(struct fat_node *node, uint64_t offset, uint64_t *bytes, void *buffer)
{
    uint64_t left = offset < node->entry.bytes ? node->entry.bytes - offset : 0;
    uint64_t wanted = *bytes < left ? *bytes : left;
    EFI_STATUS status = fat_content_read(node->volume, &node->chain, offset, wanted, buffer);

    if (status == EFI_SUCCESS)
        *bytes = wanted;
    return status;
}

static uint32_t clusters_for(const struct fat_volume *volume, uint64_t bytes)
{
    return (uint32_t)((bytes + volume->geometry.cluster_bytes - 1) /
                      volume->geometry.cluster_bytes);
}

static uint64_t clip(uint64_t value, uint64_t low, uint64_t high)
{
    return value < low ? low : value > high ? high : value;
}

/*
 * Zeros and data, as far as they lie in the bytes `start` to `end` of the file, which are those of
 * `chain`.
 */
static EFI_STATUS fill(const struct change *change, struct fat_chain *chain, uint64_t start,
                       uint64_t end)
{
    struct fat_volume *volume = change->node->volume;
    uint64_t zeros_start = clip(change->old_bytes, start, end);
    uint64_t zeros_end = clip(change->offset, zeros_start, end);
    uint64_t data_start = clip(change->offset, start, end);
    uint64_t data_end = clip(change->offset + change->bytes, start, end);
    EFI_STATUS status =
        fat_content_clear(volume, chain, zeros_start - start, zeros_end - zeros_start);

    if (status == EFI_SUCCESS && data_start < data_end)
        status = fat_content_write(volume, chain, data_start - start, data_end - data_start,
                                   change->data + (data_start - change->offset));
    return status;
}

/* The entry as it is after a change of content. */
static struct fat_entry changed_entry(const struct fat_node *node, uint64_t bytes, uint32_t first)
{
    struct fat_entry entry = node->entry;

    entry.bytes = (uint32_t)bytes;
    entry.attributes |= FAT_ARCHIVE;
    fat_entry_set_cluster(&entry, first);
    fat_entry_set_modified(&entry, fat_volume_now(node->volume));
    return entry;
}

/* The new clusters are filled before anything leads to them. */
static EFI_STATUS append(const struct change *change, uint32_t clusters, uint32_t last,
                         uint32_t wanted, uint32_t *first)
{
    struct fat_volume *volume = change->node->volume;
    struct fat_chain fresh = {0};
    uint64_t start = (uint64_t)clusters * volume->geometry.cluster_bytes;
    EFI_STATUS status = fat_chain_allocate(volume, wanted, clusters ? last : 0, &fresh.first);

    if (status != EFI_SUCCESS)
        return status;
    status = fill(change, &fresh, start, start + (uint64_t)wanted * volume->geometry.cluster_bytes);
    if (status == EFI_SUCCESS && clusters)
        status = fat_chain_link(volume, last, fresh.first);
    else if (status == EFI_SUCCESS)
        *first = fresh.first;
    if (status != EFI_SUCCESS)
        fat_chain_free(volume, fresh.first);
    return status;
}

/* Longer by data, zeros or both. */
static EFI_STATUS extend(const struct change *change)
{
    struct fat_node *node = change->node;
    uint64_t end = change->offset + change->bytes;
    uint32_t wanted = clusters_for(node->volume, end);
    uint32_t first = node->chain.first;
    struct fat_entry entry;
    uint32_t clusters;
    uint32_t last = 0;
    EFI_STATUS status = fat_chain_end(node->volume, &node->chain, &clusters, &last);

    if (status == EFI_SUCCESS && clusters < clusters_for(node->volume, change->old_bytes))
        status = EFI_VOLUME_CORRUPTED;
    if (status == EFI_SUCCESS)
        status = fill(change, &node->chain, 0,
                      (uint64_t)clusters * node->volume->geometry.cluster_bytes);
    if (status == EFI_SUCCESS && wanted > clusters)
        status = append(change, clusters, last, wanted - clusters, &first);
    if (status != EFI_SUCCESS)
        return status;
    entry = changed_entry(node, end, first);
    status = fat_node_store(node, &entry);
    if (status == EFI_SUCCESS)
        node->chain.first = first;
    return status;
}

static EFI_STATUS overwrite(const struct change *change)
{
    struct fat_node *node = change->node;
    struct fat_entry entry = changed_entry(node, node->entry.bytes, node->chain.first);
    EFI_STATUS status =
        fat_content_write(node->volume, &node->chain, change->offset, change->bytes, change->data);

    return status == EFI_SUCCESS ? fat_node_store(node, &entry) : status;
}

EFI_STATUS fat_file_write(struct fat_node *node, uint64_t offset, uint64_t bytes,
                          const void *buffer)
{
    struct change change = {node, node->entry.bytes, offset, bytes, buffer};

    if (!bytes)
        return EFI_SUCCESS;
    if (offset > FAT_FILE_BYTES_MAX || bytes > FAT_FILE_BYTES_MAX - offset)
        return EFI_VOLUME_FULL;
    return offset + bytes > node->entry.bytes ? extend(&change) : overwrite(&change);
}

/* The entry says that the end is elsewhere before the clusters behind it are free. */
static EFI_STATUS shorten(struct fat_node *node, uint64_t bytes)
{
    struct fat_volume *volume = node->volume;
    uint32_t clusters = clusters_for(volume, bytes);
    struct fat_entry entry = changed_entry(node, bytes, clusters ? node->chain.first : 0);
    uint32_t rest = node->chain.first;
    struct fat_run last = {0};
    EFI_STATUS status = EFI_SUCCESS;

    if (clusters) {
        status = fat_chain_run(volume, &node->chain, clusters - 1, 1, &last);
        if (status == EFI_SUCCESS)
            status = fat_table_get(volume, last.cluster, &rest);
    }
    if (status == EFI_SUCCESS)
        status = fat_node_store(node, &entry);
    if (status != EFI_SUCCESS)
        return status == EFI_NOT_FOUND ? EFI_VOLUME_CORRUPTED : status;
    node->chain = (struct fat_chain){.first = fat_entry_cluster(&entry)};
    if (!rest || rest == FAT_CLUSTER_END)
        return EFI_SUCCESS;
    if (clusters)
        status = fat_chain_link(volume, last.cluster, FAT_CLUSTER_END);
    return status == EFI_SUCCESS ? fat_chain_free(volume, rest) : status;
}

EFI_STATUS fat_file_resize(struct fat_node *node, uint64_t bytes)
{
    struct change change = {node, node->entry.bytes, bytes, 0, NULL};

    if (bytes > FAT_FILE_BYTES_MAX)
        return EFI_VOLUME_FULL;
    if (bytes == node->entry.bytes)
        return EFI_SUCCESS;
    return bytes > node->entry.bytes ? extend(&change) : shorten(node, bytes);
}
