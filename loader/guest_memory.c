#include "loader/guest_memory.h"

#include <stddef.h>

#include <xen/arch-x86/hvm/start_info.h>

#include "hypercall/detect.h"
#include "hypercall/memory.h"
#include "loader/lib/log.h"
#include "loader/lib/string.h"
#include "loader/memory_map.h"
#include "loader/status_name.h"
#include "loader/x86/layout.h"
#include "loader/x86/paging.h"
#include "shim/memory/memory_type.h"
#include "shim/memory/page_alloc.h"

#define PAGE_BYTES 4096ull
#define PAGE_SHIFT 12
#define MIB        (1ull << 20)
#define FOUR_GIB   (1ull << 32)
/*
 * Below the I/O APIC, the local APIC and Xen's special pages. A guest of 4 GiB or more has RAM up
 * to 0xfc000000 and ACPI tables from there on.
 */
#define HOLE_END 0xfec00000ull

static struct memory_range ranges[BOOT_MEMMAP_MAX];
static size_t range_count;
static uint64_t hole_end = HOLE_END;

const void *guest_memory_window(uint64_t paddr, uint64_t bytes)
{
    if (paddr > FOUR_GIB || bytes > FOUR_GIB - paddr)
        return NULL;
    return (const void *)(uintptr_t)paddr;
}

static bool read_ranges(const struct boot_info *info)
{
    static struct hvm_memmap_table_entry from_xen[BOOT_MEMMAP_MAX];
    const struct hvm_memmap_table_entry *entries = info->memmap;
    int count = (int)info->memmap_entries;

    if (!entries && xen_detected()) {
        entries = from_xen;
        count = memory_get_map(from_xen, BOOT_MEMMAP_MAX);
    }
    if (!entries || count <= 0) {
        log_err("memory: no memory map in start_info, and none from Xen (%d)", count);
        return false;
    }
    range_count = memory_map_normalise(entries, (size_t)count, ranges, BOOT_MEMMAP_MAX);
    return range_count;
}

static uint32_t efi_type(uint32_t e820_type)
{
    switch (e820_type) {
    case XEN_HVM_MEMMAP_TYPE_RAM:
        return EfiConventionalMemory;
    case XEN_HVM_MEMMAP_TYPE_ACPI:
        return EfiACPIReclaimMemory;
    case XEN_HVM_MEMMAP_TYPE_NVS:
        return EfiACPIMemoryNVS;
    case XEN_HVM_MEMMAP_TYPE_UNUSABLE:
        return EfiUnusableMemory;
    case XEN_HVM_MEMMAP_TYPE_PMEM:
        return MEMORY_TYPE_PERSISTENT;
    default:
        return EfiReservedMemoryType;
    }
}

static EFI_STATUS add_range(const struct memory_range *range)
{
    uint32_t type = efi_type(range->type);
    uint64_t attributes =
        type == EfiReservedMemoryType || type == EfiUnusableMemory ? 0 : MEMORY_ATTRIBUTE_CACHEABLE;

    return page_alloc_add(range->start, (range->end - range->start) >> PAGE_SHIFT, type,
                          attributes);
}

static EFI_STATUS claim(uint64_t start, uint64_t bytes, uint32_t type)
{
    return page_alloc_claim(start, start + bytes, type);
}

static EFI_STATUS claim_text(const char *text)
{
    return claim((uintptr_t)text, strlen(text) + 1, EfiBootServicesData);
}

static EFI_STATUS claim_firmware(void)
{
    uint64_t start = (uintptr_t)firmware_start;
    uint64_t data = (uintptr_t)firmware_text_end;
    EFI_STATUS status = claim(0, PAGE_BYTES, EfiBootServicesData);

    if (status == EFI_SUCCESS)
        status = claim(start, data - start, EfiBootServicesCode);
    if (status == EFI_SUCCESS)
        status = claim(data, (uintptr_t)firmware_end - data, EfiBootServicesData);
    return status;
}

