/*
 * The sections of a PE file. Private to loader/pe*.c; what others need is in loader/pe.h.
 */
#ifndef PVHEFI_LOADER_PE_SECTION_H
#define PVHEFI_LOADER_PE_SECTION_H

#include <stdbool.h>

#include "loader/pe.h"

/*
 * Whether every section of `image`, whose section table lies inside the file, is inside the file
 * and inside the image, behind the headers, and overlaps no other one. Errors as for pe_parse().
 */
EFI_STATUS pe_sections_check(const struct pe_image *image);

/* Whether some section contains `rva`. */
bool pe_sections_contain(const struct pe_image *image, uint32_t rva);

/* Whether every section begins on a page, so that each can have permissions of its own. */
bool pe_sections_are_paged(const struct pe_image *image);

#endif
