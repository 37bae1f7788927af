/*
 * The resource directory of a PE image: where an EFI program's HII packages are (Microsoft PE/COFF
 * specification, section ".rsrc"; UEFI 2.10 section 7.4.1). Pure.
 */
#ifndef PVHEFI_LOADER_PE_RESOURCE_H
#define PVHEFI_LOADER_PE_RESOURCE_H

#include <stdbool.h>
#include <stdint.h>

/*
 * Finds the first resource of the type that is called `type` (case-sensitive ASCII) in a laid-out
 * image of `image_bytes`; `directory_rva` and `directory_bytes` are what its headers say. All that
 * is found lies inside the image. False when there is none, or what leads there is damaged.
 */
bool pe_resource_find(const void *base, uint32_t image_bytes, uint32_t directory_rva,
                      uint32_t directory_bytes, const char *type, uint32_t *ret_rva,
                      uint32_t *ret_bytes);

#endif
