/*
 * The driver of a file system: finds its volumes on disks and partitions and puts
 * EFI_SIMPLE_FILE_SYSTEM_PROTOCOL on them (UEFI 2.10 sections 11.1 and 13.4). Boot phase.
 */
#ifndef PVHEFI_SHIM_FILE_VOLUME_DRIVER_H
#define PVHEFI_SHIM_FILE_VOLUME_DRIVER_H

#include <stdbool.h>

#include <efi.h>

#include "shim/file/file_system.h"
#include "shim/medium/medium.h"

struct volume_driver {
    EFI_DRIVER_BINDING_PROTOCOL binding; /* volume_driver_install() fills it */
    const CHAR16 *name;                  /* for people */
    const EFI_GUID *claim;               /* the protocol that it opens BY_DRIVER */
    /* EFI_UNSUPPORTED when there is no such volume, errors of medium_read(). */
    EFI_STATUS (*probe)(struct medium *medium);
    /* The same, and EFI_OUT_OF_RESOURCES. The medium stays until unmount(). */
    EFI_STATUS (*mount)(struct medium *medium, struct file_system **ret_system);
    /* false: files are open, nothing was done. */
    bool (*unmount)(struct file_system *system);
};

/* EFI_OUT_OF_RESOURCES. */
EFI_STATUS volume_driver_install(struct volume_driver *driver, EFI_HANDLE image);

#endif
