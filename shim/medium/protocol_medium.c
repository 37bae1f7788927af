#include "shim/medium/protocol_medium.h"

#include "loader/lib/list.h"
#include "shim/block/block_io.h"
#include "shim/block/disk_io.h"
#include "shim/protocol/handle.h"

#define BLOCK_BYTES_MIN 512u
#define BLOCK_BYTES_MAX 65536u

static struct protocol_medium *protocols_of(struct medium *medium)
{
    return container_of(medium, struct protocol_medium, medium);
}

static EFI_STATUS read(struct medium *medium, uint64_t offset, size_t bytes, void *buffer)
{
    struct protocol_medium *this = protocols_of(medium);

    if (!this->disk_io)
        return EFI_NO_MEDIA;
    return this->disk_io->ReadDisk(this->disk_io, this->media_id, offset, bytes, buffer);
}

static EFI_STATUS write(struct medium *medium, uint64_t offset, size_t bytes, const void *buffer)
{
    struct protocol_medium *this = protocols_of(medium);

    if (!this->disk_io)
        return EFI_NO_MEDIA;
    /* The protocol says that the buffer is only read. */
    return this->disk_io->WriteDisk(this->disk_io, this->media_id, offset, bytes,
                                    (void *)(uintptr_t)buffer);
}

static EFI_STATUS flush(struct medium *medium)
{
    struct protocol_medium *this = protocols_of(medium);

    return this->disk_io ? this->block_io->FlushBlocks(this->block_io) : EFI_NO_MEDIA;
}

static const struct medium_operations operations = {
    .read = read,
    .write = write,
    .flush = flush,
};

EFI_STATUS protocol_medium_init(struct protocol_medium *medium, EFI_HANDLE device)
{
    EFI_BLOCK_IO_PROTOCOL *block_io = handle_get_interface(device, &block_io_protocol_guid);
    EFI_DISK_IO_PROTOCOL *disk_io = handle_get_interface(device, &disk_io_protocol_guid);
    const EFI_BLOCK_IO_MEDIA *media = block_io ? block_io->Media : NULL;

    if (!media || !disk_io)
        return EFI_UNSUPPORTED;
    if (!media->MediaPresent)
        return EFI_NO_MEDIA;
    if (media->BlockSize < BLOCK_BYTES_MIN || media->BlockSize > BLOCK_BYTES_MAX ||
        media->BlockSize & (media->BlockSize - 1) ||
        media->LastBlock >= INT64_MAX / media->BlockSize)
        return EFI_UNSUPPORTED;
    *medium = (struct protocol_medium){
        .medium = {.operations = &operations,
                   .bytes = (media->LastBlock + 1) * media->BlockSize,
                   .block_bytes = media->BlockSize,
                   .read_only = media->ReadOnly},
        .block_io = block_io,
        .disk_io = disk_io,
        .media_id = media->MediaId,
    };
    return EFI_SUCCESS;
}

void protocol_medium_detach(struct protocol_medium *medium)
{
    medium->disk_io = NULL;
}
