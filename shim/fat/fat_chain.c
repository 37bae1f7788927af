#include "shim/fat/fat_chain.h"

#include "shim/fat/fat_table.h"

static EFI_STATUS start_over(struct fat_volume *volume, struct fat_chain *chain)
{
    chain->position = 0;
    chain->cluster = 0;
    if (!chain->first)
        return EFI_NOT_FOUND;
    if (!fat_is_cluster(&volume->geometry, chain->first))
        return EFI_VOLUME_CORRUPTED;
    chain->cluster = chain->first;
    return EFI_SUCCESS;
}

/* One cluster on; a chain with more clusters than the volume is a loop. */
static EFI_STATUS step(struct fat_volume *volume, struct fat_chain *chain)
{
    uint32_t next;
    EFI_STATUS status = fat_table_get(volume, chain->cluster, &next);

    if (status != EFI_SUCCESS)
        return status;
    if (next == FAT_CLUSTER_END)
        return EFI_NOT_FOUND;
    if (next == FAT_CLUSTER_FREE || chain->position + 1 >= volume->geometry.clusters)
        return EFI_VOLUME_CORRUPTED;
    chain->cluster = next;
    chain->position++;
    return EFI_SUCCESS;
}

static EFI_STATUS go_to(struct fat_volume *volume, struct fat_chain *chain, uint32_t position)
{
    EFI_STATUS status = EFI_SUCCESS;

    if (!chain->cluster || chain->position > position)
        status = start_over(volume, chain);
    while (status == EFI_SUCCESS && chain->position < position)
        status = step(volume, chain);
    return status;
}

EFI_STATUS fat_chain_run(struct fat_volume *volume, struct fat_chain *chain, uint32_t position,
                         uint32_t limit, struct fat_run *ret_run)
{
    EFI_STATUS status = go_to(volume, chain, position);
    struct fat_run run;

    if (status != EFI_SUCCESS)
        return status;
    run = (struct fat_run){.cluster = chain->cluster, .clusters = 1};
    while (run.clusters < limit) {
        status = step(volume, chain);
        if (status == EFI_NOT_FOUND)
            break;
        if (status != EFI_SUCCESS)
            return status;
        if (chain->cluster != run.cluster + run.clusters)
            break;
        run.clusters++;
    }
    *ret_run = run;
    return EFI_SUCCESS;
}

EFI_STATUS fat_chain_end(struct fat_volume *volume, struct fat_chain *chain, uint32_t *ret_clusters,
                         uint32_t *ret_last)
{
    EFI_STATUS status = chain->cluster ? EFI_SUCCESS : start_over(volume, chain);

    if (status == EFI_NOT_FOUND) {
        *ret_clusters = 0;
        return EFI_SUCCESS;
    }
    while (status == EFI_SUCCESS)
        status = step(volume, chain);
    if (status != EFI_NOT_FOUND)
        return status;
    *ret_clusters = chain->position + 1;
    *ret_last = chain->cluster;
    return EFI_SUCCESS;
}

static void count_free(struct fat_volume *volume, int32_t change)
{
    if (volume->free_clusters != FAT_CLUSTERS_UNKNOWN)
        volume->free_clusters += (uint32_t)change;
}

/* Appends a free cluster to the chain that ends with `last`; 0: begins one. */
static EFI_STATUS take_cluster(struct fat_volume *volume, uint32_t last, uint32_t *ret_cluster)
{
    EFI_STATUS status = fat_table_find_free(volume, volume->next_cluster, ret_cluster);

    if (status == EFI_SUCCESS)
        status = fat_table_set(volume, *ret_cluster, FAT_CLUSTER_END);
    if (status == EFI_SUCCESS && last)
        status = fat_table_set(volume, last, *ret_cluster);
    if (status != EFI_SUCCESS)
        return status;
    volume->next_cluster = *ret_cluster + 1;
    count_free(volume, -1);
    return EFI_SUCCESS;
}

EFI_STATUS fat_chain_allocate(struct fat_volume *volume, uint32_t clusters, uint32_t after,
                              uint32_t *ret_first)
{
    uint32_t first = 0;
    uint32_t last = 0;
    EFI_STATUS status = EFI_SUCCESS;

    if (volume->free_clusters != FAT_CLUSTERS_UNKNOWN && clusters > volume->free_clusters)
        return EFI_VOLUME_FULL;
    if (after)
        volume->next_cluster = after + 1;
    for (; clusters && status == EFI_SUCCESS; clusters--) {
        status = take_cluster(volume, last, &last);
        if (!first)
            first = last;
    }
    if (status != EFI_SUCCESS) {
        if (first)
            fat_chain_free(volume, first);
        return status;
    }
    status = medium_cache_flush(&volume->cache);
    if (status == EFI_SUCCESS)
        *ret_first = first;
    else
        volume->free_clusters = FAT_CLUSTERS_UNKNOWN;
    return status;
}

/* A loop comes to a cluster that is free already. */
EFI_STATUS fat_chain_free(struct fat_volume *volume, uint32_t first)
{
    EFI_STATUS status = EFI_SUCCESS;

    for (uint32_t cluster = first; cluster != FAT_CLUSTER_END && status == EFI_SUCCESS;) {
        uint32_t freed = cluster;

        status = fat_table_get(volume, cluster, &cluster);
        if (status == EFI_SUCCESS && cluster == FAT_CLUSTER_FREE)
            status = EFI_VOLUME_CORRUPTED;
        if (status == EFI_SUCCESS)
            status = fat_table_set(volume, freed, FAT_CLUSTER_FREE);
        if (status == EFI_SUCCESS)
            count_free(volume, 1);
    }
    if (status == EFI_SUCCESS || status == EFI_VOLUME_CORRUPTED) {
        EFI_STATUS flush_status = medium_cache_flush(&volume->cache);

        return status == EFI_SUCCESS ? flush_status : status;
    }
    return status;
}

EFI_STATUS fat_chain_link(struct fat_volume *volume, uint32_t last, uint32_t next)
{
    EFI_STATUS status = fat_table_set(volume, last, next);

    return status == EFI_SUCCESS ? medium_cache_flush(&volume->cache) : status;
}
