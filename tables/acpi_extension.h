/*
 * One more ACPI table for the OS without a change to what the domain builder made: a second root
 * pointer with an XSDT that has one entry more, and an RSDT that has the same. Xen's own RSDT leads
 * to another FADT, which promises a timer that PVH guests do not have; GRUB 2.06 looks there first,
 * and reads a dead port sixteen million times. Pure; boot phase.
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
 * Writes the new root pointer, then its XSDT and RSDT, to `memory` (aligned to 16, at the address
 * that the OS finds it at) of as many bytes as acpi_extension_bytes() said. The RSDT is left as it
 * is where it cannot lead to all of the tables, which may lie above 4 GiB. False, and nothing
 * written, when there are no tables to extend.
 */
bool acpi_extension_build(uint64_t rsdp_paddr, const struct acpi_header *table, phys_window window,
                          void *memory);

#endif
