/*
 * EFI_DEBUGPORT_PROTOCOL on the console (UEFI 2.10 section 18.3), by which a debug agent talks to
 * its host; its types too, which gnu-efi's headers lack. Boot phase.
 */
#ifndef PVHEFI_SHIM_CONSOLE_DEBUG_PORT_PROTOCOL_H
#define PVHEFI_SHIM_CONSOLE_DEBUG_PORT_PROTOCOL_H

#include <efi.h>

#define EFI_DEBUGPORT_PROTOCOL_GUID                        \
    {                                                      \
        0xeba4e8d2, 0x3858, 0x41ec,                        \
        {                                                  \
            0xa2, 0x81, 0x26, 0x47, 0xba, 0x96, 0x60, 0xd0 \
        }                                                  \
    }

typedef struct debug_port EFI_DEBUGPORT_PROTOCOL;

/* Timeouts are in microseconds, for the whole of a buffer. */
struct debug_port {
    EFI_STATUS(EFIAPI *Reset)(EFI_DEBUGPORT_PROTOCOL *this);
    EFI_STATUS(EFIAPI *Write)
    (EFI_DEBUGPORT_PROTOCOL *this, UINT32 timeout, UINTN *bytes, void *buffer);
    EFI_STATUS(EFIAPI *Read)
    (EFI_DEBUGPORT_PROTOCOL *this, UINT32 timeout, UINTN *bytes, void *buffer);
    EFI_STATUS(EFIAPI *Poll)(EFI_DEBUGPORT_PROTOCOL *this);
};

/* Adds the protocol to *handle (NULL: a new one). EFI_OUT_OF_RESOURCES. */
EFI_STATUS debug_port_protocol_install(EFI_HANDLE *handle);

#endif
