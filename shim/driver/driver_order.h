/*
 * In which order ConnectController tries drivers (UEFI 2.10 section 7.3.12). Boot phase.
 */
#ifndef PVHEFI_SHIM_DRIVER_DRIVER_ORDER_H
#define PVHEFI_SHIM_DRIVER_DRIVER_ORDER_H

#include <stddef.h>

#include <efi.h>

/* Handles with a driver binding, best first; each once. Freed by driver_order_free(). */
struct driver_order {
    EFI_HANDLE *handles;
    size_t count;
};

/*
 * The caller's own choice first (`chosen`, ends with NULL, may be NULL), then the platform's
 * override, family overrides by version, the bus's override, and all others by version.
 * EFI_OUT_OF_RESOURCES.
 */
EFI_STATUS driver_order_make(EFI_HANDLE controller, const EFI_HANDLE *chosen,
                             struct driver_order *ret_order);

void driver_order_free(struct driver_order *order);

/* The binding on a handle, NULL when there is none (any more). */
EFI_DRIVER_BINDING_PROTOCOL *driver_binding_of(EFI_HANDLE handle);

#endif
