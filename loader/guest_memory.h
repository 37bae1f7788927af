/*
 * The guest's memory at start: which ranges there are, which of them are in use already. Feeds the
 * page allocator. Boot phase.
 */
#ifndef PVHEFI_LOADER_GUEST_MEMORY_H
#define PVHEFI_LOADER_GUEST_MEMORY_H

#include <stdbool.h>
#include <stdint.h>

#include "loader/start_info.h"

/*
 * Takes the memory map from start_info or from Xen, maps what lies above 4 GiB, and marks the
 * firmware itself, start_info and the modules as used. False after a log_err line.
 */
bool guest_memory_init(const struct boot_info *info);

uint64_t guest_memory_mib(void);

/* Where the highest RAM that lies below `limit` ends; 0 when there is none. */
uint64_t guest_memory_end(uint64_t limit);

/*
 * The first of `pages` pages below 4 GiB where nothing is, for pages that Xen shares; 0 when there
 * are none. Each page is given out once.
 */
uint64_t guest_memory_take_hole(uint64_t pages);

/* Access to boot data by physical address, below 4 GiB. */
const void *guest_memory_window(uint64_t paddr, uint64_t bytes);

#endif
