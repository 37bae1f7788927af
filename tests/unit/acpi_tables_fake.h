/*
 * ACPI tables in a small physical memory of their own, as libxl lays them out for a PVH guest.
 */
#ifndef PVHEFI_TESTS_UNIT_ACPI_TABLES_FAKE_H
#define PVHEFI_TESTS_UNIT_ACPI_TABLES_FAKE_H

#include <stddef.h>
#include <stdint.h>

#include "tables/acpi_tables.h"

#define FAKE_ACPI_START 0xfc000000ull
#define FAKE_ACPI_BYTES 0x4000u
#define FAKE_ACPI_RSDP  (FAKE_ACPI_START + 0x3000)

/* An RSDP of revision 2 with an empty XSDT and an empty RSDT. */
void fake_acpi_init(void);

/* Adds a table of `body_bytes` bytes behind its header to both root tables; returns its address. */
uint64_t fake_acpi_add(const char *signature, const void *body, size_t body_bytes);

const void *fake_acpi_window(uint64_t paddr, uint64_t bytes);

/* For damage: what the window shows, writable; and the right checksums after it. */
void *fake_acpi_at(uint64_t paddr);
struct acpi_rsdp *fake_acpi_rsdp(void);
struct acpi_header *fake_acpi_xsdt(void);
struct acpi_header *fake_acpi_rsdt(void);
void fake_acpi_fix_rsdp(void);
void fake_acpi_fix(struct acpi_header *table);

#endif
