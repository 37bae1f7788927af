/*
 * Publishes the SMBIOS tables (tables/smbios.h) of this domain. Boot phase.
 */
#ifndef PVHEFI_SHIM_SMBIOS_TABLE_H
#define PVHEFI_SHIM_SMBIOS_TABLE_H

#include <efi.h>

#include "loader/start_info.h"

/*
 * For a guest of Xen's: EFI_UNSUPPORTED without Xen and in dom0, whose machine has tables of its
 * own. EFI_OUT_OF_RESOURCES.
 */
EFI_STATUS smbios_table_install(const struct boot_info *info);

#endif
