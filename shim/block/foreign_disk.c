#include "shim/block/foreign_disk.h"

#include <stdbool.h>
#include <stddef.h>

#include "loader/lib/list.h"
#include "loader/lib/string.h"
#include "shim/block/block_io.h"
#include "shim/block/disk_io.h"
#include "shim/driver/driver_binding.h"
#include "shim/event/tpl.h"
#include "shim/memory/page_alloc.h"
#include "shim/memory/pool.h"
#include "shim/protocol/handle.h"
#include "shim/protocol/protocol_release.h"

/* For clients' buffers that the disk does not take: pages satisfy any alignment up to theirs. */
#define BOUNCE_PAGES 16u
#define BOUNCE_BYTES ((size_t)BOUNCE_PAGES * 4096)

struct foreign_disk {
    struct list link;
    struct block_device device;
    EFI_BLOCK_IO_PROTOCOL *block_io;
    EFI_HANDLE handle;
    void *bounce; /* BOUNCE_BYTES; NULL: the disk takes all buffers */
};

static struct list disks = LIST_EMPTY(disks);

static EFI_STATUS transfer(struct foreign_disk *disk, enum block_operation operation, uint64_t lba,
                           void *buffer, size_t bytes)
{
    EFI_BLOCK_IO_PROTOCOL *io = disk->block_io;
    uint32_t media_id = disk->device.media.MediaId;

    switch (operation) {
    case BLOCK_READ:
        return io->ReadBlocks(io, media_id, lba, bytes, buffer);
    case BLOCK_WRITE:
        return io->WriteBlocks(io, media_id, lba, bytes, buffer);
    default:
        return io->FlushBlocks(io);
    }
}

/* In pieces that fit into the bounce buffer, which has whole blocks. */
static EFI_STATUS bounce(struct foreign_disk *disk, const struct block_request *request)
{
    uint8_t *buffer = request->buffer;
    size_t left = request->bytes;
    uint64_t lba = request->lba;
    EFI_STATUS status = EFI_SUCCESS;

    while (left && status == EFI_SUCCESS) {
        size_t bytes = left < BOUNCE_BYTES ? left : BOUNCE_BYTES;

        if (request->operation == BLOCK_WRITE)
            memcpy(disk->bounce, buffer, bytes);
        status = transfer(disk, request->operation, lba, disk->bounce, bytes);
        if (status == EFI_SUCCESS && request->operation == BLOCK_READ)
            memcpy(buffer, disk->bounce, bytes);
        lba += bytes / disk->device.media.BlockSize;
        buffer += bytes;
        left -= bytes;
    }
    return status;
}

/* BlockIo is for levels up to TPL_CALLBACK (7.1), below that of the caller's lock. */
static void submit(struct block_device *device, struct block_request *request)
{
    struct foreign_disk *disk = container_of(device, struct foreign_disk, device);
    bool is_aligned = !disk->bounce || (uintptr_t)request->buffer % device->media.IoAlign == 0;
    EFI_TPL level = tpl_current();
    EFI_STATUS status;

    tpl_restore(TPL_CALLBACK);
    if (is_aligned || request->operation == BLOCK_FLUSH)
        status = transfer(disk, request->operation, request->lba, request->buffer, request->bytes);
    else
        status = bounce(disk, request);
    tpl_raise(level);
    block_complete(request, status);
}

/* A timer may look after requests while one is in the foreign driver's hands. */
static void poll(struct block_device *device)
{
    (void)device;
}

static const struct block_driver driver = {.submit = submit, .poll = poll};

struct block_device *foreign_disk_find(EFI_HANDLE handle)
{
    list_for_each (link, next, &disks) {
        struct foreign_disk *disk = container_of(link, struct foreign_disk, link);

        if (disk->handle == handle)
            return &disk->device;
    }
    return NULL;
}

static EFI_STATUS EFIAPI supported(EFI_DRIVER_BINDING_PROTOCOL *this, EFI_HANDLE controller,
                                   EFI_DEVICE_PATH *remaining)
{
    EFI_BLOCK_IO_PROTOCOL *block_io = handle_get_interface(controller, &block_io_protocol_guid);

    (void)remaining;
    if (!block_io || !block_io->Media || block_io_device(controller) ||
        handle_get_interface(controller, &disk_io_protocol_guid))
        return EFI_UNSUPPORTED;
    return driver_binding_try(this, controller, &block_io_protocol_guid, NULL);
}

