/*
 * Disks and partitions as messages name them. Pure.
 */
#ifndef PVHEFI_LOADER_DISK_NAME_H
#define PVHEFI_LOADER_DISK_NAME_H

#include <efi.h>

#define DISK_NAME_BYTES 32

/*
 * "xvda" for the device path of a PV disk, "xvda2" for its second partition, "xvdb boot entry 0"
 * for an El Torito image; "another device" for what is no PV disk. The path is well-formed.
 */
void disk_name(const EFI_DEVICE_PATH *path, char ret_name[DISK_NAME_BYTES]);

#endif
