/*
 * Publishes the Xen table (tables/xen_table.h), as configuration table and as read-only variable.
 * Boot phase.
 */
#ifndef PVHEFI_SHIM_XEN_DATA_H
#define PVHEFI_SHIM_XEN_DATA_H

#include <efi.h>

#include "loader/start_info.h"

/* EFI_UNSUPPORTED without Xen, EFI_OUT_OF_RESOURCES. */
EFI_STATUS xen_data_install(const struct boot_info *info);

/* Brings the stages (loader/stage.h) up to date; up to the end of ExitBootServices. */
void xen_data_update(void);

#endif
