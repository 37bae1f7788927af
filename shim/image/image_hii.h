/*
 * EFI_HII_PACKAGE_LIST_PROTOCOL (UEFI 2.10 sections 7.4.1, 34.8): an image that has a resource of
 * the type "HII" finds it on its own handle. Applications of edk2 get their texts that way. Boot
 * phase.
 */
#ifndef PVHEFI_SHIM_IMAGE_IMAGE_HII_H
#define PVHEFI_SHIM_IMAGE_IMAGE_HII_H

#include <efi.h>

#include "loader/pe.h"

#define EFI_HII_PACKAGE_LIST_PROTOCOL_GUID                 \
    {                                                      \
        0x6a1ee763, 0xd47a, 0x43b4,                        \
        {                                                  \
            0xaa, 0xbe, 0xef, 0x1d, 0xe2, 0xab, 0x56, 0xfc \
        }                                                  \
    }

/*
 * The protocol's interface: the package list inside an image laid out at `base`. NULL when there is
 * none, or one that is longer than its resource.
 */
void *image_hii_find(const struct pe_image *pe, void *base);

#endif
