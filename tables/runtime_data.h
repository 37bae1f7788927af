/*
 * What the OS keeps reading after ExitBootServices, in EfiRuntimeServicesData: the system table,
 * its vendor string, the configuration table array and the small tables that it points to.
 */
#ifndef PVHEFI_TABLES_RUNTIME_DATA_H
#define PVHEFI_TABLES_RUNTIME_DATA_H

#include <stddef.h>

#include <efi.h>

#include "shim/runtime/followers.h"
#include "tables/boot_performance.h"
#include "tables/memory_attributes.h"
#include "tables/rt_properties.h"

/* Firmware has about ten tables; clients (shim, GRUB, Linux's stub) add some. */
#define CONFIG_TABLES_MAX 64
#define VENDOR_UNITS_MAX  16
/*
 * Four entries are the firmware's own, each runtime allocation of a client adds one or two. Kept
 * here and not in boot-services memory: Linux would hold back that table's whole memory descriptor
 * for good.
 */
#define MEMORY_ATTRIBUTES_MAX 48

struct runtime_data {
    EFI_SYSTEM_TABLE system_table;
    CHAR16 vendor[VENDOR_UNITS_MAX];
    EFI_CONFIGURATION_TABLE config_tables[CONFIG_TABLES_MAX];
    struct efi_rt_properties_table rt_properties;
    struct boot_performance boot_performance;
    struct runtime_followers followers;
    struct memory_attributes_table memory_attributes;
    EFI_MEMORY_DESCRIPTOR memory_attribute[MEMORY_ATTRIBUTES_MAX];
};
_Static_assert(offsetof(struct runtime_data, memory_attribute) ==
                   offsetof(struct runtime_data, memory_attributes) +
                       sizeof(struct memory_attributes_table),
               "the entries follow the table's header");
_Static_assert(sizeof(struct runtime_data) <= 4096, "one page stays reserved for it");

#endif
