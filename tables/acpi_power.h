/*
 * How a machine without Xen is switched off and reset: registers that its ACPI tables name
 * (ACPI 6.5 sections 4.8.3 and 7.4.2). Pure.
 */
#ifndef PVHEFI_TABLES_ACPI_POWER_H
#define PVHEFI_TABLES_ACPI_POWER_H

#include <stdint.h>

#include "loader/start_info.h"
#include "shim/runtime/interface.h"

struct acpi_power {
    struct runtime_port_write power_off; /* width 0 where the tables name no register */
    struct runtime_port_write reset;
};

/* Everything the tables do not tell, or tell wrongly, is left at width 0. */
struct acpi_power acpi_power_find(uint64_t rsdp_paddr, phys_window window);

#endif
