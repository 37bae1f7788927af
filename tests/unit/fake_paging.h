/*
 * Stands in for loader/x86/paging.c in host tests: remembers how each page of the arena
 * (fake_memory.h) may be used, and enforces nothing.
 */
#ifndef PVHEFI_TESTS_UNIT_FAKE_PAGING_H
#define PVHEFI_TESTS_UNIT_FAKE_PAGING_H

#include <stdbool.h>
#include <stdint.h>

/* Changes answer EFI_OUT_OF_RESOURCES while it is set. */
extern bool fake_paging_full;

/* The address of what paging_is_own() looks for. */
extern uint64_t fake_paging_own;

/* Do all pages of [start, end) have just this access (enum page_access bits)? */
bool fake_paging_is(uint64_t start, uint64_t end, unsigned int access);

#endif
