#include "shim/block/pv_block.h"

#include <stdbool.h>

#include <xen/errno.h>

#include "hypercall/blk_request.h"
#include "loader/x86/tsc.h"

/* Nobody looks at a disk's medium more closely than by its number. */
#define MEDIA_ID 1u
#define WAIT_NS  1000000u

static struct pv_block *block_of(struct block_device *device)
{
    return container_of(device, struct pv_block, device);
}

static EFI_STATUS status_of(long result)
{
    switch (result) {
    case 0:
        return EFI_SUCCESS;
    case -XEN_ENODEV:
        return EFI_NO_MEDIA;
    case -XEN_ENOMEM:
        return EFI_OUT_OF_RESOURCES;
    default:
        return EFI_DEVICE_ERROR;
    }
}

static void note_result(struct block_request *request, long result)
{
    if (result && request->status == EFI_SUCCESS)
        request->status = status_of(result);
}

/* It is done when nothing of it waits or is in flight. */
static void complete_if_done(struct block_request *request)
{
    if (!request->parts_in_flight && list_is_empty(&request->link))
        block_complete(request, request->status);
}

/* What the backend cannot flush it does not cache. */
static void part_done(struct blkfront *front, void *cookie, int result)
{
    struct block_request *request = cookie;

    if (request->operation == BLOCK_FLUSH && result == -XEN_EOPNOTSUPP) {
        front->medium.can_flush = false;
        front->medium.can_barrier = false;
        result = 0;
    }
    note_result(request, result);
    request->parts_in_flight--;
    complete_if_done(request);
}

/* All that was written before must be what is flushed: nothing else is in flight then. */
static bool start_flush(struct pv_block *block, struct block_request *request)
{
    int result = block->front.in_flight ? 0 : blkfront_start_flush(&block->front, request);

    if (result > 0)
        request->parts_in_flight++;
    if (result < 0 && result != -XEN_EOPNOTSUPP)
        note_result(request, result);
    return result;
}

static long start_part(struct pv_block *block, struct block_request *request)
{
    uint64_t sectors_per_block = block->device.media.BlockSize / BLK_SECTOR_BYTES;

    return blkfront_start(
        &block->front, request->operation == BLOCK_WRITE ? BLKFRONT_WRITE : BLKFRONT_READ,
        request->lba * sectors_per_block + request->started_bytes / BLK_SECTOR_BYTES,
        (char *)request->buffer + request->started_bytes, request->bytes - request->started_bytes,
        request);
}

/* False when the rest has to wait. */
static bool start(struct pv_block *block, struct block_request *request)
{
    if (request->operation == BLOCK_FLUSH)
        return start_flush(block, request);
    while (request->started_bytes < request->bytes && request->status == EFI_SUCCESS) {
        long started = start_part(block, request);

        if (!started)
            return false;
        if (started < 0) {
            note_result(request, started);
            return true;
        }
        request->started_bytes += (size_t)started;
        request->parts_in_flight++;
    }
    return true;
}

static void start_waiting(struct pv_block *block)
{
    while (!list_is_empty(&block->waiting)) {
        struct block_request *request =
            container_of(block->waiting.next, struct block_request, link);

        if (!start(block, request))
            break;
        list_remove(&request->link);
        complete_if_done(request);
    }
    blkfront_push(&block->front);
}

static void submit(struct block_device *device, struct block_request *request)
{
    struct pv_block *block = block_of(device);

    list_append(&block->waiting, &request->link);
    if (block->waiting.next == &request->link)
        start_waiting(block);
}

static void poll(struct block_device *device)
{
    struct pv_block *block = block_of(device);

    blkfront_poll(&block->front);
    start_waiting(block);
}

static void wait(struct block_device *device)
{
    blkfront_wait(&block_of(device)->front, tsc_now_ns() + WAIT_NS);
}

static const struct block_driver driver = {.submit = submit, .poll = poll, .wait = wait};

void pv_block_init(struct pv_block *block)
{
    const struct blk_medium *medium = &block->front.medium;

    list_init(&block->waiting);
    block->front.done = part_done;
    block->device.driver = &driver;
    block->device.media = (EFI_BLOCK_IO_MEDIA){
        .MediaId = MEDIA_ID,
        .RemovableMedia = medium->is_removable,
        .MediaPresent = medium->sectors != 0,
        .ReadOnly = medium->is_read_only,
        .WriteCaching = block->front.medium.can_flush || block->front.medium.can_barrier,
        .BlockSize = medium->sector_bytes,
        .IoAlign = 1,
        .LastBlock = medium->sectors ? medium->sectors - 1 : 0,
        .LogicalBlocksPerPhysicalBlock = medium->physical_sector_bytes / medium->sector_bytes,
    };
}

void pv_block_check(struct pv_block *block)
{
    if (blkfront_check(&block->front) || block->front.in_flight || !block->front.port)
        return;
    block->device.media.MediaPresent = FALSE;
    blkfront_detach(&block->front);
}
