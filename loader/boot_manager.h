/*
 * Chooses what to boot and boots it. Boot phase.
 */
#ifndef PVHEFI_LOADER_BOOT_MANAGER_H
#define PVHEFI_LOADER_BOOT_MANAGER_H

#include <efi.h>

#include "loader/start_info.h"

/*
 * Boots from the modules, or from disks when there is none. Returns only when nothing could be
 * booted (a log_err line said why) or when the program ended: with its status.
 */
EFI_STATUS boot_manager_run(const struct boot_info *info, const char *firmware_cmdline,
                            EFI_HANDLE firmware_handle);

#endif
