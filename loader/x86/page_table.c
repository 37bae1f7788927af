#include "loader/x86/page_table.h"

#include <stddef.h>

#define LEVELS    4u
#define BIT_LARGE (1ull << 7)
/* Written by the CPU: that the page was read, and written to. */
#define BITS_USED (1ull << 5 | 1ull << 6)
#define ADDRESS   0x000ffffffffff000ull

/* Level 1 entries map 4 KiB, level 2 2 MiB, level 3 1 GiB. */
static uint64_t level_bytes(unsigned int level)
{
    return PAGE_TABLE_PAGE_BYTES << (9 * (level - 1));
}

static uint64_t *entry_at(uint64_t *table, uint64_t address, unsigned int level)
{
    return &table[(address / level_bytes(level)) % PAGE_TABLE_ENTRIES];
}

/* Neither that nor 0, it maps a page, though perhaps one that nobody may touch. */
static bool is_table(uint64_t entry, unsigned int level)
{
    return entry && level > 1 && !(entry & BIT_LARGE);
}

static uint64_t *table_of(uint64_t entry)
{
    return (uint64_t *)(uintptr_t)(entry & ADDRESS);
}

/* The entry at or above `level` that is no table, and its level. */
static uint64_t *find_entry(const struct page_tables *tables, uint64_t address, unsigned int level,
                            unsigned int *ret_level)
{
    uint64_t *table = tables->root;
    unsigned int at = LEVELS;

    while (at > level && is_table(*entry_at(table, address, at), at)) {
        table = table_of(*entry_at(table, address, at));
        at--;
    }
    *ret_level = at;
    return entry_at(table, address, at);
}

static uint64_t start_of(uint64_t address, unsigned int level)
{
    return address & ~(level_bytes(level) - 1);
}

/* Puts a table of smaller pages with the same bits in the place of a page, or of nothing. */
static bool split(struct page_tables *tables, uint64_t *entry, unsigned int level)
{
    uint64_t *table = tables->spare_count ? tables->spare[--tables->spare_count] : NULL;
    uint64_t first = level == 2 ? *entry & ~BIT_LARGE : *entry;

    if (!table)
        return false;
    for (unsigned int i = 0; i < PAGE_TABLE_ENTRIES; i++)
        table[i] = *entry ? first + i * level_bytes(level - 1) : 0;
    *entry = (uint64_t)(uintptr_t)table | PAGE_BIT_PRESENT | PAGE_BIT_WRITE;
    return true;
}

static bool fits(uint64_t start, uint64_t end, unsigned int level)
{
    return start == start_of(start, level) && end - start >= level_bytes(level);
}

uint64_t page_table_map(struct page_tables *tables, uint64_t start, uint64_t end, uint64_t bits)
{
    while (start < end) {
        unsigned int level;
        uint64_t *entry = find_entry(tables, start, 1, &level);

        if (!*entry && (level > tables->largest_level || !fits(start, end, level))) {
            if (!split(tables, entry, level))
                return start;
            continue;
        }
        if (!*entry)
            *entry = start | bits | (level > 1 ? BIT_LARGE : 0);
        start = start_of(start, level) + level_bytes(level);
    }
    return end;
}

bool page_table_look_up(const struct page_tables *tables, uint64_t address, uint64_t *ret_bits,
                        uint64_t *ret_end)
{
    unsigned int level;
    const uint64_t *entry = find_entry(tables, address, 1, &level);

    *ret_end = start_of(address, level) + level_bytes(level);
    if (!*entry)
        return false;
    *ret_bits = *entry & PAGE_BITS;
    return true;
}

static uint64_t changed_entry(uint64_t entry, struct page_change change)
{
    return (entry & ~change.mask) | change.value;
}

/* How often the page around `edge` is split until one begins there. */
static unsigned int splits_at(const struct page_tables *tables, uint64_t inside, uint64_t edge,
                              struct page_change change)
{
    unsigned int level;
    uint64_t entry = *find_entry(tables, inside, 1, &level);
    unsigned int splits = 0;

    if (changed_entry(entry, change) == entry)
        return 0;
    for (; level > 1 && edge != start_of(edge, level); level--)
        splits++;
    return splits;
}

unsigned int page_table_splits(const struct page_tables *tables, uint64_t start, uint64_t end,
                               struct page_change change)
{
    return splits_at(tables, start, start, change) + splits_at(tables, end - 1, end, change);
}

/* Could the pages of a table be one large page? `level` is theirs. */
static bool is_uniform(const uint64_t *table, unsigned int level)
{
    if (!table[0] || is_table(table[0], level))
        return false;
    for (unsigned int i = 1; i < PAGE_TABLE_ENTRIES; i++)
        if ((table[i] & ~BITS_USED) != (table[0] & ~BITS_USED) + i * level_bytes(level))
            return false;
    return true;
}

/* In the range's tables of pages of `level` - 1. */
static void merge(struct page_tables *tables, uint64_t start, uint64_t end, unsigned int level)
{
    if (level > tables->largest_level)
        return;
    for (uint64_t at = start; at < end;) {
        unsigned int found;
        uint64_t *entry = find_entry(tables, at, level, &found);
        uint64_t *table = table_of(*entry);

        if (found == level && is_table(*entry, level) && is_uniform(table, level - 1) &&
            tables->spare_count < PAGE_TABLE_SPARE_MAX) {
            *entry = table[0] | BIT_LARGE;
            tables->spare[tables->spare_count++] = table;
        }
        at = start_of(at, found) + level_bytes(found);
    }
}

/*
 * Changes the page at `address`, or of it what lies in the range; without a spare table all of it.
 * Returns where that ends.
 */
static uint64_t change_page(struct page_tables *tables, uint64_t address, uint64_t end,
                            struct page_change change, bool *changed)
{
    for (;;) {
        unsigned int level;
        uint64_t *entry = find_entry(tables, address, 1, &level);
        uint64_t wanted = changed_entry(*entry, change);

        if (*entry != wanted && !fits(address, end, level) && split(tables, entry, level))
            continue;
        *changed |= *entry != wanted;
        *entry = wanted;
        return start_of(address, level) + level_bytes(level);
    }
}

bool page_table_change(struct page_tables *tables, uint64_t start, uint64_t end,
                       struct page_change change)
{
    bool changed = false;

    for (uint64_t at = start; at < end;)
        at = change_page(tables, at, end, change, &changed);
    if (changed)
        for (unsigned int level = 2; level < LEVELS; level++)
            merge(tables, start, end, level);
    return changed;
}

static bool lies_in(const uint64_t *table, uint64_t start, uint64_t end)
{
    return (uintptr_t)table >= start && (uintptr_t)table < end;
}

static bool any_lies_in(const uint64_t *table, unsigned int level, uint64_t start, uint64_t end)
{
    if (lies_in(table, start, end))
        return true;
    for (unsigned int i = 0; level > 1 && i < PAGE_TABLE_ENTRIES; i++)
        if (is_table(table[i], level) && any_lies_in(table_of(table[i]), level - 1, start, end))
            return true;
    return false;
}

bool page_table_uses(const struct page_tables *tables, uint64_t start, uint64_t end)
{
    for (unsigned int i = 0; i < tables->spare_count; i++)
        if (lies_in(tables->spare[i], start, end))
            return true;
    return any_lies_in(tables->root, LEVELS, start, end);
}
