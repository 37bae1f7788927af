/*
 * A client's call of BlockIo2, DiskIo or DiskIo2, which ends when its bytes have been transferred,
 * or at once: then its token's event is signalled in the end. Boot phase.
 */
#ifndef PVHEFI_SHIM_BLOCK_DISK_TASK_H
#define PVHEFI_SHIM_BLOCK_DISK_TASK_H

#include <efi.h>

#include "shim/block/disk_transfer.h"

struct disk_call {
    enum block_operation operation;
    uint64_t offset; /* in bytes; checked, as is `bytes` */
    size_t bytes;    /* 0: there is nothing to do, unless it is a flush */
    void *buffer;
};

/*
 * Without a token, or without an event in it, waits and returns what became of the call. Else the
 * token tells it in the end, with its event. EFI_INVALID_PARAMETER when that is no event,
 * EFI_OUT_OF_RESOURCES.
 */
EFI_STATUS disk_task_run(struct disk_queue *queue, const struct disk_call *call,
                         EFI_DISK_IO2_TOKEN *token);

#endif
