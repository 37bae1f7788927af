/*
 * PE32+ images for x86-64 UEFI (Microsoft PE/COFF specification; UEFI 2.10 section 2.1.1).
 *
 * Pure: bytes in, struct or status out. Works in every phase and on a host. A rejection writes one
 * log_err line that says what is wrong with the file.
 */
#ifndef PVHEFI_LOADER_PE_H
#define PVHEFI_LOADER_PE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include <efi.h>

/* Windows stops at 96; a large UKI has some dozens. */
#define PE_SECTIONS_MAX 256

/* A checked view of a file; valid as long as the file's bytes stay in place. */
struct pe_image {
    const uint8_t *file;
    size_t file_bytes;
    uint64_t preferred_base;    /* ImageBase */
    uint32_t image_bytes;       /* SizeOfImage, rounded up to whole pages */
    uint32_t header_bytes;      /* SizeOfHeaders */
    uint32_t section_alignment; /* a power of two; 0x20 occurs, and 0x200000 */
    uint32_t entry_rva;
    uint32_t relocation_rva;   /* base relocation directory */
    uint32_t relocation_bytes; /* 0 when there is none */
    uint32_t resource_rva;     /* resource directory; not checked, since it is not needed to load */
    uint32_t resource_bytes;   /* 0 when there is none */
    uint32_t section_table;    /* offset of the section headers in the file */
    uint16_t section_count;
    uint16_t subsystem;        /* IMAGE_SUBSYSTEM_EFI_* */
    bool nx_compatible;        /* NX_COMPAT, and no page is shared by sections or with the header */
    bool relocations_stripped; /* may only be loaded at preferred_base */
};

/* What the loader needs of a section header; sections with virtual_bytes 0 take no part. */
struct pe_section {
    uint32_t rva;
    uint32_t virtual_bytes; /* in the image */
    uint32_t file_offset;
    uint32_t file_bytes; /* to be copied, <= virtual_bytes; the rest is zeroes */
    bool readable;
    bool writable;
    bool executable;
};

/*
 * Checks everything that loading relies on: signatures, header sizes, directories, each section
 * inside the file and inside the image, no two sections overlapping, the entry point inside a
 * section. The file need not be aligned in memory. Certificates are not looked at.
 *
 * EFI_UNSUPPORTED  no PE file at all, or one for another machine or of another kind (PE32, ARM64,
 *                  not for EFI)
 * EFI_LOAD_ERROR   a PE file that is damaged
 */
EFI_STATUS pe_parse(const void *file, size_t file_bytes, struct pe_image *ret_image);

/* Section `index` (< section_count) of a parsed image. */
struct pe_section pe_section(const struct pe_image *image, unsigned int index);

/*
 * Lays the image out at `base`, which has image_bytes writable bytes: header, sections, zeroes
 * everywhere else, base relocations applied for that address. `base` is to be aligned to a page and
 * to section_alignment; images with an alignment above a page may rely on it.
 *
 * EFI_LOAD_ERROR   a relocation is damaged, of an unknown type, or stripped while base is not
 *                  preferred_base; what is at base then is of no use
 */
EFI_STATUS pe_load(const struct pe_image *image, void *base);

/* A place that holds an address, or a part of one. */
struct pe_fixup {
    uint32_t rva;
    uint8_t bytes; /* 2, 4 or 8 */
    uint8_t shift; /* 16 where it is the address's upper half */
};

typedef void (*pe_fixup_visitor)(void *context, const struct pe_fixup *fixup);

/*
 * Calls `visit` for each place that the relocation directory inside a laid-out image names; all of
 * them lie in the image.
 *
 * EFI_LOAD_ERROR   as above; some places may have been visited already
 */
EFI_STATUS pe_for_each_fixup(const void *base, uint32_t image_bytes, uint32_t relocation_rva,
                             uint32_t relocation_bytes, pe_fixup_visitor visit, void *context);

/* Adds `delta` to all of them. EFI_LOAD_ERROR as above. */
EFI_STATUS pe_relocate(void *base, uint32_t image_bytes, uint32_t relocation_rva,
                       uint32_t relocation_bytes, uint64_t delta);

#endif
