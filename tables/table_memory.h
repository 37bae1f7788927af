/*
 * Memory for tables that the OS reads from and no service of ours does. All of them share as few
 * pages as possible, since the OS never gets these back: EfiACPIReclaimMemory, which UEFI 2.10
 * section 2.3.4 allows for ACPI tables and for others that exist before the OS starts, and which
 * needs no place in the OS's runtime map. Boot phase.
 */
#ifndef PVHEFI_TABLES_TABLE_MEMORY_H
#define PVHEFI_TABLES_TABLE_MEMORY_H

#include <stddef.h>

/* Zeroed, 16-byte aligned, below 4 GiB, for good; NULL when memory is out or for 0 bytes. */
void *table_memory_alloc(size_t bytes);

#endif
