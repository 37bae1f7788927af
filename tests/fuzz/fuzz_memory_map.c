/* The input is an array of memory map entries. */
#include "loader/memory_map.h"

#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

#include <xen/arch-x86/hvm/start_info.h>

#include "tests/fuzz/fuzz.h"

#define ENTRIES_MAX 32
#define PAGE_BYTES  UINT64_C(4096)
#define SPACE_END   (UINT64_C(1) << 52)
#define HOLE        UINT64_C(0xa0000)
#define HOLE_END    UINT64_C(0x100000)

struct map {
    struct hvm_memmap_table_entry entry[ENTRIES_MAX];
    size_t count;
};

static unsigned int strength(uint32_t type)
{
    static const uint32_t weakest_first[] = {
        XEN_HVM_MEMMAP_TYPE_RAM,      XEN_HVM_MEMMAP_TYPE_ACPI,  XEN_HVM_MEMMAP_TYPE_NVS,
        XEN_HVM_MEMMAP_TYPE_PMEM,     0 /* reserved, unknown */, XEN_HVM_MEMMAP_TYPE_DISABLED,
        XEN_HVM_MEMMAP_TYPE_UNUSABLE,
    };

    for (unsigned int i = 0; i < sizeof(weakest_first) / sizeof(weakest_first[0]); i++)
        if (weakest_first[i] == type)
            return i + 1;
    return 5;
}

/* Whether an entry counts for the page at `address`, with 128 bits instead of care. */
static bool entry_has_page(const struct hvm_memmap_table_entry *entry, uint64_t address)
{
    unsigned __int128 end = (unsigned __int128)entry->addr + entry->size;

    if (entry->size == 0)
        return false;
    if (entry->type == XEN_HVM_MEMMAP_TYPE_RAM)
        return end <= SPACE_END && entry->addr <= address && address + PAGE_BYTES <= end;
    return entry->addr < address + PAGE_BYTES && address < end;
}

/* The type that the page must have, page by page as the header's contract says; 0 for a hole. */
static unsigned int expected_strength(const struct map *map, uint64_t address)
{
    unsigned int strongest = 0;

    for (size_t i = 0; i < map->count; i++)
        if (entry_has_page(&map->entry[i], address) && strength(map->entry[i].type) > strongest)
            strongest = strength(map->entry[i].type);
    if (strongest == strength(XEN_HVM_MEMMAP_TYPE_RAM) && address >= HOLE && address < HOLE_END)
        strongest = strength(XEN_HVM_MEMMAP_TYPE_RESERVED);
    return strongest;
}

static void check_page(const struct map *map, const struct memory_range *ranges, size_t count,
                       uint64_t address)
{
    unsigned int found = 0;

    if (address >= SPACE_END)
        return;
    for (size_t i = 0; i < count; i++)
        if (address >= ranges[i].start && address < ranges[i].end)
            found = strength(ranges[i].type);
    REQUIRE(found == expected_strength(map, address));
}

/* The types can only change at these places. */
static void check_pages(const struct map *map, const struct memory_range *ranges, size_t count)
{
    check_page(map, ranges, count, 0);
    for (uint64_t address = HOLE - PAGE_BYTES; address <= HOLE_END; address += PAGE_BYTES)
        check_page(map, ranges, count, address);
    for (size_t i = 0; i < map->count; i++)
        for (unsigned int step = 0; step < 3; step++) {
            uint64_t start = map->entry[i].addr / PAGE_BYTES * PAGE_BYTES;
            uint64_t end = (map->entry[i].addr + map->entry[i].size) / PAGE_BYTES * PAGE_BYTES;

            check_page(map, ranges, count, start + (step - UINT64_C(1)) * PAGE_BYTES);
            check_page(map, ranges, count, end + (step - UINT64_C(1)) * PAGE_BYTES);
        }
}

static void check_ranges(const struct memory_range *ranges, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        REQUIRE(ranges[i].start < ranges[i].end && ranges[i].end <= SPACE_END);
        REQUIRE(ranges[i].start % PAGE_BYTES == 0 && ranges[i].end % PAGE_BYTES == 0);
        REQUIRE(ranges[i].type >= XEN_HVM_MEMMAP_TYPE_RAM);
        REQUIRE(ranges[i].type <= XEN_HVM_MEMMAP_TYPE_PMEM);
        if (ranges[i].type == XEN_HVM_MEMMAP_TYPE_RAM)
            REQUIRE(ranges[i].end <= HOLE || ranges[i].start >= HOLE_END);
        if (i == 0)
            continue;
        REQUIRE(ranges[i - 1].end <= ranges[i].start);
        REQUIRE(ranges[i - 1].end < ranges[i].start || ranges[i - 1].type != ranges[i].type);
    }
}

static struct memory_range *normalise(const struct map *map, size_t capacity, size_t *ret_count)
{
    struct memory_range *ranges = malloc(capacity * sizeof(*ranges));

    fuzz_log_clear();
    *ret_count = memory_map_normalise(map->entry, map->count, ranges, capacity);
    REQUIRE(fuzz_log_errors() == (*ret_count == 0 ? 1 : 0));
    return ranges;
}

/* Exactly as much room as the result needs is enough, one less is an error. */
static void check_capacity(const struct map *map, size_t needed)
{
    size_t count;

    free(normalise(map, needed, &count));
    REQUIRE(count == needed);
    if (needed == 1)
        return;
    free(normalise(map, needed - 1, &count));
    REQUIRE(count == 0);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct map map = {.count = size / sizeof(map.entry[0])};
    struct memory_range *ranges;
    size_t count;

    if (map.count > ENTRIES_MAX)
        map.count = ENTRIES_MAX;
    memcpy(map.entry, data, map.count * sizeof(map.entry[0]));
    ranges = normalise(&map, MEMORY_MAP_RANGES_MAX(map.count), &count);
    if (count > 0) {
        check_ranges(ranges, count);
        check_pages(&map, ranges, count);
        check_capacity(&map, count);
    }
    free(ranges);
    return 0;
}
