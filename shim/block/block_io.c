#include "shim/block/block_io.h"

#include <stddef.h>

#include "shim/block/block_check.h"
#include "shim/memory/pool.h"
#include "shim/protocol/handle.h"

const EFI_GUID block_io_protocol_guid = EFI_BLOCK_IO_PROTOCOL_GUID;

struct block_io {
    EFI_BLOCK_IO_PROTOCOL protocol;
    struct block_device *device;
};

static struct block_device *device_of(EFI_BLOCK_IO_PROTOCOL *this)
{
    return container_of(this, struct block_io, protocol)->device;
}

/* A PV disk has no state that a reset could bring back. */
static EFI_STATUS EFIAPI reset(EFI_BLOCK_IO_PROTOCOL *this, BOOLEAN extended)
{
    (void)this;
    (void)extended;
    return EFI_SUCCESS;
}

static EFI_STATUS transfer(struct block_device *device, enum block_operation operation,
                           UINT32 media_id, EFI_LBA lba, UINTN bytes, void *buffer)
{
    EFI_STATUS status = block_check(&device->media, media_id, operation, lba, bytes, buffer);

    return status == EFI_SUCCESS && bytes ? block_transfer(device, operation, lba, buffer, bytes)
                                          : status;
}

static EFI_STATUS EFIAPI read_blocks(EFI_BLOCK_IO_PROTOCOL *this, UINT32 media_id, EFI_LBA lba,
                                     UINTN bytes, void *buffer)
{
    return transfer(device_of(this), BLOCK_READ, media_id, lba, bytes, buffer);
}

static EFI_STATUS EFIAPI write_blocks(EFI_BLOCK_IO_PROTOCOL *this, UINT32 media_id, EFI_LBA lba,
                                      UINTN bytes, void *buffer)
{
    return transfer(device_of(this), BLOCK_WRITE, media_id, lba, bytes, buffer);
}

static EFI_STATUS EFIAPI flush_blocks(EFI_BLOCK_IO_PROTOCOL *this)
{
    struct block_device *device = device_of(this);

    if (!device->media.MediaPresent)
        return EFI_NO_MEDIA;
    return block_transfer(device, BLOCK_FLUSH, 0, NULL, 0);
}

EFI_STATUS block_io_install(EFI_HANDLE *handle, struct block_device *device)
{
    struct block_io *io = pool_new(sizeof(*io));
    EFI_STATUS status;

    if (!io)
        return EFI_OUT_OF_RESOURCES;
    io->device = device;
    io->protocol = (EFI_BLOCK_IO_PROTOCOL){
        .Revision = EFI_BLOCK_IO_PROTOCOL_REVISION3,
        .Media = &device->media,
        .Reset = reset,
        .ReadBlocks = read_blocks,
        .WriteBlocks = write_blocks,
        .FlushBlocks = flush_blocks,
    };
    status = handle_install(handle, &block_io_protocol_guid, &io->protocol);
    if (status != EFI_SUCCESS)
        pool_free(io);
    return status;
}

/* Which functions it has says whose it is. */
static struct block_io *find(EFI_HANDLE handle)
{
    EFI_BLOCK_IO_PROTOCOL *protocol = handle_get_interface(handle, &block_io_protocol_guid);

    if (!protocol || protocol->ReadBlocks != read_blocks)
        return NULL;
    return container_of(protocol, struct block_io, protocol);
}

struct block_device *block_io_device(EFI_HANDLE handle)
{
    struct block_io *io = find(handle);

    return io ? io->device : NULL;
}

EFI_STATUS block_io_uninstall(EFI_HANDLE handle)
{
    struct block_io *io = find(handle);
    EFI_STATUS status;

    if (!io)
        return EFI_NOT_FOUND;
    status = handle_uninstall(handle, &block_io_protocol_guid, &io->protocol);
    if (status == EFI_SUCCESS)
        pool_free(io);
    return status;
}
