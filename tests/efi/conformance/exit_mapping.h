/*
 * Page tables of the test's own, for an OS that moves the runtime services elsewhere.
 */
#ifndef PVHEFI_TESTS_EFI_CONFORMANCE_EXIT_MAPPING_H
#define PVHEFI_TESTS_EFI_CONFORMANCE_EXIT_MAPPING_H

#include <stdbool.h>

#include <efi.h>

/* Where memory is to be found as well: at its address and this. */
#define MAPPING_OFFSET 0xffff800000000000ull

/* Allocates what is needed later; to be called while there are boot services. False where the
 * processor's page tables are of another kind. */
bool mapping_prepare(void);

/* Everything as the firmware left it, and at the offset, too. */
void mapping_use_both(void);

/*
 * Memory below 4 GiB but for the ranges of `map` that are for run time, and everything at the
 * offset. False when there are more such ranges than expected.
 */
bool mapping_use_new(const EFI_MEMORY_DESCRIPTOR *map, UINTN bytes, UINTN descriptor_bytes);

#endif
