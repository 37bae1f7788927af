#include "shim/block/read_ahead.h"

#include "loader/lib/string.h"
#include "shim/memory/page_alloc.h"
#include "shim/memory/pool.h"

#define PAGE_BYTES 4096u
/* Times as much as is asked for, for a client that begins to read on. */
#define FIRST_FACTOR 4u

void read_ahead_enable(struct block_device *device)
{
    struct read_ahead *ahead = pool_new(sizeof(*ahead));
    EFI_PHYSICAL_ADDRESS address;

    if (!ahead)
        return;
    if (page_alloc(AllocateAnyPages, EfiBootServicesData, READ_AHEAD_BYTES / PAGE_BYTES,
                   &address) != EFI_SUCCESS) {
        pool_free(ahead);
        return;
    }
    *ahead = (struct read_ahead){
        .buffer = (uint8_t *)(uintptr_t)address,
        .next_lba = UINT64_MAX,
    };
    device->read_ahead = ahead;
}

static uint64_t blocks_in(const struct block_device *device, size_t bytes)
{
    return bytes / device->media.BlockSize;
}

static size_t bytes_to_end(const struct block_device *device, uint64_t lba)
{
    uint64_t blocks = device->media.LastBlock - lba + 1;
    uint64_t most = blocks_in(device, READ_AHEAD_BYTES);

    return (size_t)(blocks < most ? blocks : most) * device->media.BlockSize;
}

static void forget(struct read_ahead *ahead)
{
    ahead->bytes = 0;
    ahead->is_stale = true;
}

static void answer(struct block_request *request, const uint8_t *from)
{
    memcpy(request->buffer, from, request->bytes);
    block_complete(request, EFI_SUCCESS);
}

static bool take_kept(struct block_device *device, struct block_request *request)
{
    const struct read_ahead *ahead = device->read_ahead;
    uint64_t blocks = blocks_in(device, request->bytes);
    uint64_t kept = blocks_in(device, ahead->bytes);

    if (request->lba < ahead->lba || blocks > kept || request->lba - ahead->lba > kept - blocks)
        return false;
    answer(request, ahead->buffer + (request->lba - ahead->lba) * device->media.BlockSize);
    return true;
}

/* When something around them could not be read, the blocks that were asked for are read alone. */
static void fill_done(struct block_request *fill, EFI_STATUS status)
{
    struct read_ahead *ahead = container_of(fill, struct read_ahead, fill);
    struct block_request *request = ahead->waiting;

    ahead->waiting = NULL;
    if (status != EFI_SUCCESS) {
        fill->device->driver->submit(fill->device, request);
        return;
    }
    if (!ahead->is_stale) {
        ahead->lba = fill->lba;
        ahead->bytes = fill->bytes;
    }
    answer(request, ahead->buffer);
}

static void start_fill(struct block_device *device, struct block_request *request)
{
    struct read_ahead *ahead = device->read_ahead;

    ahead->bytes = 0;
    ahead->is_stale = false;
    ahead->waiting = request;
    ahead->fill = (struct block_request){
        .operation = BLOCK_READ,
        .lba = request->lba,
        .buffer = ahead->buffer,
        .bytes = ahead->window_bytes,
        .done = fill_done,
    };
    block_submit(device, &ahead->fill);
}

/* How much to read, 0 when nothing but what was asked for. */
static size_t next_window(const struct block_device *device, const struct block_request *request)
{
    size_t last = device->read_ahead->window_bytes;
    size_t most = bytes_to_end(device, request->lba);
    size_t window = last ? 2 * last : FIRST_FACTOR * request->bytes;

    return window < most ? window : most;
}

/* Does the client go on where it was? */
static bool reads_on(const struct block_device *device, const struct block_request *request)
{
    struct read_ahead *ahead = device->read_ahead;
    bool reads_on = request->lba == ahead->next_lba;

    ahead->next_lba = request->lba + blocks_in(device, request->bytes);
    if (!reads_on)
        ahead->window_bytes = 0;
    return reads_on;
}

/* What is read beside a write in flight may be old: it is only for who wants it now. */
static bool is_alone(const struct block_device *device)
{
    return device->requests_in_flight == 1;
}

bool read_ahead_take(struct block_device *device, struct block_request *request)
{
    struct read_ahead *ahead = device->read_ahead;
    size_t window;

    if (request->operation == BLOCK_WRITE)
        forget(ahead);
    if (request == &ahead->fill || request->operation != BLOCK_READ ||
        request->bytes > READ_AHEAD_SMALL_BYTES)
        return false;
    window = reads_on(device, request) ? next_window(device, request) : 0;
    if (take_kept(device, request))
        return true;
    if (window <= request->bytes || !is_alone(device))
        return false;
    ahead->window_bytes = window;
    start_fill(device, request);
    return true;
}
