/*
 * ACPI tables by signature, from the root pointer on (ACPI 6.5 sections 5.2.5 to 5.2.8). What the
 * tables say of addresses and lengths is bounded by the window. Pure; boot phase.
 */
#ifndef PVHEFI_TABLES_ACPI_TABLES_H
#define PVHEFI_TABLES_ACPI_TABLES_H

#include <stddef.h>
#include <stdint.h>

#include "loader/start_info.h"

/* ACPI 6.5 table 5.3. */
struct acpi_rsdp {
    char signature[8];
    uint8_t checksum; /* over the first 20 bytes */
    char oem_id[6];
    uint8_t revision;
    uint32_t rsdt_address;
    uint32_t length;
    uint64_t xsdt_address;
    uint8_t extended_checksum; /* over all `length` bytes */
    uint8_t reserved[3];
} __attribute__((packed));
_Static_assert(sizeof(struct acpi_rsdp) == 36, "ACPI 6.5 section 5.2.5.3");

#define ACPI_RSDP_REVISION_1_BYTES 20

/* ACPI 6.5 table 5.4. */
struct acpi_header {
    char signature[4];
    uint32_t length; /* of the whole table */
    uint8_t revision;
    uint8_t checksum; /* the table's bytes add up to 0 */
    char oem_id[6];
    char oem_table_id[8];
    uint32_t oem_revision;
    char creator_id[4];
    uint32_t creator_revision;
} __attribute__((packed));
_Static_assert(sizeof(struct acpi_header) == 36, "ACPI 6.5 section 5.2.6");

/* No more entries of a root table are looked at. libxl makes four, a PC has some thirty. */
#define ACPI_ROOT_ENTRIES_MAX 128u

/* XSDT, or RSDT where there is no XSDT to be trusted. */
struct acpi_root {
    const struct acpi_header *table; /* NULL: there is none */
    unsigned int entry_bytes;        /* 4 or 8 */
    unsigned int count;              /* at most ACPI_ROOT_ENTRIES_MAX */
};

/* Modulo 256; 0 for everything that has a right checksum. */
uint8_t acpi_byte_sum(const void *start, size_t bytes);

/* The root pointer at `paddr`; NULL when it cannot be read, or signature or checksum are wrong. */
const struct acpi_rsdp *acpi_rsdp_at(uint64_t paddr, phys_window window);

/*
 * The revision that a valid root pointer has a right to claim: 2 or more when the fields behind
 * its first 20 bytes can be trusted too, else 0.
 */
unsigned int acpi_rsdp_revision(const struct acpi_rsdp *rsdp);

/* A whole table by its header's length; NULL when it does not have `signature` or is shorter than
 * `bytes_min`. */
const struct acpi_header *acpi_table_at(uint64_t paddr, const char *signature, uint32_t bytes_min,
                                        phys_window window);

struct acpi_root acpi_root_at(uint64_t rsdp_paddr, phys_window window);

/* The address in entry `index`, below `count`. */
uint64_t acpi_root_entry(const struct acpi_root *root, unsigned int index);

/* The first table of the root that has this signature and at least this length; NULL. */
const struct acpi_header *acpi_table_find(uint64_t rsdp_paddr, const char *signature,
                                          uint32_t bytes_min, phys_window window);

#endif
