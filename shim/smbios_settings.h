/*
 * What the domain's administrator wants the SMBIOS tables to say: bios-strings/ in xenstore, which
 * xl writes for HVM guests (`smbios=` in xl.cfg) and anybody may write for others before they start
 * (xen/include/public/hvm/hvm_xs_strings.h). Boot phase.
 */
#ifndef PVHEFI_SHIM_SMBIOS_SETTINGS_H
#define PVHEFI_SHIM_SMBIOS_SETTINGS_H

#include "tables/smbios.h"

/*
 * Sets the texts and OEM strings that are there; the others stay. As in hvmloader OEM strings count
 * from oem-1 up to the first that is missing. The texts stay for the time of the boot.
 */
void smbios_settings_read(struct smbios_facts *facts);

#endif
