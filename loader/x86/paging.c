#include "loader/x86/paging.h"

#include <stddef.h>

#include "loader/x86/cpu.h"
#include "loader/x86/layout.h"
#include "shim/page_alloc.h"

#define PAGE_BYTES       4096ull
#define ENTRIES          512u
#define LEVELS           4
#define LOW_MEMORY_BYTES (4ull << 30)

#define PTE_PRESENT (1ull << 0)
#define PTE_WRITE   (1ull << 1)
#define PTE_LARGE   (1ull << 7)
#define PTE_NX      (1ull << 63)
#define PTE_ADDRESS 0x000ffffffffff000ull

#define CPUID_EXTENDED      0x80000001u
#define CPUID_EXTENDED_1GIB (1u << 26)

typedef uint64_t page_table[ENTRIES] __attribute__((aligned(4096)));

/*
 * Before there is a page allocator: the root, one table for 512 GiB, four for 2 MiB pages and one
 * for the firmware's own 4 KiB pages, with room for a firmware that crosses a 2 MiB border.
 */
static page_table early_tables[8];
static unsigned int early_tables_used;

static page_table root;
static unsigned int largest_level;

/* Level 1 entries map 4 KiB, level 2 2 MiB, level 3 1 GiB. */
static uint64_t level_bytes(unsigned int level)
{
    return PAGE_BYTES << (9 * (level - 1));
}

static uint64_t *entry_at(uint64_t *table, uint64_t address, unsigned int level)
{
    return &table[(address / level_bytes(level)) % ENTRIES];
}

static uint64_t access_bits(unsigned int access)
{
    if (!(access & PAGE_ACCESS_READ))
        return 0;
    return PTE_PRESENT | (access & PAGE_ACCESS_WRITE ? PTE_WRITE : 0) |
           (access & PAGE_ACCESS_EXECUTE ? 0 : PTE_NX);
}

static uint64_t *table_of(uint64_t entry)
{
    return (uint64_t *)(uintptr_t)(entry & PTE_ADDRESS);
}

static uint64_t *table_new(void)
{
    EFI_PHYSICAL_ADDRESS page;
    uint64_t *table;

    if (early_tables_used < sizeof(early_tables) / sizeof(early_tables[0]))
        return early_tables[early_tables_used++];
    if (page_alloc(AllocateAnyPages, EfiBootServicesData, 1, &page) != EFI_SUCCESS)
        return NULL;
    table = (uint64_t *)(uintptr_t)page;
    for (unsigned int i = 0; i < ENTRIES; i++)
        table[i] = 0;
    return table;
}

/* An entry that is neither a table nor an unused one: maps a page, possibly with all access taken.
 */
static bool entry_is_leaf(uint64_t entry, unsigned int level)
{
    return level == 1 || (entry & PTE_LARGE);
}

/* Replaces a large page by a table of smaller ones with the same access. */
static uint64_t *entry_split(uint64_t *entry, unsigned int level)
{
    uint64_t large = level == 2 ? PTE_LARGE : 0;
    uint64_t *table = table_new();

    if (!table)
        return NULL;
    if (*entry) {
        for (unsigned int i = 0; i < ENTRIES; i++)
            table[i] = (level == 2 ? *entry & ~large : *entry) + i * level_bytes(level - 1);
    }
    *entry = (uint64_t)(uintptr_t)table | PTE_PRESENT | PTE_WRITE;
    return table;
}

/* Finds the entry of exactly `level` for `address`, splitting what is larger. */
static uint64_t *entry_get(uint64_t address, unsigned int level)
{
    uint64_t *table = root;

    for (unsigned int l = LEVELS; l > level; l--) {
        uint64_t *entry = entry_at(table, address, l);

        if (!*entry || (*entry & PTE_LARGE))
            table = entry_split(entry, l);
        else
            table = table_of(*entry);
        if (!table)
            return NULL;
    }
    return entry_at(table, address, level);
}

/* The largest page that starts at `start` and does not reach beyond `end`. */
static unsigned int level_for(uint64_t start, uint64_t end)
{
    unsigned int level = largest_level;

    while (level > 1 && (start % level_bytes(level) || end - start < level_bytes(level)))
        level--;
    return level;
}

