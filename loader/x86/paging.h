/*
 * The firmware's page tables: all memory at its own address (UEFI 2.10 section 2.3.4), with the
 * largest pages that the CPU has. Boot phase.
 */
#ifndef PVHEFI_LOADER_X86_PAGING_H
#define PVHEFI_LOADER_X86_PAGING_H

#include <stdbool.h>
#include <stdint.h>

#include <efi.h>

enum page_access {
    PAGE_ACCESS_NONE = 0,
    PAGE_ACCESS_READ = 1 << 0,
    PAGE_ACCESS_WRITE = 1 << 1,
    PAGE_ACCESS_EXECUTE = 1 << 2,
    PAGE_ACCESS_ALL = PAGE_ACCESS_READ | PAGE_ACCESS_WRITE | PAGE_ACCESS_EXECUTE,
};

/*
 * Maps the first 4 GiB, protects the firmware itself (no page of it both writable and executable,
 * its stack's guard page unmapped) and switches to these tables.
 */
void paging_init(void);

/* Unmaps page 0, where null pointers lead. Some loaders put start_info there: call it after that
 * was read. */
void paging_unmap_null_page(void);

/* Maps what lies above 4 GiB: whole 4 KiB pages, `end` exclusive. EFI_OUT_OF_RESOURCES. */
EFI_STATUS paging_map(uint64_t start, uint64_t end);

/*
 * Changes how mapped pages may be used (`access`: enum page_access bits; no READ unmaps). Large
 * pages are split where needed. EFI_OUT_OF_RESOURCES when no page is left for tables,
 * EFI_INVALID_PARAMETER for a range that is not mapped or not made of whole pages.
 */
EFI_STATUS paging_protect(uint64_t start, uint64_t end, unsigned int access);

/* How the page at `address` may be used; `ret_mapped` false when it lies outside the tables. */
unsigned int paging_access(uint64_t address, bool *ret_mapped);

#endif
