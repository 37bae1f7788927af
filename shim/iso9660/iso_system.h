/*
 * An ISO 9660 volume as a file system for shim/file/, which changes nothing. Boot phase.
 */
#ifndef PVHEFI_SHIM_ISO9660_ISO_SYSTEM_H
#define PVHEFI_SHIM_ISO9660_ISO_SYSTEM_H

#include "shim/file/file_system.h"
#include "shim/iso9660/iso_volume.h"

struct iso_system {
    struct file_system system;
    struct iso_volume volume;
    unsigned int nodes; /* in use */
};

/* As iso_volume_mount(). */
EFI_STATUS iso_system_mount(struct iso_system *iso, struct medium *medium);

void iso_system_unmount(struct iso_system *iso);

#endif
