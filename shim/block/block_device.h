/*
 * A block device as the firmware sees it below BlockIo and DiskIo: requests that a driver completes
 * some time later. A partition is a device without a driver: a window on its parent. Boot phase.
 *
 * Every request that was submitted completes, in bounded time; until then request and buffer are
 * the device's. All of this runs at TPL_NOTIFY or above, so that no timer's notification meets a
 * device that is half changed.
 */
#ifndef PVHEFI_SHIM_BLOCK_BLOCK_DEVICE_H
#define PVHEFI_SHIM_BLOCK_BLOCK_DEVICE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include <efi.h>

#include "loader/lib/list.h"

struct block_device;
struct read_ahead;

enum block_operation {
    BLOCK_READ,
    BLOCK_WRITE,
    BLOCK_FLUSH, /* lba, buffer and bytes do not matter */
};

struct block_request {
    enum block_operation operation;
    uint64_t lba; /* in the device's blocks */
    void *buffer; /* at any alignment, whatever media.IoAlign says to clients */
    size_t bytes; /* whole blocks, at least one, all on the device; no upper limit */
    /*
     * Called once, perhaps before block_submit() returns. May submit and free. EFI_SUCCESS,
     * EFI_DEVICE_ERROR, EFI_NO_MEDIA when the device is gone, EFI_OUT_OF_RESOURCES.
     */
    void (*done)(struct block_request *request, EFI_STATUS status);
    void *context; /* for `done` */

    /* The rest is the device's while it has the request. */
    struct block_device *device;
    struct list link;
    size_t started_bytes;
    unsigned int parts_in_flight;
    EFI_STATUS status;
};

struct block_driver {
    /* Takes the request, and calls block_complete() for it now or later. */
    void (*submit)(struct block_device *device, struct block_request *request);
    /* Completes what is done; called only while requests are in flight. NULL when submit()
     * completes everything itself. */
    void (*poll)(struct block_device *device);
    /* May sleep until a request in flight is done, a millisecond at most. NULL: spin. */
    void (*wait)(struct block_device *device);
};

struct block_device {
    const struct block_driver *driver; /* NULL for a partition */
    struct block_device *parent;       /* of a partition: same block size */
    uint64_t first_lba;                /* of a partition, in blocks of the parent */
    /* What clients see. BlockSize is never 0; the disk has less than 2^64 bytes. */
    EFI_BLOCK_IO_MEDIA media;
    struct read_ahead *read_ahead; /* of a whole disk; NULL: it does not read ahead */

    /* block_device.c's; zero in the beginning. */
    struct list link;
    unsigned int requests_in_flight;
};

/*
 * Around a sequence of the calls below, or around data that a request's `done` changes: nested as
 * often as liked. Returns the level for block_unlock(), which lets clients' notifications run.
 */
EFI_TPL block_lock(void);
void block_unlock(EFI_TPL level);

/* Starts a request whose operation, lba, buffer, bytes and done are set; the caller checked them.
 */
void block_submit(struct block_device *device, struct block_request *request);

/* For drivers: `request` is done. */
void block_complete(struct block_request *request, EFI_STATUS status);

/* Lets requests on `device` complete, sleeps a little; for loops that wait for one. */
void block_wait(struct block_device *device);

/* From now on a timer lets requests complete until none is in flight: nobody waits for them. */
void block_complete_by_timer(void);

/* One request from start to end. Same arguments and errors as struct block_request. */
EFI_STATUS block_transfer(struct block_device *device, enum block_operation operation, uint64_t lba,
                          void *buffer, size_t bytes);

#endif
