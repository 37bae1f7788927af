/*
 * Names of PV disks and partitions for clients who keep pointers to them. Boot phase.
 */
#ifndef PVHEFI_SHIM_BLOCK_PV_DISK_LABEL_H
#define PVHEFI_SHIM_BLOCK_PV_DISK_LABEL_H

#include <efi.h>

/*
 * The name as in loader/disk_name.h, which is never freed: each is made once. NULL for a device
 * that is no PV disk, and when memory is out. The path is well-formed.
 */
CHAR16 *pv_disk_label(const EFI_DEVICE_PATH *path);

#endif
