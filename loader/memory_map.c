#include "loader/memory_map.h"

#include <stdbool.h>

#include <xen/arch-x86/hvm/start_info.h>

#include "loader/lib/log.h"
#include "loader/lib/string.h"

#define PAGE_BYTES UINT64_C(4096)
/* What an x86 page table entry can address. */
#define ADDRESS_END     (UINT64_C(1) << 52)
#define LEGACY_HOLE     UINT64_C(0xa0000)
#define LEGACY_HOLE_END UINT64_C(0x100000)
#define TYPE_NONE       0

_Static_assert(sizeof(struct hvm_memmap_table_entry) == 24, "start_info.h: memmap entry");

struct map {
    const struct hvm_memmap_table_entry *entries;
    size_t entry_count;
    struct memory_range *ranges;
    size_t capacity;
    size_t range_count;
};

/* Higher wins where entries overlap. */
static unsigned int type_rank(uint32_t type)
{
    static const unsigned int ranks[] = {
        [TYPE_NONE] = 0,
        [XEN_HVM_MEMMAP_TYPE_RAM] = 1,
        [XEN_HVM_MEMMAP_TYPE_ACPI] = 2,
        [XEN_HVM_MEMMAP_TYPE_NVS] = 3,
        [XEN_HVM_MEMMAP_TYPE_PMEM] = 4,
        [XEN_HVM_MEMMAP_TYPE_RESERVED] = 5,
        [XEN_HVM_MEMMAP_TYPE_DISABLED] = 6,
        [XEN_HVM_MEMMAP_TYPE_UNUSABLE] = 7,
    };

    return ranks[type];
}

static uint32_t known_type(uint32_t type)
{
    if (type < XEN_HVM_MEMMAP_TYPE_RAM || type > XEN_HVM_MEMMAP_TYPE_PMEM)
        return XEN_HVM_MEMMAP_TYPE_RESERVED;
    return type;
}

static uint64_t page_down(uint64_t address)
{
    return address & ~(PAGE_BYTES - 1);
}

static uint64_t page_up(uint64_t address)
{
    return page_down(address + PAGE_BYTES - 1);
}

static struct hvm_memmap_table_entry read_entry(const struct map *map, size_t index)
{
    struct hvm_memmap_table_entry entry;

    memcpy(&entry, (const uint8_t *)map->entries + index * sizeof(entry), sizeof(entry));
    return entry;
}

static bool fits_address_space(const struct hvm_memmap_table_entry *entry)
{
    return entry->addr <= ADDRESS_END && entry->size <= ADDRESS_END - entry->addr;
}

/* The whole pages that an entry stands for; start == end when it is dropped. */
static struct memory_range entry_pages(const struct hvm_memmap_table_entry *entry)
{
    struct memory_range pages = {.type = known_type(entry->type)};
    bool fits = fits_address_space(entry);

    if (entry->size == 0 || entry->addr >= ADDRESS_END)
        return pages;
    if (pages.type == XEN_HVM_MEMMAP_TYPE_RAM) {
        pages.start = page_up(entry->addr);
        pages.end = fits ? page_down(entry->addr + entry->size) : 0;
        if (pages.end < pages.start)
            pages.end = pages.start;
        return pages;
    }
    pages.start = page_down(entry->addr);
    pages.end = fits ? page_up(entry->addr + entry->size) : ADDRESS_END;
    return pages;
}

static void warn_about_entries(const struct map *map)
{
    for (size_t i = 0; i < map->entry_count; i++) {
        struct hvm_memmap_table_entry entry = read_entry(map, i);

        if (entry.size == 0)
            log_warn("memory map: entry %zu at %#llx is empty", i, (unsigned long long)entry.addr);
        else if (!fits_address_space(&entry))
            log_warn("memory map: entry %zu ends beyond 2^52 (%#llx bytes at %#llx)", i,
                     (unsigned long long)entry.size, (unsigned long long)entry.addr);
    }
}

/* Makes *next the lowest of itself and `address`, but only above `cursor`. */
static void lower_boundary(uint64_t *next, uint64_t address, uint64_t cursor)
{
    if (address > cursor && address < *next)
        *next = address;
}

/*
 * The first address above `cursor` at which the type can change, and in *ret_type the type from
 * `cursor` up to there.
 */
static uint64_t next_boundary(const struct map *map, uint64_t cursor, uint32_t *ret_type)
{
    uint64_t next = ADDRESS_END;

    *ret_type = TYPE_NONE;
    lower_boundary(&next, LEGACY_HOLE, cursor);
    lower_boundary(&next, LEGACY_HOLE_END, cursor);
    for (size_t i = 0; i < map->entry_count; i++) {
        struct hvm_memmap_table_entry entry = read_entry(map, i);
        struct memory_range pages = entry_pages(&entry);

        lower_boundary(&next, pages.start, cursor);
        lower_boundary(&next, pages.end, cursor);
        if (cursor >= pages.start && cursor < pages.end &&
            type_rank(pages.type) > type_rank(*ret_type))
            *ret_type = pages.type;
    }
    if (*ret_type == XEN_HVM_MEMMAP_TYPE_RAM && cursor >= LEGACY_HOLE && cursor < LEGACY_HOLE_END)
        *ret_type = XEN_HVM_MEMMAP_TYPE_RESERVED;
    return next;
}

static bool append_range(struct map *map, struct memory_range range)
{
    struct memory_range *last = map->range_count > 0 ? &map->ranges[map->range_count - 1] : NULL;

    if (range.type == TYPE_NONE)
        return true;
    if (last != NULL && last->end == range.start && last->type == range.type) {
        last->end = range.end;
        return true;
    }
    if (map->range_count == map->capacity) {
        log_err("memory map: more than %zu ranges", map->capacity);
        return false;
    }
    map->ranges[map->range_count++] = range;
    return true;
}

static bool has_ram(const struct map *map)
{
    for (size_t i = 0; i < map->range_count; i++)
        if (map->ranges[i].type == XEN_HVM_MEMMAP_TYPE_RAM)
            return true;
    log_err("memory map: no RAM in %zu entries", map->entry_count);
    return false;
}

size_t memory_map_normalise(const struct hvm_memmap_table_entry *entries, size_t entry_count,
                            struct memory_range *ret_ranges, size_t capacity)
{
    struct map map = {
        .entries = entries,
        .entry_count = entry_count,
        .ranges = ret_ranges,
        .capacity = capacity,
    };
    uint64_t next;

    warn_about_entries(&map);
    for (uint64_t cursor = 0; cursor < ADDRESS_END; cursor = next) {
        struct memory_range range = {.start = cursor};

        next = next_boundary(&map, cursor, &range.type);
        range.end = next;
        if (!append_range(&map, range))
            return 0;
    }
    return has_ram(&map) ? map.range_count : 0;
}

uint64_t memory_map_hole_below(const struct memory_range *ranges, size_t count, uint64_t end,
                               uint64_t bytes)
{
    /* From the top: a range that reaches into what is wanted moves it below itself. */
    for (size_t i = count; i-- > 0;) {
        if (ranges[i].start < end && ranges[i].end > end - (bytes < end ? bytes : end))
            end = ranges[i].start;
    }
    return end > bytes ? end - bytes : 0;
}
