/*
 * The pages of a loaded image: getting them, laying the image out, protecting its sections. Boot
 * phase.
 */
#ifndef PVHEFI_SHIM_IMAGE_IMAGE_MEMORY_H
#define PVHEFI_SHIM_IMAGE_IMAGE_MEMORY_H

#include <stdint.h>

#include <efi.h>

#include "loader/pe.h"

struct image_memory {
    uint64_t base; /* 0: none */
    uint64_t pages;
};

/*
 * Allocates `type` pages at the image's alignment (at its preferred base when it cannot be moved),
 * lays it out and, when the image says that it is made for that, takes write or execute access from
 * its sections. EFI_OUT_OF_RESOURCES with a log_err line that says how much memory is missing,
 * EFI_LOAD_ERROR.
 */
EFI_STATUS image_memory_load(const struct pe_image *pe, uint32_t type,
                             struct image_memory *ret_memory);

/* Gives the pages back, usable for everything again. */
void image_memory_free(const struct image_memory *memory);

#endif
