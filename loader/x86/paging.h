/*
 * The firmware's page tables: all memory at its own address (UEFI 2.10 section 2.3.4), with the
 * largest pages that the CPU has, four levels also where it could do five. Boot phase.
 *
 * What a page may be used for by default: everything, but for memory that the NX policy
 * (shim/memory/nx_policy.h) has made data.
 */
#ifndef PVHEFI_LOADER_X86_PAGING_H
#define PVHEFI_LOADER_X86_PAGING_H

#include <stdbool.h>
#include <stdint.h>

#include <efi.h>

#include "loader/x86/page_table.h"

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
 * The bits (loader/x86/page_table.h) of the page at `address`, and where it ends; false when
 * nothing is mapped there.
 */
bool paging_look_up(uint64_t address, uint64_t *ret_bits, uint64_t *ret_end);

/*
 * Has nobody taken these (PAGE_BIT_PRESENT, PAGE_BIT_WRITE) from the firmware's page at `address`?
 * For memory that clients may protect too, before it is touched for them.
 */
bool paging_allows(uint64_t address, uint64_t bits);

/*
 * Changes how pages may be used; large ones are split where needed. Nothing has changed when it
 * fails: EFI_INVALID_PARAMETER for a range that is not made of whole pages, EFI_UNSUPPORTED for one
 * that is not mapped, EFI_OUT_OF_RESOURCES when no page is left for tables.
 */
EFI_STATUS paging_change(uint64_t start, uint64_t end, struct page_change change);

/* The same, `access` being all that is allowed (enum page_access bits). */
EFI_STATUS paging_protect(uint64_t start, uint64_t end, unsigned int access);

/*
 * Allows everything again, for memory that is given back. Never fails: without a page for tables,
 * neighbours in the same large page lose their protection too.
 */
void paging_reset(uint64_t start, uint64_t end);

/* Is the null page, the firmware or one of its page tables in [start, end)? */
bool paging_is_own(uint64_t start, uint64_t end);

/* Allows execution wherever only the policy (PAGE_BIT_POLICY) denies it. */
void paging_lift_policy(void);

/* Allows everything everywhere but in the firmware: the memory is the OS's. */
void paging_hand_over(void);

#endif
