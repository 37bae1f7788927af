#include "shim/block/block_io2.h"

#include <stddef.h>

#include "shim/block/block_check.h"
#include "shim/block/disk_task.h"
#include "shim/memory/pool.h"
#include "shim/protocol/handle.h"

static const EFI_GUID block_io2_guid = EFI_BLOCK_IO2_PROTOCOL_GUID;

struct block_io2 {
    EFI_BLOCK_IO2_PROTOCOL protocol;
    struct disk_queue queue;
};

static struct disk_queue *queue_of(EFI_BLOCK_IO2_PROTOCOL *this)
{
    return &container_of(this, struct block_io2, protocol)->queue;
}

/* Both protocols' tokens are the same thing. */
_Static_assert(sizeof(EFI_BLOCK_IO2_TOKEN) == sizeof(EFI_DISK_IO2_TOKEN) &&
                   offsetof(EFI_BLOCK_IO2_TOKEN, TransactionStatus) ==
                       offsetof(EFI_DISK_IO2_TOKEN, TransactionStatus),
               "UEFI 2.10 sections 13.8 and 13.10");

static EFI_STATUS run(EFI_BLOCK_IO2_PROTOCOL *this, const struct disk_call *call,
                      EFI_BLOCK_IO2_TOKEN *token)
{
    return disk_task_run(queue_of(this), call, (EFI_DISK_IO2_TOKEN *)token);
}

static EFI_STATUS transfer(EFI_BLOCK_IO2_PROTOCOL *this, enum block_operation operation,
                           UINT32 media_id, EFI_LBA lba, EFI_BLOCK_IO2_TOKEN *token, UINTN bytes,
                           void *buffer)
{
    const EFI_BLOCK_IO_MEDIA *media = this->Media;
    struct disk_call call = {operation, lba * media->BlockSize, bytes, buffer};
    EFI_STATUS status = block_check(media, media_id, operation, lba, bytes, buffer);

    return status == EFI_SUCCESS ? run(this, &call, token) : status;
}

static EFI_STATUS EFIAPI read_blocks_ex(EFI_BLOCK_IO2_PROTOCOL *this, UINT32 media_id, EFI_LBA lba,
                                        EFI_BLOCK_IO2_TOKEN *token, UINTN bytes, void *buffer)
{
    return transfer(this, BLOCK_READ, media_id, lba, token, bytes, buffer);
}

static EFI_STATUS EFIAPI write_blocks_ex(EFI_BLOCK_IO2_PROTOCOL *this, UINT32 media_id, EFI_LBA lba,
                                         EFI_BLOCK_IO2_TOKEN *token, UINTN bytes, void *buffer)
{
    return transfer(this, BLOCK_WRITE, media_id, lba, token, bytes, buffer);
}

static EFI_STATUS EFIAPI flush_blocks_ex(EFI_BLOCK_IO2_PROTOCOL *this, EFI_BLOCK_IO2_TOKEN *token)
{
    static const struct disk_call call = {.operation = BLOCK_FLUSH};

    return this->Media->MediaPresent ? run(this, &call, token) : EFI_NO_MEDIA;
}

/* Afterwards buffers and tokens are the client's again. */
static EFI_STATUS EFIAPI reset(EFI_BLOCK_IO2_PROTOCOL *this, BOOLEAN extended)
{
    (void)extended;
    disk_queue_abort(queue_of(this));
    return EFI_SUCCESS;
}

EFI_STATUS block_io2_install(EFI_HANDLE *handle, struct block_device *device)
{
    struct block_io2 *io = pool_new(sizeof(*io));
    EFI_STATUS status;

    if (!io)
        return EFI_OUT_OF_RESOURCES;
    disk_queue_init(&io->queue, device);
    io->protocol = (EFI_BLOCK_IO2_PROTOCOL){
        .Media = &device->media,
        .Reset = reset,
        .ReadBlocksEx = read_blocks_ex,
        .WriteBlocksEx = write_blocks_ex,
        .FlushBlocksEx = flush_blocks_ex,
    };
    status = handle_install(handle, &block_io2_guid, &io->protocol);
    if (status != EFI_SUCCESS)
        pool_free(io);
    return status;
}

EFI_STATUS block_io2_uninstall(EFI_HANDLE handle)
{
    EFI_BLOCK_IO2_PROTOCOL *protocol = handle_get_interface(handle, &block_io2_guid);
    EFI_STATUS status;

    if (!protocol || protocol->ReadBlocksEx != read_blocks_ex)
        return EFI_NOT_FOUND;
    status = handle_uninstall(handle, &block_io2_guid, protocol);
    if (status != EFI_SUCCESS)
        return status;
    disk_queue_abort(queue_of(protocol));
    pool_free(container_of(protocol, struct block_io2, protocol));
    return EFI_SUCCESS;
}
