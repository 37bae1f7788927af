/*
 * Memory regions as the EFI_MEMORY_DESCRIPTORs of GetMemoryMap (UEFI 2.10 section 7.2.3). Pure.
 */
#ifndef PVHEFI_SHIM_MEMORY_MEMORY_DESCRIPTORS_H
#define PVHEFI_SHIM_MEMORY_MEMORY_DESCRIPTORS_H

#include <stddef.h>

#include <efi.h>

#include "shim/memory/region_map.h"

/* Clients must use the descriptor size that GetMemoryMap returns: make it differ from sizeof. */
#define MEMORY_DESCRIPTOR_BYTES (sizeof(EFI_MEMORY_DESCRIPTOR) + 8)

/* Whether a region may be freed does not show: such neighbours are one descriptor. */
size_t memory_descriptors_count(const struct region_map *map);

/* Writes memory_descriptors_count() descriptors of MEMORY_DESCRIPTOR_BYTES each. */
void memory_descriptors_write(const struct region_map *map, void *ret_map);

/*
 * Writes only those of runtime memory, as many as there is room for; returns how many there are.
 */
size_t memory_descriptors_write_runtime(const struct region_map *map, void *ret_map, size_t room);

#endif
