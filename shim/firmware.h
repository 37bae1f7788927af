/*
 * Puts the EFI side together: system table, services, protocols, configuration tables. Boot phase.
 */
#ifndef PVHEFI_SHIM_FIRMWARE_H
#define PVHEFI_SHIM_FIRMWARE_H

#include <efi.h>

#include "loader/options.h"
#include "loader/start_info.h"

/* *ret_handle is the firmware's own image handle. Any error comes with a log_err line. */
EFI_STATUS firmware_install(const struct boot_info *info, const struct options *options,
                            EFI_HANDLE *ret_handle);

#endif
