/*
 * Firmware Performance Data Table and the boot record that it points to (ACPI 6.5 section 5.2.23):
 * how long the firmware took. systemd-analyze reads it, Linux shows it in
 * /sys/firmware/acpi/fpdt. Pure; boot phase.
 */
#ifndef PVHEFI_TABLES_BOOT_PERFORMANCE_H
#define PVHEFI_TABLES_BOOT_PERFORMANCE_H

#include <stdint.h>

#include "tables/acpi_tables.h"

/* Times are nanoseconds since the machine's reset, 0: not reached. */
struct boot_performance {
    char signature[4]; /* "FBPT" */
    uint32_t bytes;
    uint16_t record_type;
    uint8_t record_bytes;
    uint8_t record_revision;
    uint32_t reserved;
    uint64_t reset_end; /* the firmware's own code begins */
    uint64_t load_image;
    uint64_t start_image;
    uint64_t exit_boot_services;
    uint64_t boot_services_ended;
} __attribute__((packed));
_Static_assert(sizeof(struct boot_performance) == 56, "ACPI 6.5 section 5.2.23.5");

struct acpi_fpdt {
    struct acpi_header header;
    uint16_t record_type;
    uint8_t record_bytes;
    uint8_t record_revision;
    uint32_t reserved;
    uint64_t boot_performance_paddr;
} __attribute__((packed));
_Static_assert(sizeof(struct acpi_fpdt) == 52, "ACPI 6.5 section 5.2.23.2");

/* A boot record without times. */
void boot_performance_init(struct boot_performance *ret_record);

/* The table that points to a record, by its address. */
void boot_performance_make_fpdt(const struct boot_performance *record, struct acpi_fpdt *ret_fpdt);

#endif
