/*
 * A FAT volume as a file system for shim/file/. Boot phase.
 */
#ifndef PVHEFI_SHIM_FAT_FAT_SYSTEM_H
#define PVHEFI_SHIM_FAT_FAT_SYSTEM_H

#include <efi.h>

#include "shim/fat/fat_volume.h"
#include "shim/file/file_system.h"

struct fat_system {
    struct file_system system;
    struct fat_volume volume;
};

/* As fat_volume_mount(). */
EFI_STATUS fat_system_mount(struct fat_system *fat, struct medium *medium, fat_clock *clock);

/* As fat_volume_unmount(). */
void fat_system_unmount(struct fat_system *fat);

#endif
