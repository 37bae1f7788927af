#include "loader/x86/paging.h"

#include <stddef.h>

#include "loader/x86/cpu.h"
#include "loader/x86/layout.h"
#include "shim/memory/page_alloc.h"

#define PAGE_BYTES       PAGE_TABLE_PAGE_BYTES
#define LOW_MEMORY_BYTES (4ull << 30)

#define CPUID_EXTENDED      0x80000001u
#define CPUID_EXTENDED_1GIB (1u << 26)

/* More are given back; so many need not be asked for in a row of changes. */
#define SPARE_KEPT (2 * PAGE_TABLE_SPLITS_MAX)

typedef uint64_t page_table[PAGE_TABLE_ENTRIES] __attribute__((aligned(4096)));

/*
 * Before there is a page allocator: one table for 512 GiB, four for 2 MiB pages and one for the
 * firmware's own 4 KiB pages, with room for a firmware that crosses a 2 MiB border.
 */
static page_table early_tables[8];
static page_table root;
static struct page_tables tables = {.root = root};

/* Has a client ever taken read or write access from a page? Few do, and many pages are asked for.
 */
static bool restricted;

static const struct page_change allow_all = {
    .mask = PAGE_BITS,
    .value = PAGE_BIT_PRESENT | PAGE_BIT_WRITE,
};

static bool is_firmware(uint64_t start, uint64_t end)
{
    return start < (uintptr_t)firmware_end && end > (uintptr_t)firmware_start;
}

static void add_early_tables(void)
{
    for (size_t i = 0; i < sizeof(early_tables) / sizeof(early_tables[0]); i++)
        tables.spare[tables.spare_count++] = early_tables[i];
}

/*
 * False: not even `needed` spare tables. As many as paging_reset() may take, which cannot ask for
 * memory, are got in addition; a few at once, so that the memory map does not change each time.
 */
static bool fill_spare(unsigned int needed)
{
    EFI_PHYSICAL_ADDRESS page;

    if (tables.spare_count >= needed + PAGE_TABLE_SPLITS_MAX)
        return true;
    while (tables.spare_count < SPARE_KEPT &&
           page_alloc(AllocateAnyPages, EfiBootServicesData, 1, &page) == EFI_SUCCESS)
        tables.spare[tables.spare_count++] = (uint64_t *)(uintptr_t)page;
    return tables.spare_count >= needed;
}

/* What merging set free beyond that; the early tables are nobody's memory. */
static void empty_spare(void)
{
    unsigned int kept = 0;

    for (unsigned int i = 0; i < tables.spare_count; i++) {
        uint64_t page = (uintptr_t)tables.spare[i];

        if (kept < SPARE_KEPT || is_firmware(page, page + PAGE_BYTES))
            tables.spare[kept++] = tables.spare[i];
        else
            page_free(page, 1);
    }
    tables.spare_count = kept;
}

/* Every translation, also those of large pages that were split or merged. */
static void flush(void)
{
    write_cr3((uintptr_t)root);
}

static EFI_STATUS map_range(uint64_t start, uint64_t end)
{
    while ((start = page_table_map(&tables, start, end, allow_all.value)) < end)
        if (!fill_spare(1))
            return EFI_OUT_OF_RESOURCES;
    return EFI_SUCCESS;
}

EFI_STATUS paging_map(uint64_t start, uint64_t end)
{
    if (end > PAGE_TABLE_ADDRESS_END)
        end = PAGE_TABLE_ADDRESS_END;
    if (start < LOW_MEMORY_BYTES)
        start = LOW_MEMORY_BYTES;
    return map_range(start, end);
}

bool paging_look_up(uint64_t address, uint64_t *ret_bits, uint64_t *ret_end)
{
    if (address >= PAGE_TABLE_ADDRESS_END)
        return false;
    return page_table_look_up(&tables, address, ret_bits, ret_end);
}

static bool is_mapped(uint64_t start, uint64_t end)
{
    uint64_t bits;

    while (start < end)
        if (!paging_look_up(start, &bits, &start))
            return false;
    return true;
}

