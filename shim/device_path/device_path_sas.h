/*
 * The device and topology field of SAS nodes (UEFI 2.10 section 10.3.4.18): four parameters. Pure
 * but for the builders.
 */
#ifndef PVHEFI_SHIM_DEVICE_PATH_DEVICE_PATH_SAS_H
#define PVHEFI_SHIM_DEVICE_PATH_DEVICE_PATH_SAS_H

#include <stdbool.h>

#include "shim/device_path/device_path_field.h"

/* FIELD_TOPOLOGY: see device_path_field_write() and device_path_field_read(). */
bool device_path_topology_write(const struct node_field *field, struct node_writer *writer);
bool device_path_topology_read(const struct node_field *field, struct node_reader *reader);

#endif
