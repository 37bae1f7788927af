/*
 * SMBIOS structures that say who made the machine and which one it is: types 0 to 3 (SMBIOS 3.0
 * sections 7.1 to 7.4). Pure; boot phase.
 */
#ifndef PVHEFI_TABLES_SMBIOS_IDENTITY_H
#define PVHEFI_TABLES_SMBIOS_IDENTITY_H

#include "tables/smbios.h"
#include "tables/smbios_writer.h"

void smbios_identity_add(struct smbios_writer *writer, const struct smbios_facts *facts);

#endif
