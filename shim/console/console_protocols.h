/*
 * The console as UEFI clients see it: text out and in, the bytes themselves, and the graphics
 * output that stands in for a frame buffer. Boot phase.
 */
#ifndef PVHEFI_SHIM_CONSOLE_CONSOLE_PROTOCOLS_H
#define PVHEFI_SHIM_CONSOLE_CONSOLE_PROTOCOLS_H

#include <efi.h>

/* Fills in the table's console fields. EFI_OUT_OF_RESOURCES. */
EFI_STATUS console_protocols_install(EFI_SYSTEM_TABLE *table);

#endif
