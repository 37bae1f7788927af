/*
 * What a client who reads a disk in small pieces, one behind the other, asks for next: it is read
 * together with what was asked for. Nothing is read ahead for others, nothing is kept over a write,
 * and an error concerns nobody but who asks for the block that has it. Boot phase, within
 * block_lock().
 */
#ifndef PVHEFI_SHIM_BLOCK_READ_AHEAD_H
#define PVHEFI_SHIM_BLOCK_READ_AHEAD_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "shim/block/block_device.h"

/* Requests up to here are small. */
#define READ_AHEAD_SMALL_BYTES 65536u
/* So much is kept: a backend moves it in little more time than a block. */
#define READ_AHEAD_BYTES 262144u

struct read_ahead {
    uint8_t *buffer;
    uint64_t lba; /* of what is kept */
    size_t bytes;
    uint64_t next_lba;             /* behind the last small request */
    size_t window_bytes;           /* of the last fill; 0: the client does not read on */
    struct block_request fill;     /* into `buffer` */
    struct block_request *waiting; /* for the fill, which begins with its blocks; NULL: none is in
                                      flight */
    bool is_stale;                 /* something was written meanwhile */
};

/* Makes `device`, a whole disk, read ahead; without memory for it, it does not. */
void read_ahead_enable(struct block_device *device);

/*
 * `request`, which was counted as in flight, is about to go to a device that reads ahead. True: it
 * is taken care of, and done perhaps.
 */
bool read_ahead_take(struct block_device *device, struct block_request *request);

#endif
