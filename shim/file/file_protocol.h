/*
 * EFI_FILE_PROTOCOL revision 2 and EFI_SIMPLE_FILE_SYSTEM_PROTOCOL (UEFI 2.10 sections 13.4 and
 * 13.5) on a file system. Whoever loads a file needs them: boot managers, loaders, the shell. Boot
 * phase, up to TPL_CALLBACK.
 */
#ifndef PVHEFI_SHIM_FILE_FILE_PROTOCOL_H
#define PVHEFI_SHIM_FILE_FILE_PROTOCOL_H

#include <efi.h>

#include "shim/file/file_system.h"

struct file_volume {
    EFI_FILE_IO_INTERFACE protocol;
    struct file_system *system;
};

/* The protocol to install for `system`. */
void file_volume_init(struct file_volume *volume, struct file_system *system);

/* The volume behind the protocol that the handle has; NULL when that is somebody else's. */
struct file_volume *file_volume_find(EFI_HANDLE handle);

#endif