static EFI_STATUS map_range(uint64_t start, uint64_t end, unsigned int access)
{
    while (start < end) {
        unsigned int level = level_for(start, end);
        uint64_t *entry = entry_get(start, level);

        /* A table that is already there holds finer settings for parts of this range. */
        while (level > 1 && entry && *entry && !entry_is_leaf(*entry, level))
            entry = entry_get(start, --level);
        if (!entry)
            return EFI_OUT_OF_RESOURCES;
        *entry = start | access_bits(access) | (level > 1 ? PTE_LARGE : 0);
        invlpg(start);
        start += level_bytes(level);
    }
    return EFI_SUCCESS;
}

static uint64_t *leaf_find(uint64_t address, unsigned int *ret_level)
{
    uint64_t *table = root;

    for (unsigned int level = LEVELS; level >= 1; level--) {
        uint64_t *entry = entry_at(table, address, level);

        if (!*entry)
            return NULL;
        if (entry_is_leaf(*entry, level)) {
            *ret_level = level;
            return entry;
        }
        table = table_of(*entry);
    }
    return NULL;
}

EFI_STATUS paging_map(uint64_t start, uint64_t end)
{
    if (start < LOW_MEMORY_BYTES)
        start = LOW_MEMORY_BYTES;
    return start < end ? map_range(start, end, PAGE_ACCESS_ALL) : EFI_SUCCESS;
}

/* Where the leaf that maps `start` ends, at most `end`. */
static uint64_t leaf_end(uint64_t start, unsigned int level, uint64_t end)
{
    uint64_t next = (start / level_bytes(level) + 1) * level_bytes(level);

    return next < end ? next : end;
}

static bool range_is_mapped(uint64_t start, uint64_t end)
{
    unsigned int level;

    while (start < end) {
        if (!leaf_find(start, &level))
            return false;
        start = leaf_end(start, level, end);
    }
    return true;
}

static unsigned int leaf_access(uint64_t leaf)
{
    if (!(leaf & PTE_PRESENT))
        return PAGE_ACCESS_NONE;
    return PAGE_ACCESS_READ | (leaf & PTE_WRITE ? PAGE_ACCESS_WRITE : 0) |
           (leaf & PTE_NX ? 0 : PAGE_ACCESS_EXECUTE);
}

EFI_STATUS paging_protect(uint64_t start, uint64_t end, unsigned int access)
{
    EFI_STATUS status = EFI_SUCCESS;

    if (start % PAGE_BYTES || end % PAGE_BYTES || start >= end || !range_is_mapped(start, end))
        return EFI_INVALID_PARAMETER;
    while (start < end && status == EFI_SUCCESS) {
        unsigned int level;
        uint64_t leaf = *leaf_find(start, &level);
        uint64_t next = leaf_end(start, level, end);

        /* What is right already stays in large pages. */
        if (leaf_access(leaf) != access)
            status = map_range(start, next, access);
        start = next;
    }
    return status;
}

unsigned int paging_access(uint64_t address, bool *ret_mapped)
{
    unsigned int level;
    uint64_t *entry = leaf_find(address, &level);

    *ret_mapped = entry;
    return entry ? leaf_access(*entry) : PAGE_ACCESS_NONE;
}

static void protect_symbols(const char *start, const char *end, unsigned int access)
{
    map_range((uintptr_t)start, (uintptr_t)end, access);
}

void paging_init(void)
{
    largest_level = cpuid(CPUID_EXTENDED, 0).edx & CPUID_EXTENDED_1GIB ? 3 : 2;
    wrmsr(MSR_EFER, rdmsr(MSR_EFER) | EFER_NXE);

    map_range(0, LOW_MEMORY_BYTES, PAGE_ACCESS_ALL);
    protect_symbols(firmware_start, firmware_text_end, PAGE_ACCESS_READ | PAGE_ACCESS_EXECUTE);
    protect_symbols(firmware_text_end, firmware_rodata_end, PAGE_ACCESS_READ);
    protect_symbols(firmware_rodata_end, firmware_end, PAGE_ACCESS_READ | PAGE_ACCESS_WRITE);
    protect_symbols(stack_guard, stack_guard + PAGE_BYTES, PAGE_ACCESS_NONE);

    write_cr3((uintptr_t)root);
    write_cr0(read_cr0() | CR0_WP);
}

void paging_unmap_null_page(void)
{
    map_range(0, PAGE_BYTES, PAGE_ACCESS_NONE);
}
