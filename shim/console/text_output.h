/*
 * SimpleTextOutput on a terminal: UTF-8 and ANSI/ECMA-48 control sequences (UEFI 2.10
 * section 12.4). Every boot loader prints through it. Boot phase.
 */
#ifndef PVHEFI_SHIM_CONSOLE_TEXT_OUTPUT_H
#define PVHEFI_SHIM_CONSOLE_TEXT_OUTPUT_H

#include <efi.h>

/* A handle with the protocol, for ConOut and StdErr. EFI_OUT_OF_RESOURCES. */
EFI_STATUS text_output_install(EFI_HANDLE *ret_handle, EFI_SIMPLE_TEXT_OUT_PROTOCOL **ret_protocol);

#endif
