/*
 * The ACPI root pointer that the domain builder made, handed to the OS as it is. Boot phase.
 */
#ifndef PVHEFI_TABLES_ACPI_H
#define PVHEFI_TABLES_ACPI_H

#include <stdint.h>

#include <efi.h>

#include "loader/start_info.h"

/*
 * Publishes the RSDP at `paddr` under the GUID of its revision. Signature and checksums are
 * checked: EFI_NOT_FOUND with a log_warn line when there is none. EFI_OUT_OF_RESOURCES.
 */
EFI_STATUS acpi_install(uint64_t paddr, phys_window window);

#endif
