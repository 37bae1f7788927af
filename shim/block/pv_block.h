/*
 * A PV block front end as a block device: requests of any size are cut into what the backend takes,
 * in their order. Boot phase.
 */
#ifndef PVHEFI_SHIM_BLOCK_PV_BLOCK_H
#define PVHEFI_SHIM_BLOCK_PV_BLOCK_H

#include "hypercall/blkfront.h"
#include "shim/block/block_device.h"

struct pv_block {
    struct block_device device;
    struct blkfront front;
    struct list waiting; /* requests of which something is yet to be started */
};

/* After blkfront_connect(). */
void pv_block_init(struct pv_block *block);

/* Looks whether the disk is there still. When it is not, lets the backend go, once. */
void pv_block_check(struct pv_block *block);

#endif
