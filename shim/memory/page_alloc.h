/*
 * All memory of the guest, page by page: who has it, and what the memory map says of it (UEFI 2.10
 * section 7.2). Never touches the memory itself, but for pages that it takes for its own
 * descriptions when the map has very many regions. Boot phase, any TPL up to TPL_NOTIFY.
 */
#ifndef PVHEFI_SHIM_MEMORY_PAGE_ALLOC_H
#define PVHEFI_SHIM_MEMORY_PAGE_ALLOC_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include <efi.h>

/*
 * Describes memory that exists; once for each range of the machine's memory map, in any order, not
 * overlapping. `attributes` are the EFI_MEMORY_* cacheability bits that it can do. Conventional
 * memory is free for allocation. EFI_OUT_OF_RESOURCES when there are too many ranges.
 */
EFI_STATUS page_alloc_add(uint64_t start, uint64_t pages, uint32_t type, uint64_t attributes);

/*
 * Takes conventional memory that is already in use (the firmware, start_info, modules), whatever
 * part of the range is still free. It can be freed like an allocation.
 */
EFI_STATUS page_alloc_claim(uint64_t start, uint64_t end, uint32_t type);

/*
 * AllocatePages. Top down; below 4 GiB when there is room, since some loaders keep 32-bit pointers.
 * EFI_INVALID_PARAMETER, EFI_NOT_FOUND (AllocateAddress), EFI_OUT_OF_RESOURCES.
 */
EFI_STATUS page_alloc(EFI_ALLOCATE_TYPE how, uint32_t type, uint64_t pages,
                      EFI_PHYSICAL_ADDRESS *address);

/* The same at a multiple of `alignment`, a power of two of at least a page. */
EFI_STATUS page_alloc_aligned(uint32_t type, uint64_t pages, uint64_t alignment,
                              EFI_PHYSICAL_ADDRESS *ret_address);

/*
 * FreePages, any part of what was allocated. EFI_NOT_FOUND when a page of the range was not
 * allocated, EFI_INVALID_PARAMETER for an unaligned address, EFI_OUT_OF_RESOURCES when what is left
 * of an allocation cannot be described any more.
 */
EFI_STATUS page_free(uint64_t address, uint64_t pages);

/* GetMemoryMap; neighbours of one kind are one descriptor. */
EFI_STATUS page_alloc_get_map(UINTN *map_bytes, EFI_MEMORY_DESCRIPTOR *ret_map, UINTN *ret_key,
                              UINTN *ret_descriptor_bytes, UINT32 *ret_descriptor_version);

/*
 * The same of runtime memory alone: writes as many descriptors, of MEMORY_DESCRIPTOR_BYTES each, as
 * there is room for; returns how many there are.
 */
size_t page_alloc_get_runtime_map(void *ret_map, size_t room);

/* Changes with every change of the map. */
uint64_t page_alloc_map_key(void);

/* Type of the page at `address`; false when the map does not know it. */
bool page_alloc_type_at(uint64_t address, uint32_t *ret_type);

/* The largest free run. */
uint64_t page_alloc_largest_run(void);

/* Free pages in all: tests look whether any were lost. */
uint64_t page_alloc_free_pages(void);

#endif
