/*
 * The controllers that bus drivers made of another one (UEFI 2.10 section 7.3.9,
 * ByChildController). Boot phase.
 */
#ifndef PVHEFI_SHIM_DRIVER_CHILD_CONTROLLERS_H
#define PVHEFI_SHIM_DRIVER_CHILD_CONTROLLERS_H

#include <stddef.h>

#include <efi.h>

struct child_controllers {
    EFI_HANDLE *handles;
    size_t count;
};

/*
 * The children of `controller` that `driver` made, or anybody when it is NULL; each once for each
 * driver, in the order of their making. They may be gone by the time that they are looked at.
 * EFI_OUT_OF_RESOURCES.
 */
EFI_STATUS child_controllers_get(EFI_HANDLE controller, EFI_HANDLE driver,
                                 struct child_controllers *ret_children);

void child_controllers_free(const struct child_controllers *children);

#endif
