/*
 * Transfers of any bytes from or to a block device: whole blocks straight from or to the caller's
 * buffer, parts of blocks through a buffer of one block. Boot phase, under block_lock().
 *
 * A write of part of a block reads it before: it runs alone, so that of two writes into one block
 * none is lost. A flush runs alone, too, after all that was started before it.
 */
#ifndef PVHEFI_SHIM_BLOCK_DISK_TRANSFER_H
#define PVHEFI_SHIM_BLOCK_DISK_TRANSFER_H

#include <stdbool.h>

#include "shim/block/block_device.h"
#include "shim/block/disk_span.h"

struct disk_queue {
    struct block_device *device;
    struct list transfers; /* oldest first */
    bool is_starting;
};

struct disk_transfer {
    /* The caller's. `done` as of a block request. */
    enum block_operation operation;
    void *buffer;
    void (*done)(struct disk_transfer *transfer, EFI_STATUS status);

    struct list link; /* in disk_queue.transfers */
    struct disk_queue *queue;
    struct disk_span span;
    struct block_request request[DISK_SPAN_PIECES];
    void *edges; /* two blocks: that of the head, that of the tail */
    unsigned int pieces_in_flight;
    bool is_started;
    bool is_fetching; /* reads what a write does not overwrite */
    bool is_aborted;
    EFI_STATUS status;
};

void disk_queue_init(struct disk_queue *queue, struct block_device *device);

/*
 * Starts `transfer`, when it is its turn, for `bytes` bytes at `offset`, which the caller checked.
 * EFI_OUT_OF_RESOURCES: it is not started.
 */
EFI_STATUS disk_transfer_start(struct disk_queue *queue, struct disk_transfer *transfer,
                               uint64_t offset, size_t bytes);

/* Ends every transfer of the queue with EFI_ABORTED; what is in flight is waited for. Any TPL. */
void disk_queue_abort(struct disk_queue *queue);

#endif
