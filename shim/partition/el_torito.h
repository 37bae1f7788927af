/*
 * Bootable CD-ROMs (El Torito specification 1.0; UEFI 2.10 section 13.3.2.1): which parts of the
 * disc are EFI system partitions. Pure.
 */
#ifndef PVHEFI_SHIM_PARTITION_EL_TORITO_H
#define PVHEFI_SHIM_PARTITION_EL_TORITO_H

#include <stdint.h>

#include <efi.h>

#include "shim/medium/medium.h"

#define EL_TORITO_SECTOR_BYTES 2048u
#define EL_TORITO_IMAGES_MAX   8u

struct el_torito_image {
    uint32_t boot_entry; /* 0: the catalog's first one */
    uint64_t offset;     /* in bytes */
    uint64_t bytes;      /* inside the medium, never 0 */
};

struct el_torito {
    unsigned int count;
    struct el_torito_image image[EL_TORITO_IMAGES_MAX];
};

/*
 * The images for EFI (platform 0xEF, no emulation), none perhaps. EFI_NOT_FOUND when the disc is no
 * ISO 9660 one or has no boot catalog, EFI_VOLUME_CORRUPTED for a damaged catalog; the errors of
 * medium_read().
 */
EFI_STATUS el_torito_read(struct medium *medium, struct el_torito *ret_torito);

#endif
