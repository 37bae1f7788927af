/*
 * What the OS keeps reading after ExitBootServices, in EfiRuntimeServicesData: the system table, its
 * vendor string, the configuration table array and the small tables that it points to.
 */
#ifndef PVHEFI_TABLES_RUNTIME_DATA_H
#define PVHEFI_TABLES_RUNTIME_DATA_H

#include <efi.h>

#include "tables/rt_properties.h"

/* Firmware has about ten tables; clients (shim, GRUB, Linux's stub) add some. */
#define CONFIG_TABLES_MAX 64
#define VENDOR_UNITS_MAX  16

struct runtime_data {
    EFI_SYSTEM_TABLE system_table;
    CHAR16 vendor[VENDOR_UNITS_MAX];
    EFI_CONFIGURATION_TABLE config_tables[CONFIG_TABLES_MAX];
    struct efi_rt_properties_table rt_properties;
};
_Static_assert(sizeof(struct runtime_data) <= 4096, "one page stays reserved for it");

#endif
