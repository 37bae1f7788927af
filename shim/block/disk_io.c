#include "shim/block/disk_io.h"

#include <stddef.h>

#include "shim/block/block_check.h"
#include "shim/block/disk_task.h"
#include "shim/memory/pool.h"
#include "shim/protocol/handle.h"

const EFI_GUID disk_io_protocol_guid = EFI_DISK_IO_PROTOCOL_GUID;
static const EFI_GUID disk_io2_guid = EFI_DISK_IO2_PROTOCOL_GUID;

struct disk_io {
    EFI_DISK_IO_PROTOCOL protocol;
    EFI_DISK_IO2_PROTOCOL protocol2;
    struct disk_queue queue;
};

static struct disk_io *disk_of(EFI_DISK_IO_PROTOCOL *this)
{
    return container_of(this, struct disk_io, protocol);
}

static struct disk_io *disk_of2(EFI_DISK_IO2_PROTOCOL *this)
{
    return container_of(this, struct disk_io, protocol2);
}

static EFI_STATUS transfer(struct disk_io *disk, UINT32 media_id, const struct disk_call *call,
                           EFI_DISK_IO2_TOKEN *token)
{
    EFI_STATUS status = block_check_bytes(&disk->queue.device->media, media_id, call->operation,
                                          call->offset, call->bytes, call->buffer);

    return status == EFI_SUCCESS ? disk_task_run(&disk->queue, call, token) : status;
}

static EFI_STATUS EFIAPI read_disk(EFI_DISK_IO_PROTOCOL *this, UINT32 media_id, UINT64 offset,
                                   UINTN bytes, void *buffer)
{
    struct disk_call call = {BLOCK_READ, offset, bytes, buffer};

    return transfer(disk_of(this), media_id, &call, NULL);
}

static EFI_STATUS EFIAPI write_disk(EFI_DISK_IO_PROTOCOL *this, UINT32 media_id, UINT64 offset,
                                    UINTN bytes, void *buffer)
{
    struct disk_call call = {BLOCK_WRITE, offset, bytes, buffer};

    return transfer(disk_of(this), media_id, &call, NULL);
}

static EFI_STATUS EFIAPI read_disk_ex(EFI_DISK_IO2_PROTOCOL *this, UINT32 media_id, UINT64 offset,
                                      EFI_DISK_IO2_TOKEN *token, UINTN bytes, void *buffer)
{
    struct disk_call call = {BLOCK_READ, offset, bytes, buffer};

    return transfer(disk_of2(this), media_id, &call, token);
}

static EFI_STATUS EFIAPI write_disk_ex(EFI_DISK_IO2_PROTOCOL *this, UINT32 media_id, UINT64 offset,
                                       EFI_DISK_IO2_TOKEN *token, UINTN bytes, void *buffer)
{
    struct disk_call call = {BLOCK_WRITE, offset, bytes, buffer};

    return transfer(disk_of2(this), media_id, &call, token);
}

static EFI_STATUS EFIAPI flush_disk_ex(EFI_DISK_IO2_PROTOCOL *this, EFI_DISK_IO2_TOKEN *token)
{
    static const struct disk_call call = {.operation = BLOCK_FLUSH};
    struct disk_io *disk = disk_of2(this);

    return disk->queue.device->media.MediaPresent ? disk_task_run(&disk->queue, &call, token)
                                                  : EFI_NO_MEDIA;
}

static EFI_STATUS EFIAPI cancel(EFI_DISK_IO2_PROTOCOL *this)
{
    disk_queue_abort(&disk_of2(this)->queue);
    return EFI_SUCCESS;
}

static struct disk_io *disk_new(struct block_device *device)
{
    struct disk_io *disk = pool_new(sizeof(*disk));

    if (!disk)
        return NULL;
    disk_queue_init(&disk->queue, device);
    disk->protocol = (EFI_DISK_IO_PROTOCOL){
        .Revision = EFI_DISK_IO_PROTOCOL_REVISION,
        .ReadDisk = read_disk,
        .WriteDisk = write_disk,
    };
    disk->protocol2 = (EFI_DISK_IO2_PROTOCOL){
        .Revision = EFI_DISK_IO2_PROTOCOL_REVISION,
        .Cancel = cancel,
        .ReadDiskEx = read_disk_ex,
        .WriteDiskEx = write_disk_ex,
        .FlushDiskEx = flush_disk_ex,
    };
    return disk;
}

EFI_STATUS disk_io_install(EFI_HANDLE *handle, struct block_device *device)
{
    struct disk_io *disk = disk_new(device);
    EFI_STATUS status;

    if (!disk)
        return EFI_OUT_OF_RESOURCES;
    status = handle_install(handle, &disk_io_protocol_guid, &disk->protocol);
    if (status != EFI_SUCCESS)
        goto free_disk;
    status = handle_install(handle, &disk_io2_guid, &disk->protocol2);
    if (status != EFI_SUCCESS)
        goto uninstall;
    return EFI_SUCCESS;

uninstall:
    handle_uninstall(*handle, &disk_io_protocol_guid, &disk->protocol);
free_disk:
    pool_free(disk);
    return status;
}

EFI_STATUS disk_io_uninstall(EFI_HANDLE handle)
{
    EFI_DISK_IO_PROTOCOL *protocol = handle_get_interface(handle, &disk_io_protocol_guid);
    struct disk_io *disk;
    EFI_STATUS status;

    if (!protocol || protocol->ReadDisk != read_disk)
        return EFI_NOT_FOUND;
    disk = disk_of(protocol);
    status = handle_uninstall(handle, &disk_io2_guid, &disk->protocol2);
    if (status != EFI_SUCCESS)
        return status;
    status = handle_uninstall(handle, &disk_io_protocol_guid, protocol);
    if (status != EFI_SUCCESS) {
        handle_install(&handle, &disk_io2_guid, &disk->protocol2);
        return status;
    }
    disk_queue_abort(&disk->queue);
    pool_free(disk);
    return EFI_SUCCESS;
}
