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

/* What a driver does with a controller that it holds. */
typedef EFI_STATUS driver_work(EFI_DRIVER_BINDING_PROTOCOL *binding, EFI_HANDLE controller);

/*
 * For Supported(): opens `protocol` BY_DRIVER, has `probe` look at the controller unless it is
 * NULL, and closes the protocol again. Errors of open_protocol(), EFI_ALREADY_STARTED and
 * EFI_ACCESS_DENIED among them, and of `probe`.
 */
EFI_STATUS driver_binding_try(EFI_DRIVER_BINDING_PROTOCOL *binding, EFI_HANDLE controller,
                              const EFI_GUID *protocol, driver_work *probe);

/* For Start(): the same, but `protocol` stays open when `begin` succeeds. */
EFI_STATUS driver_binding_claim(EFI_DRIVER_BINDING_PROTOCOL *binding, EFI_HANDLE controller,
                                const EFI_GUID *protocol, driver_work *begin);

/* For Stop(): closes what driver_binding_claim() opened. */
void driver_binding_give_up(EFI_DRIVER_BINDING_PROTOCOL *binding, EFI_HANDLE controller,
                            const EFI_GUID *protocol);

#endif
