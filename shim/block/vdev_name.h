/*
 * The number of a PV disk as the name that it has in xl's configuration (xen-vbd-interface(7)).
 * Pure.
 */
#ifndef PVHEFI_SHIM_BLOCK_VDEV_NAME_H
#define PVHEFI_SHIM_BLOCK_VDEV_NAME_H

#include <stdint.h>

#define VDEV_NAME_BYTES 16

/* "xvda", "xvdab3", "sda1", "hdc"; "vbd-<number>" for what has no such name. */
void vdev_name(uint32_t vdev, char ret_name[VDEV_NAME_BYTES]);

#endif
