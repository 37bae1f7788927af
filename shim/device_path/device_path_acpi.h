/*
 * The names of ACPI nodes: EISA IDs, and the three strings behind an expanded node (UEFI 2.10
 * section 10.3.3). Pure but for the builders.
 */
#ifndef PVHEFI_SHIM_DEVICE_PATH_DEVICE_PATH_ACPI_H
#define PVHEFI_SHIM_DEVICE_PATH_DEVICE_PATH_ACPI_H

#include <stdbool.h>

#include "shim/device_path/device_path_field.h"

/* In the order in which they lie in a node. */
enum acpi_string {
    ACPI_HID_STRING,
    ACPI_UID_STRING,
    ACPI_CID_STRING,
};

/* FIELD_EISA_ID and FIELD_ACPI_*: see device_path_field_write() and device_path_field_read(). */
bool device_path_acpi_write(const struct node_field *field, struct node_writer *writer);
bool device_path_acpi_read(const struct node_field *field, struct node_reader *reader);

#endif
