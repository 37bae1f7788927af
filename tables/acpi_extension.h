/*
 * One more ACPI table for the OS without a change to what the domain builder made: a second root
 * pointer with an XSDT that has one entry more. Pure; boot phase.
 */
#ifndef PVHEFI_TABLES_ACPI_EXTENSION_H
#define PVHEFI_TABLES_ACPI_EXTENSION_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "tables/acpi_tables.h"

/*
 * What acpi_extension_build() needs; 0 when these tables cannot be extended: ACPI 1.0, no XSDT or a
 * damaged or overlong one, or there is a table with `signature` already.
 */
size_t acpi_extension_bytes(uint64_t rsdp_paddr, const char *signature, phys_window window);

/*
 * Writes the new root pointer, then its XSDT, to `memory` (aligned to 16, at the address that the
 * OS finds it at) of as many bytes as acpi_extension_bytes() said. False, and nothing written, when
 * there are no tables to extend.
 */
bool acpi_extension_build(uint64_t rsdp_paddr, const struct acpi_header *table, phys_window window,
                          void *memory);

#endif
