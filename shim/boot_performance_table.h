/*
 * Publishes the firmware's times (tables/boot_performance.h) in ACPI tables that have one more
 * than the domain builder made. Boot phase.
 */
#ifndef PVHEFI_SHIM_BOOT_PERFORMANCE_TABLE_H
#define PVHEFI_SHIM_BOOT_PERFORMANCE_TABLE_H

#include <stdint.h>

#include "tables/runtime_data.h"

/*
 * The root pointer for the OS: a new one, or `rsdp_paddr` itself where the tables cannot be
 * extended. The record lies in `data`, in runtime memory as ACPI demands.
 */
uint64_t boot_performance_table_make(uint64_t rsdp_paddr, struct runtime_data *data);

/* ExitBootServices is about to return: the times are known now. */
void boot_performance_table_finish(void);

#endif
