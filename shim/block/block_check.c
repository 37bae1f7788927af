#include "shim/block/block_check.h"

#include <stdbool.h>
#include <stddef.h>

static EFI_STATUS check_media(const EFI_BLOCK_IO_MEDIA *media, uint32_t media_id,
                              enum block_operation operation)
{
    if (!media->MediaPresent)
        return EFI_NO_MEDIA;
    if (media_id != media->MediaId)
        return EFI_MEDIA_CHANGED;
    if (operation == BLOCK_WRITE && media->ReadOnly)
        return EFI_WRITE_PROTECTED;
    return EFI_SUCCESS;
}

/* All blocks from `first` to `last`, whose order is not known to be right. */
static bool has_blocks(const EFI_BLOCK_IO_MEDIA *media, uint64_t first, uint64_t last)
{
    return first <= last && last <= media->LastBlock;
}

static bool is_aligned(const EFI_BLOCK_IO_MEDIA *media, const void *buffer)
{
    return media->IoAlign <= 1 || ((uintptr_t)buffer & (media->IoAlign - 1)) == 0;
}

EFI_STATUS block_check(const EFI_BLOCK_IO_MEDIA *media, uint32_t media_id,
                       enum block_operation operation, uint64_t lba, uint64_t bytes,
                       const void *buffer)
{
    EFI_STATUS status = check_media(media, media_id, operation);

    if (status != EFI_SUCCESS || !bytes)
        return status;
    if (bytes % media->BlockSize)
        return EFI_BAD_BUFFER_SIZE;
    /* A sum that wraps is less than `lba`. */
    if (!has_blocks(media, lba, lba + bytes / media->BlockSize - 1))
        return EFI_INVALID_PARAMETER;
    return buffer && is_aligned(media, buffer) ? EFI_SUCCESS : EFI_INVALID_PARAMETER;
}

EFI_STATUS block_check_bytes(const EFI_BLOCK_IO_MEDIA *media, uint32_t media_id,
                             enum block_operation operation, uint64_t offset, uint64_t bytes,
                             const void *buffer)
{
    EFI_STATUS status = check_media(media, media_id, operation);

    if (status != EFI_SUCCESS || !bytes)
        return status;
    if (!buffer || bytes - 1 > UINT64_MAX - offset)
        return EFI_INVALID_PARAMETER;
    return has_blocks(media, offset / media->BlockSize, (offset + bytes - 1) / media->BlockSize)
               ? EFI_SUCCESS
               : EFI_INVALID_PARAMETER;
}
