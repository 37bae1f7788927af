#include "tables/acpi.h"

#include <stddef.h>

#include "loader/lib/log.h"
#include "tables/acpi_tables.h"
#include "tables/config_table.h"

EFI_STATUS acpi_install(uint64_t paddr, phys_window window)
{
    static const EFI_GUID acpi_1_guid = ACPI_TABLE_GUID;
    static const EFI_GUID acpi_2_guid = ACPI_20_TABLE_GUID;
    const struct acpi_rsdp *rsdp = acpi_rsdp_at(paddr, window);

    if (!rsdp) {
        log_warn("acpi: no valid RSDP at %#lx, the OS gets no ACPI tables", paddr);
        return EFI_NOT_FOUND;
    }
    return config_table_install(acpi_rsdp_revision(rsdp) >= 2 ? &acpi_2_guid : &acpi_1_guid,
                                (void *)(uintptr_t)paddr);
}
