/*
 * XENMEM_*: xen/include/public/memory.h. Boot phase.
 */
#ifndef PVHEFI_HYPERCALL_MEMORY_H
#define PVHEFI_HYPERCALL_MEMORY_H

#include <stdint.h>

struct hvm_memmap_table_entry;

/*
 * XENMEM_memory_map: the E820 map that the toolstack set, in start_info's form. Returns the number
 * of entries written (at most `capacity`) or a negative Xen errno.
 */
int memory_get_map(struct hvm_memmap_table_entry *ret_entries, unsigned int capacity);

/*
 * Put the domain's shared_info page, or a frame of its grant table, at `gfn`. The page that was
 * there is LOST: `gfn` must be a hole. 0 or a negative Xen errno.
 */
int memory_map_shared_info(uint64_t gfn);
int memory_map_grant_frame(unsigned int frame, uint64_t gfn);

/* Takes a page out of the guest's physical address space again. 0 or a negative Xen errno. */
int memory_unmap(uint64_t gfn);

#endif
