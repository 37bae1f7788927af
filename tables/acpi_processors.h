/*
 * How many processors the guest may start, as the MADT says (ACPI 6.5 section 5.2.12). Pure; boot
 * phase.
 */
#ifndef PVHEFI_TABLES_ACPI_PROCESSORS_H
#define PVHEFI_TABLES_ACPI_PROCESSORS_H

#include <stdint.h>

#include "loader/start_info.h"

/* Enabled local APICs and x2APICs; 0 when the tables do not tell. */
unsigned int acpi_processors_count(uint64_t rsdp_paddr, phys_window window);

#endif