static EFI_STATUS change_range(uint64_t start, uint64_t end, struct page_change change)
{
    if (start % PAGE_BYTES || end % PAGE_BYTES || start >= end)
        return EFI_INVALID_PARAMETER;
    if (!is_mapped(start, end))
        return EFI_UNSUPPORTED;
    if (!fill_spare(page_table_splits(&tables, start, end, change)))
        return EFI_OUT_OF_RESOURCES;
    if (page_table_change(&tables, start, end, change))
        flush();
    empty_spare();
    return EFI_SUCCESS;
}

EFI_STATUS paging_change(uint64_t start, uint64_t end, struct page_change change)
{
    restricted |= change.mask & ~change.value & (PAGE_BIT_PRESENT | PAGE_BIT_WRITE);
    return change_range(start, end, change);
}

EFI_STATUS paging_protect(uint64_t start, uint64_t end, unsigned int access)
{
    return change_range(start, end,
                        (struct page_change){
                            .mask = PAGE_BITS,
                            .value = (access & PAGE_ACCESS_READ ? PAGE_BIT_PRESENT : 0) |
                                     (access & PAGE_ACCESS_WRITE ? PAGE_BIT_WRITE : 0) |
                                     (access & PAGE_ACCESS_EXECUTE ? 0 : PAGE_BIT_NX),
                        });
}

bool paging_allows(uint64_t address, uint64_t bits)
{
    uint64_t found = 0;
    uint64_t end;

    return !restricted || (paging_look_up(address, &found, &end) && (found & bits) == bits);
}

/* The memory is free already: an allocation could be of it, and surprise who has just freed it. */
void paging_reset(uint64_t start, uint64_t end)
{
    if (start < PAGE_BYTES)
        start = PAGE_BYTES;
    if (start >= end || !is_mapped(start, end))
        return;
    if (page_table_change(&tables, start, end, allow_all))
        flush();
    empty_spare();
}

bool paging_is_own(uint64_t start, uint64_t end)
{
    return start < PAGE_BYTES || is_firmware(start, end) || page_table_uses(&tables, start, end);
}

/* Changes all pages outside the firmware and the null page whose bits in `mask` are not `value`. */
static void change_everywhere(uint64_t mask, uint64_t value, struct page_change change)
{
    uint64_t next;

    for (uint64_t at = PAGE_BYTES; at < PAGE_TABLE_ADDRESS_END; at = next) {
        uint64_t bits;

        if (page_table_look_up(&tables, at, &bits, &next) && (bits & mask) != value &&
            !is_firmware(at, next))
            page_table_change(&tables, at, next, change);
    }
    flush();
}

void paging_lift_policy(void)
{
    change_everywhere(PAGE_BIT_POLICY, 0,
                      (struct page_change){.mask = PAGE_BIT_POLICY | PAGE_BIT_NX});
}

void paging_hand_over(void)
{
    change_everywhere(PAGE_BITS, allow_all.value, allow_all);
}

static void protect_symbols(const char *start, const char *end, unsigned int access)
{
    paging_protect((uintptr_t)start, (uintptr_t)end, access);
}

void paging_init(void)
{
    tables.largest_level = cpuid(CPUID_EXTENDED, 0).edx & CPUID_EXTENDED_1GIB ? 3 : 2;
    wrmsr(MSR_EFER, rdmsr(MSR_EFER) | EFER_NXE);

    add_early_tables();
    map_range(0, LOW_MEMORY_BYTES);
    protect_symbols(firmware_start, firmware_text_end, PAGE_ACCESS_READ | PAGE_ACCESS_EXECUTE);
    protect_symbols(firmware_text_end, firmware_rodata_end, PAGE_ACCESS_READ);
    protect_symbols(firmware_rodata_end, firmware_end, PAGE_ACCESS_READ | PAGE_ACCESS_WRITE);
    protect_symbols(stack_guard, stack_guard + PAGE_BYTES, PAGE_ACCESS_NONE);

    flush();
    write_cr0(read_cr0() | CR0_WP);
}

void paging_unmap_null_page(void)
{
    paging_protect(0, PAGE_BYTES, PAGE_ACCESS_NONE);
}
