/*
 * SimpleTextInputEx on a terminal (UEFI 2.10 section 12.2): keys with their modifiers as far as a
 * terminal tells them (key_decoder.h), and notifications of keys. GRUB, systemd-boot, iPXE and
 * edk2's shell prefer it to SimpleTextInput; both read the same keys. Boot phase.
 */
#ifndef PVHEFI_SHIM_CONSOLE_TEXT_INPUT_EX_H
#define PVHEFI_SHIM_CONSOLE_TEXT_INPUT_EX_H

#include <efi.h>

/* Adds the protocol to *handle (NULL: a new one), the one of ConIn. EFI_OUT_OF_RESOURCES. */
EFI_STATUS text_input_ex_install(EFI_HANDLE *handle);

#endif
