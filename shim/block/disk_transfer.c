#include "shim/block/disk_transfer.h"

#include "loader/lib/string.h"
#include "shim/memory/pool.h"

static struct disk_transfer *transfer_at(struct list *link)
{
    return container_of(link, struct disk_transfer, link);
}

static struct disk_piece *piece_of(struct disk_transfer *transfer, unsigned int i)
{
    return &transfer->span.piece[i];
}

static bool is_edge(unsigned int i)
{
    return i != DISK_SPAN_MIDDLE;
}

static bool has_edges(const struct disk_transfer *transfer)
{
    return transfer->span.piece[DISK_SPAN_HEAD].bytes || transfer->span.piece[DISK_SPAN_TAIL].bytes;
}

static bool is_exclusive(const struct disk_transfer *transfer)
{
    return transfer->operation == BLOCK_FLUSH ||
           (transfer->operation == BLOCK_WRITE && has_edges(transfer));
}

static size_t block_bytes(const struct disk_transfer *transfer)
{
    return transfer->queue->device->media.BlockSize;
}

/* Where piece `i` begins in the caller's buffer. */
static char *in_buffer(struct disk_transfer *transfer, unsigned int i)
{
    char *position = transfer->buffer;

    while (i--)
        position += piece_of(transfer, i)->bytes;
    return position;
}

static char *edge_block(struct disk_transfer *transfer, unsigned int i)
{
    return (char *)transfer->edges + (i == DISK_SPAN_HEAD ? 0 : block_bytes(transfer));
}

/* Between the caller's buffer and the blocks at the edges. */
static void copy_edges(struct disk_transfer *transfer, enum block_operation operation)
{
    for (unsigned int i = 0; i < DISK_SPAN_PIECES; i++) {
        const struct disk_piece *piece = piece_of(transfer, i);
        char *block;

        if (!is_edge(i) || !piece->bytes)
            continue;
        block = edge_block(transfer, i) + piece->offset;
        if (operation == BLOCK_READ)
            memcpy(in_buffer(transfer, i), block, piece->bytes);
        else
            memcpy(block, in_buffer(transfer, i), piece->bytes);
    }
}

static void start_next(struct disk_queue *queue);

static void finish(struct disk_transfer *transfer)
{
    struct disk_queue *queue = transfer->queue;

    list_remove(&transfer->link);
    if (transfer->edges)
        pool_free(transfer->edges);
    transfer->done(transfer, transfer->is_aborted ? EFI_ABORTED : transfer->status);
    start_next(queue);
}

static void end_piece(struct disk_transfer *transfer);

static void piece_done(struct block_request *request, EFI_STATUS status)
{
    struct disk_transfer *transfer = request->context;

    if (status != EFI_SUCCESS && transfer->status == EFI_SUCCESS)
        transfer->status = status;
    end_piece(transfer);
}

static void submit_piece(struct disk_transfer *transfer, enum block_operation operation,
                         unsigned int i)
{
    struct block_request *request = &transfer->request[i];

    *request = (struct block_request){
        .operation = operation,
        .lba = piece_of(transfer, i)->lba,
        .buffer = is_edge(i) ? edge_block(transfer, i) : in_buffer(transfer, i),
        .bytes = is_edge(i) ? block_bytes(transfer) : piece_of(transfer, i)->bytes,
        .done = piece_done,
        .context = transfer,
    };
    transfer->pieces_in_flight++;
    block_submit(transfer->queue->device, request);
}

/* A piece may be done before the next one is submitted: one more is counted meanwhile. */
static void submit_pieces(struct disk_transfer *transfer, enum block_operation operation,
                          bool edges_only)
{
    transfer->pieces_in_flight = 1;
    for (unsigned int i = 0; i < DISK_SPAN_PIECES; i++) {
        if (piece_of(transfer, i)->bytes && (is_edge(i) || !edges_only))
            submit_piece(transfer, operation, i);
    }
    end_piece(transfer);
}

static void end_piece(struct disk_transfer *transfer)
{
    if (--transfer->pieces_in_flight)
        return;
    if (transfer->is_fetching && transfer->status == EFI_SUCCESS) {
        transfer->is_fetching = false;
        copy_edges(transfer, BLOCK_WRITE);
        submit_pieces(transfer, BLOCK_WRITE, false);
        return;
    }
    if (transfer->operation == BLOCK_READ && transfer->status == EFI_SUCCESS)
        copy_edges(transfer, BLOCK_READ);
    finish(transfer);
}

static void start(struct disk_transfer *transfer)
{
    transfer->is_started = true;
    if (transfer->operation == BLOCK_FLUSH) {
        submit_piece(transfer, BLOCK_FLUSH, DISK_SPAN_MIDDLE);
        return;
    }
    transfer->is_fetching = is_exclusive(transfer);
    submit_pieces(transfer, transfer->is_fetching ? BLOCK_READ : transfer->operation,
                  transfer->is_fetching);
}

/* The oldest one whose turn it is. */
static struct disk_transfer *find_next(struct disk_queue *queue)
{
    list_for_each (link, next, &queue->transfers) {
        struct disk_transfer *transfer = transfer_at(link);

        if (!transfer->is_started)
            return !is_exclusive(transfer) || link == queue->transfers.next ? transfer : NULL;
        if (is_exclusive(transfer))
            return NULL;
    }
    return NULL;
}

/* Not from within itself, by transfers that end at once: a client may have queued thousands. */
static void start_next(struct disk_queue *queue)
{
    struct disk_transfer *transfer;

    if (queue->is_starting)
        return;
    queue->is_starting = true;
    while ((transfer = find_next(queue)))
        start(transfer);
    queue->is_starting = false;
}

void disk_queue_init(struct disk_queue *queue, struct block_device *device)
{
    queue->device = device;
    list_init(&queue->transfers);
}

EFI_STATUS disk_transfer_start(struct disk_queue *queue, struct disk_transfer *transfer,
                               uint64_t offset, size_t bytes)
{
    transfer->queue = queue;
    transfer->span = disk_span(offset, bytes, queue->device->media.BlockSize);
    if (has_edges(transfer)) {
        transfer->edges = pool_new(2 * block_bytes(transfer));
        if (!transfer->edges)
            return EFI_OUT_OF_RESOURCES;
    }
    list_append(&queue->transfers, &transfer->link);
    start_next(queue);
    return EFI_SUCCESS;
}

/* What never began ends at once; what a device has cannot be taken back. */
void disk_queue_abort(struct disk_queue *queue)
{
    EFI_TPL level = block_lock();

    list_for_each (link, next, &queue->transfers)
        transfer_at(link)->is_aborted = true;
    queue->is_starting = true;
    list_for_each (unstarted, following, &queue->transfers) {
        if (!transfer_at(unstarted)->is_started)
            finish(transfer_at(unstarted));
    }
    queue->is_starting = false;
    while (!list_is_empty(&queue->transfers))
        block_wait(queue->device);
    block_unlock(level);
}
