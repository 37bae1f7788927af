/*
 * Drivers that are part of the firmware (UEFI 2.10 section 11.1). Boot phase.
 */
#ifndef PVHEFI_SHIM_DRIVER_DRIVER_BINDING_H
#define PVHEFI_SHIM_DRIVER_DRIVER_BINDING_H

#include <efi.h>

/*
 * Gives `binding`, whose functions are set, a handle of its own and the version of what belongs to
 * the platform: any other driver for the same device comes first. `image` is the firmware's;
 * `name`, for people, must stay. EFI_OUT_OF_RESOURCES.
 */
EFI_STATUS driver_binding_install(EFI_DRIVER_BINDING_PROTOCOL *binding, EFI_HANDLE image,
                                  const CHAR16 *name);

#endif
