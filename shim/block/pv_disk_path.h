/*
 * The device path of a PV disk: a vendor node of this project with the disk's number, which stays
 * the same as long as the disk's name in the guest's configuration does. Pure.
 */
#ifndef PVHEFI_SHIM_BLOCK_PV_DISK_PATH_H
#define PVHEFI_SHIM_BLOCK_PV_DISK_PATH_H

#include <stdbool.h>
#include <stdint.h>

#include <efi.h>

struct pv_disk_path {
    VENDOR_DEVICE_PATH vendor;
    uint32_t vdev; /* as in xen-vbd-interface(7): 51712 is xvda */
    EFI_DEVICE_PATH end;
} __attribute__((packed));

struct pv_disk_path pv_disk_path(uint32_t vdev);

/* False when a well-formed path does not begin with such a node. */
bool pv_disk_path_vdev(const EFI_DEVICE_PATH *path, uint32_t *ret_vdev);

#endif
