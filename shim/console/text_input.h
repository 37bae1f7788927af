/*
 * SimpleTextInput on a terminal (UEFI 2.10 section 12.3): what every boot loader and the EFI shell
 * read keys with. Boot phase.
 */
#ifndef PVHEFI_SHIM_CONSOLE_TEXT_INPUT_H
#define PVHEFI_SHIM_CONSOLE_TEXT_INPUT_H

#include <efi.h>

/* Adds the protocol to *handle (NULL: a new one), for ConIn. EFI_OUT_OF_RESOURCES. */
EFI_STATUS text_input_install(EFI_HANDLE *handle, EFI_SIMPLE_TEXT_IN_PROTOCOL **ret_protocol);

#endif
