/*
 * GraphicsOutput (UEFI 2.10 section 12.9) for programs that want one: a stub until a PV framebuffer
 * is behind it. Nobody sees the screen; it is memory that Blt() works on as specified, and there is
 * no framebuffer to write to (PixelBltOnly). The memory is allocated by the first Blt() after
 * SetMode(), so that guests whose boot loader does not draw never lose it; the memory map changes
 * then. systemd-boot draws its splash on it; Linux passes over an instance without a framebuffer.
 * Boot phase.
 */
#ifndef PVHEFI_SHIM_CONSOLE_GRAPHICS_OUTPUT_H
#define PVHEFI_SHIM_CONSOLE_GRAPHICS_OUTPUT_H

#include <efi.h>

/* Adds the protocol to *handle (NULL: a new one). EFI_OUT_OF_RESOURCES. */
EFI_STATUS graphics_output_install(EFI_HANDLE *handle);

#endif
