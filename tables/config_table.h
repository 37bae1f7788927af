/*
 * The configuration table array (UEFI 2.10 sections 4.6 and 7.5.6). Boot phase.
 */
#ifndef PVHEFI_TABLES_CONFIG_TABLE_H
#define PVHEFI_TABLES_CONFIG_TABLE_H

#include <efi.h>

#include "tables/runtime_data.h"

/* Which array the other calls work on. */
void config_table_init(struct runtime_data *data);

/*
 * InstallConfigurationTable: adds, replaces, or (table NULL) removes. EFI_INVALID_PARAMETER,
 * EFI_NOT_FOUND, EFI_OUT_OF_RESOURCES.
 */
EFI_STATUS config_table_install(const EFI_GUID *guid, void *table);

#endif
