/*
 * EFI_MEMORY_ATTRIBUTE_PROTOCOL (UEFI 2.10 section 37.7), which older headers of gnu-efi lack: a
 * program takes read, write or execute access from its memory, and gives it back. Linux
 * (from 6.1.84 on), GRUB, shim and systemd-stub make code that they have written executable with
 * it. Boot phase.
 *
 * Any mapped range will do; in memory that is given back everything is allowed again. The pages of
 * the firmware itself, of its page tables, and page 0 are EFI_ACCESS_DENIED. Attributes other than
 * the three, an address or a length that is not of whole pages, and addresses where there is no
 * memory are EFI_UNSUPPORTED.
 */
#ifndef PVHEFI_SHIM_MEMORY_MEMORY_ATTRIBUTE_H
#define PVHEFI_SHIM_MEMORY_MEMORY_ATTRIBUTE_H

#include <efi.h>

#define EFI_MEMORY_ATTRIBUTE_PROTOCOL_GUID                 \
    {                                                      \
        0xf4560cf6, 0x40ec, 0x4b4a,                        \
        {                                                  \
            0xa1, 0x92, 0xbf, 0x1d, 0x57, 0xd0, 0xb1, 0x89 \
        }                                                  \
    }

struct memory_attribute_protocol {
    EFI_STATUS(EFIAPI *GetMemoryAttributes)
    (struct memory_attribute_protocol *this, EFI_PHYSICAL_ADDRESS base, UINT64 bytes,
     UINT64 *attributes);
    EFI_STATUS(EFIAPI *SetMemoryAttributes)
    (struct memory_attribute_protocol *this, EFI_PHYSICAL_ADDRESS base, UINT64 bytes,
     UINT64 attributes);
    EFI_STATUS(EFIAPI *ClearMemoryAttributes)
    (struct memory_attribute_protocol *this, EFI_PHYSICAL_ADDRESS base, UINT64 bytes,
     UINT64 attributes);
};

/* Adds the protocol to *handle (NULL: a new one). EFI_OUT_OF_RESOURCES. */
EFI_STATUS memory_attribute_install(EFI_HANDLE *handle);

#endif
