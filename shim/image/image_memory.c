#include "shim/image/image_memory.h"

#include <stdbool.h>

#include "loader/lib/log.h"
#include "loader/x86/paging.h"
#include "shim/memory/page_alloc.h"

#define PAGE_BYTES 4096ull
#define PAGE_SHIFT 12
#define MIB_PAGES  256u

static uint64_t page_round_up(uint64_t bytes)
{
    return (bytes + PAGE_BYTES - 1) & ~(PAGE_BYTES - 1);
}

static void report_no_room(const struct pe_image *pe, uint64_t pages)
{
    if (pe->relocations_stripped)
        log_err("image: has no relocations, and the only place where it can run, %#lx, is not free",
                pe->preferred_base);
    else
        log_err("image: needs %lu MiB of memory in one piece, the largest free piece has %lu MiB; "
                "give the guest more memory",
                (pages + MIB_PAGES - 1) / MIB_PAGES, page_alloc_largest_run() / MIB_PAGES);
}

static EFI_STATUS allocate(const struct pe_image *pe, uint32_t type, struct image_memory *memory)
{
    uint64_t alignment = pe->section_alignment > PAGE_BYTES ? pe->section_alignment : PAGE_BYTES;
    EFI_STATUS status;

    memory->pages = page_round_up(pe->image_bytes) >> PAGE_SHIFT;
    memory->base = pe->preferred_base;
    if (pe->relocations_stripped)
        status = page_alloc(AllocateAddress, type, memory->pages, &memory->base);
    else
        status = page_alloc_aligned(type, memory->pages, alignment, &memory->base);
    if (status == EFI_SUCCESS)
        return status;
    report_no_room(pe, memory->pages);
    return EFI_OUT_OF_RESOURCES;
}

static EFI_STATUS protect_section(uint64_t base, const struct pe_section *section)
{
    unsigned int access = PAGE_ACCESS_READ | (section->writable ? PAGE_ACCESS_WRITE : 0) |
                          (section->executable ? PAGE_ACCESS_EXECUTE : 0);
    uint64_t end = page_round_up(section->rva + (uint64_t)section->virtual_bytes);

    if (!section->virtual_bytes)
        return EFI_SUCCESS;
    return paging_protect(base + section->rva, base + end, access);
}

/* What belongs to no section is data. */
static EFI_STATUS protect(const struct pe_image *pe, uint64_t base)
{
    EFI_STATUS status;

    if (!pe->nx_compatible)
        return EFI_SUCCESS;
    status = paging_protect(base, base + page_round_up(pe->image_bytes),
                            PAGE_ACCESS_READ | PAGE_ACCESS_WRITE);
    if (status == EFI_SUCCESS)
        status = paging_protect(base, base + page_round_up(pe->header_bytes), PAGE_ACCESS_READ);
    for (unsigned int i = 0; i < pe->section_count && status == EFI_SUCCESS; i++) {
        struct pe_section section = pe_section(pe, i);

        status = protect_section(base, &section);
    }
    return status;
}

EFI_STATUS image_memory_load(const struct pe_image *pe, uint32_t type,
                             struct image_memory *ret_memory)
{
    struct image_memory memory;
    EFI_STATUS status = allocate(pe, type, &memory);

    if (status != EFI_SUCCESS)
        return status;
    status = pe_load(pe, (void *)(uintptr_t)memory.base);
    if (status == EFI_SUCCESS)
        status = protect(pe, memory.base);
    if (status != EFI_SUCCESS) {
        image_memory_free(&memory);
        return status;
    }
    *ret_memory = memory;
    return EFI_SUCCESS;
}

void image_memory_free(const struct image_memory *memory)
{
    page_free(memory->base, memory->pages);
    paging_reset(memory->base, memory->base + (memory->pages << PAGE_SHIFT));
}
