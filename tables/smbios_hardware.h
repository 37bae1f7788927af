/*
 * SMBIOS structures of processors and memory: types 4, 16, 17 and 19 (SMBIOS 3.0 sections 7.5,
 * 7.17, 7.18 and 7.20). One socket with a core for each vCPU and one memory device, however large
 * the guest is: unlike hvmloader's, they take the same few bytes for every guest. Pure; boot phase.
 */
#ifndef PVHEFI_TABLES_SMBIOS_HARDWARE_H
#define PVHEFI_TABLES_SMBIOS_HARDWARE_H

#include "tables/smbios.h"
#include "tables/smbios_writer.h"

void smbios_hardware_add(struct smbios_writer *writer, const struct smbios_facts *facts);

#endif
