#include "shim/fat/fat_content.h"

#include "shim/memory/pool.h"

/* What is written at once when content is cleared. */
#define ZEROS_BYTES 16384u

/* How a piece of content goes to or from the disk. */
typedef EFI_STATUS transfer(struct fat_volume *volume, uint64_t offset, size_t bytes,
                            uint8_t *buffer);

static EFI_STATUS read_piece(struct fat_volume *volume, uint64_t offset, size_t bytes,
                             uint8_t *buffer)
{
    return medium_cache_read_through(&volume->cache, offset, bytes, buffer);
}

static EFI_STATUS write_piece(struct fat_volume *volume, uint64_t offset, size_t bytes,
                              uint8_t *buffer)
{
    return medium_cache_write_through(&volume->cache, offset, bytes, buffer);
}

static EFI_STATUS for_each_run(struct fat_volume *volume, struct fat_chain *chain, uint64_t offset,
                               size_t bytes, uint8_t *buffer, transfer *piece)
{
    const struct fat_geometry *geometry = &volume->geometry;

    while (bytes) {
        uint32_t within = (uint32_t)(offset % geometry->cluster_bytes);
        uint64_t wanted =
            (within + (uint64_t)bytes + geometry->cluster_bytes - 1) / geometry->cluster_bytes;
        struct fat_run run;
        EFI_STATUS status = fat_chain_run(
            volume, chain, (uint32_t)(offset / geometry->cluster_bytes),
            wanted < geometry->clusters ? (uint32_t)wanted : geometry->clusters, &run);
        uint64_t run_bytes;

        if (status != EFI_SUCCESS)
            return status == EFI_NOT_FOUND ? EFI_VOLUME_CORRUPTED : status;
        run_bytes = (uint64_t)run.clusters * geometry->cluster_bytes - within;
        if (run_bytes > bytes)
            run_bytes = bytes;
        status =
            piece(volume, fat_cluster_offset(geometry, run.cluster) + within, run_bytes, buffer);
        if (status != EFI_SUCCESS)
            return status;
        offset += run_bytes;
        buffer += run_bytes;
        bytes -= run_bytes;
    }
    return EFI_SUCCESS;
}

EFI_STATUS fat_content_read(struct fat_volume *volume, struct fat_chain *chain, uint64_t offset,
                            size_t bytes, void *buffer)
{
    return for_each_run(volume, chain, offset, bytes, buffer, read_piece);
}

EFI_STATUS fat_content_write(struct fat_volume *volume, struct fat_chain *chain, uint64_t offset,
                             size_t bytes, const void *buffer)
{
    /* write_piece() leaves the buffer as it is. */
    return for_each_run(volume, chain, offset, bytes, (uint8_t *)(uintptr_t)buffer, write_piece);
}

EFI_STATUS fat_content_clear(struct fat_volume *volume, struct fat_chain *chain, uint64_t offset,
                             uint64_t bytes)
{
    EFI_STATUS status = EFI_SUCCESS;
    void *zeros;

    if (!bytes)
        return EFI_SUCCESS;
    zeros = pool_new(ZEROS_BYTES);
    if (!zeros)
        return EFI_OUT_OF_RESOURCES;
    while (bytes && status == EFI_SUCCESS) {
        size_t piece = bytes < ZEROS_BYTES ? (size_t)bytes : ZEROS_BYTES;

        status = fat_content_write(volume, chain, offset, piece, zeros);
        offset += piece;
        bytes -= piece;
    }
    pool_free(zeros);
    return status;
}
