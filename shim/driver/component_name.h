/*
 * The names by which people know the firmware's drivers and what these manage: ComponentName and
 * ComponentName2 (UEFI 2.10 section 11.5), for the EFI shell's `drivers`, `devices` and `dh`. In
 * English. Boot phase.
 */
#ifndef PVHEFI_SHIM_DRIVER_COMPONENT_NAME_H
#define PVHEFI_SHIM_DRIVER_COMPONENT_NAME_H

#include <efi.h>

/*
 * Adds both protocols to the driver's handle, which is the agent of all that it opens. `name` must
 * stay. Controllers have the names of shim/block/pv_disk_label.h, or none: EFI_UNSUPPORTED to the
 * client. EFI_OUT_OF_RESOURCES.
 */
EFI_STATUS component_name_install(EFI_HANDLE driver, const CHAR16 *name);

#endif
