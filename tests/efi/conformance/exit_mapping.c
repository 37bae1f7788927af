#include "tests/efi/conformance/exit_mapping.h"

#include "loader/lib/string.h"
#include "tests/efi/conformance/check.h"
#include "tests/efi/conformance/memory_view.h"

#define ENTRIES     512u
#define LARGE_BYTES (2ull << 20)
#define GIB         (1ull << 30)
#define LOW_GIBS    4u
/* 2 MiB pieces of memory that some of the firmware's lies in. */
#define SMALL_TABLES_MAX 64u

#define PRESENT  0x001ull
#define WRITABLE 0x002ull
#define LARGE    0x080ull
#define ADDRESS  0x000ffffffffff000ull

#define OFFSET_INDEX ((MAPPING_OFFSET >> 39) % ENTRIES)
#define CR4_LA57     0x1000ull

struct tables {
    UINT64 both[ENTRIES];
    UINT64 new[ENTRIES];
    UINT64 pointers[ENTRIES];
    UINT64 directories[LOW_GIBS][ENTRIES];
    UINT64 small[SMALL_TABLES_MAX][ENTRIES];
};

static struct tables *tables;
static UINTN small_count;

static struct {
    const UINT8 *descriptors;
    UINTN bytes;
    UINTN descriptor_bytes;
} runtime_map;

static UINT64 entry_for(const void *table)
{
    return (UINTN)table | PRESENT | WRITABLE;
}

static void use(const UINT64 *root)
{
    __asm__ volatile("mov %0, %%cr3" : : "r"(root) : "memory");
}

bool mapping_prepare(void)
{
    UINT64 address;
    UINT64 root;
    UINT64 cr4;
    UINTN pages = sizeof(*tables) / PAGE_BYTES;

    __asm__ volatile("mov %%cr4, %0" : "=r"(cr4));
    if (cr4 & CR4_LA57)
        return false;
    if (!need_status(boot->AllocatePages(AllocateAnyPages, EfiLoaderData, pages, &address),
                     "page tables"))
        return false;
    tables = memset((void *)(UINTN)address, 0, sizeof(*tables));
    __asm__ volatile("mov %%cr3, %0" : "=r"(root));
    memcpy(tables->both, (void *)(UINTN)(root & ADDRESS), PAGE_BYTES);
    tables->both[OFFSET_INDEX] = tables->both[0];
    return true;
}

void mapping_use_both(void)
{
    use(tables->both);
}

/* Is there memory for run time from `start` on, before `start` + `bytes`? */
static bool has_runtime_memory(UINT64 start, UINT64 bytes)
{
    for (UINTN offset = 0; offset < runtime_map.bytes; offset += runtime_map.descriptor_bytes) {
        const EFI_MEMORY_DESCRIPTOR *descriptor = (const void *)(runtime_map.descriptors + offset);

        if ((descriptor->Attribute & EFI_MEMORY_RUNTIME) &&
            descriptor->PhysicalStart < start + bytes && memory_view_end(descriptor) > start)
            return true;
    }
    return false;
}

/* The small pages of one piece, without those for run time. */
static bool map_small(UINT64 start, UINT64 *entry)
{
    UINT64 *table;

    if (small_count == SMALL_TABLES_MAX)
        return false;
    table = tables->small[small_count++];
    for (UINTN i = 0; i < ENTRIES; i++) {
        UINT64 page = start + i * PAGE_BYTES;

        table[i] = has_runtime_memory(page, PAGE_BYTES) ? 0 : page | PRESENT | WRITABLE;
    }
    *entry = entry_for(table);
    return true;
}

static bool map_piece(UINT64 start, UINT64 *entry)
{
    if (has_runtime_memory(start, LARGE_BYTES))
        return map_small(start, entry);
    *entry = start | PRESENT | WRITABLE | LARGE;
    return true;
}

bool mapping_use_new(const EFI_MEMORY_DESCRIPTOR *map, UINTN bytes, UINTN descriptor_bytes)
{
    runtime_map.descriptors = (const UINT8 *)map;
    runtime_map.bytes = bytes;
    runtime_map.descriptor_bytes = descriptor_bytes;
    for (UINTN gib = 0; gib < LOW_GIBS; gib++) {
        for (UINTN i = 0; i < ENTRIES; i++) {
            if (!map_piece(gib * GIB + i * LARGE_BYTES, &tables->directories[gib][i]))
                return false;
        }
        tables->pointers[gib] = entry_for(tables->directories[gib]);
    }
    tables->new[0] = entry_for(tables->pointers);
    tables->new[OFFSET_INDEX] = tables->both[OFFSET_INDEX];
    use(tables->new);
    return true;
}
