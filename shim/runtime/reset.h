/*
 * ResetSystem (UEFI 2.10 section 8.5.1). Linux powers a PVH guest off through it, since the ACPI
 * tables of such a guest have no S5; it must work after SetVirtualAddressMap. Boot and runtime
 * phase, never returns.
 *
 *   EfiResetShutdown          Xen: poweroff, or crash when the status is an error
 *   EfiResetCold, EfiResetWarm, EfiResetPlatformSpecific and unknown types    Xen: reboot
 *
 * A shutdown with an error status (shim's answer to a failed verification) ends the domain either
 * way; as a crash it also tells the host that something went wrong (`xl list` shows "c", on_crash=
 * applies). A reset with an error status stays a reboot: that is what the caller asked for, and
 * on_crash= would by default not restart the guest.
 */
#ifndef PVHEFI_SHIM_RUNTIME_RESET_H
#define PVHEFI_SHIM_RUNTIME_RESET_H

#include <efi.h>

EFI_STATUS EFIAPI reset_system(EFI_RESET_TYPE type, EFI_STATUS status, UINTN data_bytes,
                               CHAR16 *data);

#endif
