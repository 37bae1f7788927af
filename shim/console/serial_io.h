/*
 * SerialIo on the console (UEFI 2.10 section 12.8), for clients that bring a terminal of their own:
 * GRUB's serial and edk2's TerminalDxe. There is no UART that could be told anything: 8 data bits
 * without parity is all there is, any baud rate is as good as another, flow control is always on.
 * What is read here is not seen as a key (terminal_input.h). Boot phase.
 */
#ifndef PVHEFI_SHIM_CONSOLE_SERIAL_IO_H
#define PVHEFI_SHIM_CONSOLE_SERIAL_IO_H

#include <efi.h>

/* Adds the protocol to *handle (NULL: a new one). EFI_OUT_OF_RESOURCES. */
EFI_STATUS serial_io_install(EFI_HANDLE *handle);

#endif