static EFI_STATUS claim_boot_info(const struct boot_info *info)
{
    EFI_STATUS status =
        claim(info->start_info_paddr, sizeof(struct hvm_start_info), EfiBootServicesData);

    if (status == EFI_SUCCESS)
        status = claim_text(info->cmdline);
    for (unsigned int i = 0; i < info->module_count && status == EFI_SUCCESS; i++) {
        status = claim(info->module[i].paddr, info->module[i].bytes, EfiBootServicesData);
        if (status == EFI_SUCCESS)
            status = claim_text(info->module[i].cmdline);
    }
    return status;
}

static bool lies_in_ram(uint64_t start, uint64_t bytes)
{
    for (size_t i = 0; i < range_count; i++) {
        if (ranges[i].type == XEN_HVM_MEMMAP_TYPE_RAM && start >= ranges[i].start &&
            start < ranges[i].end)
            return bytes <= ranges[i].end - start;
    }
    return false;
}

static bool modules_lie_in_ram(const struct boot_info *info)
{
    for (unsigned int i = 0; i < info->module_count; i++) {
        if (!lies_in_ram(info->module[i].paddr, info->module[i].bytes)) {
            log_err("memory: module %u (%#lx, %#lx bytes) does not lie in RAM", i,
                    info->module[i].paddr, info->module[i].bytes);
            return false;
        }
    }
    return true;
}

/* QEMU puts start_info and its memory map into page 0, but nothing that is still read later. */
static bool boot_info_outlives_null_page(const struct boot_info *info)
{
    bool outlives = (uintptr_t)info->cmdline >= PAGE_BYTES;

    for (unsigned int i = 0; i < info->module_count; i++)
        outlives = outlives && (uintptr_t)info->module[i].cmdline >= PAGE_BYTES &&
                   info->module[i].paddr >= PAGE_BYTES;
    if (!outlives)
        log_err("memory: a module or command line lies in page 0");
    return outlives;
}

bool guest_memory_init(const struct boot_info *info)
{
    EFI_STATUS status = EFI_SUCCESS;

    if (!boot_info_outlives_null_page(info) || !read_ranges(info) || !modules_lie_in_ram(info))
        return false;
    paging_unmap_null_page();
    for (size_t i = 0; i < range_count && status == EFI_SUCCESS; i++)
        status = add_range(&ranges[i]);
    if (status == EFI_SUCCESS)
        status = claim_firmware();
    if (status == EFI_SUCCESS)
        status = claim_boot_info(info);
    for (size_t i = 0; i < range_count && status == EFI_SUCCESS; i++)
        status = paging_map(ranges[i].start, ranges[i].end);
    if (status != EFI_SUCCESS)
        log_err("memory: %s for a map of %lu ranges; give the guest more memory",
                status_name(status), range_count);
    return status == EFI_SUCCESS;
}

uint64_t guest_memory_mib(void)
{
    uint64_t bytes = 0;

    for (size_t i = 0; i < range_count; i++) {
        if (ranges[i].type == XEN_HVM_MEMMAP_TYPE_RAM)
            bytes += ranges[i].end - ranges[i].start;
    }
    return (bytes + MIB - 1) / MIB;
}

uint64_t guest_memory_end(uint64_t limit)
{
    uint64_t end = 0;

    for (size_t i = 0; i < range_count; i++) {
        if (ranges[i].type == XEN_HVM_MEMMAP_TYPE_RAM && ranges[i].start < limit)
            end = ranges[i].end < limit ? ranges[i].end : limit;
    }
    return end;
}

uint64_t guest_memory_take_hole(uint64_t pages)
{
    uint64_t start = memory_map_hole_below(ranges, range_count, hole_end, pages << PAGE_SHIFT);

    if (start)
        hole_end = start;
    return start >> PAGE_SHIFT;
}
