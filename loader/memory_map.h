/*
 * The guest's physical memory as the domain builder describes it (E820 types), brought into the
 * form that the page allocator wants. Pure; boot phase.
 */
#ifndef PVHEFI_LOADER_MEMORY_MAP_H
#define PVHEFI_LOADER_MEMORY_MAP_H

#include <stddef.h>
#include <stdint.h>

struct hvm_memmap_table_entry;

/* type: XEN_HVM_MEMMAP_TYPE_*; whole 4 KiB pages; `end` is exclusive. */
struct memory_range {
    uint64_t start;
    uint64_t end;
    uint32_t type;
};

/* Sorting out `entry_count` entries never needs more ranges than this. */
#define MEMORY_MAP_RANGES_MAX(entry_count) (2 * (entry_count) + 3)

/*
 * Writes sorted, disjoint ranges. Overlaps are resolved (the more restrictive type wins: unusable,
 * disabled, reserved, PMEM, NVS, ACPI, RAM), each RAM entry is trimmed to whole pages and every
 * other one grown to whole pages, RAM is taken out of 0xA0000-0xFFFFF (it becomes reserved: old
 * firmware habits put ROMs and tables there, Linux crashes when it is conventional), neighbours of
 * one type are merged, and unknown types become reserved.
 *
 * With a log_warn line each: entries of size 0 or beyond 2^52 are dropped, and of those that reach
 * across 2^52 or wrap RAM is dropped and everything else is clipped.
 * The entries need not be aligned in memory.
 *
 * Returns the number of ranges written, 0 with a log_err line when there is no RAM at all or
 * `capacity` is too small.
 */
size_t memory_map_normalise(const struct hvm_memmap_table_entry *entries, size_t entry_count,
                            struct memory_range *ret_ranges, size_t capacity);

/*
 * Where the highest `bytes` bytes (whole pages) start that end at or below `end`, a page's border,
 * and lie in none of the normalised ranges; 0 when there are none.
 */
uint64_t memory_map_hole_below(const struct memory_range *ranges, size_t count, uint64_t end,
                               uint64_t bytes);

#endif