/* Fields that came with later revisions of the protocol are not to be relied upon before. */
static EFI_BLOCK_IO_MEDIA copy_media(const EFI_BLOCK_IO_PROTOCOL *block_io)
{
    EFI_BLOCK_IO_MEDIA media = {0};
    size_t bytes = offsetof(EFI_BLOCK_IO_MEDIA, LowestAlignedLba);

    if (block_io->Revision >= EFI_BLOCK_IO_PROTOCOL_REVISION3)
        bytes = sizeof(media);
    else if (block_io->Revision >= EFI_BLOCK_IO_PROTOCOL_REVISION2)
        bytes = offsetof(EFI_BLOCK_IO_MEDIA, OptimalTransferLengthGranularity);
    memcpy(&media, block_io->Media, bytes);
    return media;
}

static bool media_is_sane(const EFI_BLOCK_IO_MEDIA *media)
{
    return media->BlockSize && (media->BlockSize & (media->BlockSize - 1)) == 0 &&
           media->BlockSize <= BOUNCE_BYTES && media->IoAlign <= 4096 &&
           media->LastBlock < UINT64_MAX / media->BlockSize;
}

static void disk_free(struct foreign_disk *disk)
{
    if (disk->bounce)
        page_free((uintptr_t)disk->bounce, BOUNCE_PAGES);
    pool_free(disk);
}

static EFI_STATUS disk_new(EFI_BLOCK_IO_PROTOCOL *block_io, EFI_HANDLE handle,
                           struct foreign_disk **ret_disk)
{
    struct foreign_disk *disk = pool_new(sizeof(*disk));
    EFI_PHYSICAL_ADDRESS pages;

    if (!disk)
        return EFI_OUT_OF_RESOURCES;
    disk->device = (struct block_device){.driver = &driver, .media = copy_media(block_io)};
    disk->block_io = block_io;
    disk->handle = handle;
    if (disk->device.media.IoAlign > 1) {
        if (page_alloc(AllocateAnyPages, EfiBootServicesData, BOUNCE_PAGES, &pages)) {
            pool_free(disk);
            return EFI_OUT_OF_RESOURCES;
        }
        disk->bounce = (void *)(uintptr_t)pages;
    }
    *ret_disk = disk;
    return EFI_SUCCESS;
}

static EFI_STATUS add_disk(EFI_DRIVER_BINDING_PROTOCOL *this, EFI_HANDLE controller)
{
    EFI_BLOCK_IO_PROTOCOL *block_io = handle_get_interface(controller, &block_io_protocol_guid);
    struct foreign_disk *disk;
    EFI_STATUS status = disk_new(block_io, controller, &disk);

    (void)this;
    if (status != EFI_SUCCESS)
        return status;
    status = media_is_sane(&disk->device.media) ? disk_io_install(&controller, &disk->device)
                                                : EFI_UNSUPPORTED;
    if (status == EFI_SUCCESS)
        list_append(&disks, &disk->link);
    else
        disk_free(disk);
    return status;
}

static EFI_STATUS EFIAPI start(EFI_DRIVER_BINDING_PROTOCOL *this, EFI_HANDLE controller,
                               EFI_DEVICE_PATH *remaining)
{
    (void)remaining;
    return driver_binding_claim(this, controller, &block_io_protocol_guid, add_disk);
}

/* Those who use DiskIo go first. */
static EFI_STATUS EFIAPI stop(EFI_DRIVER_BINDING_PROTOCOL *this, EFI_HANDLE controller,
                              UINTN children, EFI_HANDLE *child)
{
    struct block_device *device = foreign_disk_find(controller);
    struct foreign_disk *disk;

    (void)children;
    (void)child;
    if (!device || protocol_stop_drivers(controller, &disk_io_protocol_guid) != EFI_SUCCESS ||
        disk_io_uninstall(controller) != EFI_SUCCESS)
        return EFI_DEVICE_ERROR;
    disk = container_of(device, struct foreign_disk, device);
    list_remove(&disk->link);
    disk_free(disk);
    driver_binding_give_up(this, controller, &block_io_protocol_guid);
    return EFI_SUCCESS;
}

static EFI_DRIVER_BINDING_PROTOCOL binding = {
    .Supported = supported,
    .Start = start,
    .Stop = stop,
};

EFI_STATUS foreign_disk_driver_install(EFI_HANDLE image)
{
    return driver_binding_install(&binding, image, u"Disks of other drivers");
}
