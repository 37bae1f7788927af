#include "loader/start_info.h"

#include <stdbool.h>

#include <xen/arch-x86/hvm/start_info.h>
#include <xen/errno.h>
#include <xen/xen.h>

#include "loader/lib/log.h"
#include "loader/lib/string.h"

/* Version 0 ends where the memory map's fields begin. */
#define VERSION_0_BYTES offsetof(struct hvm_start_info, memmap_paddr)

_Static_assert(VERSION_0_BYTES == 40, "start_info.h: memmap_paddr");
_Static_assert(sizeof(struct hvm_start_info) == 56, "start_info.h: hvm_start_info");
_Static_assert(sizeof(struct hvm_modlist_entry) == 32, "start_info.h: hvm_modlist_entry");
_Static_assert(sizeof(struct hvm_memmap_table_entry) == 24, "start_info.h: memmap entry");

static bool read_window(phys_window window, uint64_t paddr, void *ret_data, size_t bytes)
{
    const void *data = window(paddr, bytes);

    if (data == NULL)
        return false;
    memcpy(ret_data, data, bytes);
    return true;
}

static int read_start_info(uint64_t paddr, phys_window window, struct hvm_start_info *ret_raw)
{
    *ret_raw = (struct hvm_start_info){0};
    if (!read_window(window, paddr, ret_raw, VERSION_0_BYTES)) {
        log_err("start_info: %#llx is no memory of this guest", (unsigned long long)paddr);
        return -XEN_EINVAL;
    }
    if (ret_raw->magic != XEN_HVM_START_MAGIC_VALUE) {
        log_err("start_info: bad magic at %#llx (%#x, expected %#x): not started by a PVH loader?",
                (unsigned long long)paddr, ret_raw->magic, XEN_HVM_START_MAGIC_VALUE);
        return -XEN_EINVAL;
    }
    if (ret_raw->version >= 1 && !read_window(window, paddr, ret_raw, sizeof(*ret_raw))) {
        log_err("start_info: cut short at %#llx (version %u has %zu bytes)",
                (unsigned long long)paddr, ret_raw->version, sizeof(*ret_raw));
        return -XEN_EINVAL;
    }
    return 0;
}

/*
 * Byte by byte: the text's length is unknown, and a window of the longest length may end outside
 * the guest's memory although the text does not.
 */
static int read_cmdline(uint64_t paddr, phys_window window, const char **ret_cmdline)
{
    if (paddr == 0) {
        *ret_cmdline = "";
        return 0;
    }
    for (size_t bytes = 1; bytes <= BOOT_CMDLINE_MAX; bytes++) {
        const char *text = window(paddr, bytes);

        if (text == NULL) {
            log_err("start_info: command line at %#llx lies outside the guest's memory",
                    (unsigned long long)paddr);
            return -XEN_EINVAL;
        }
        if (text[bytes - 1] == '\0') {
            *ret_cmdline = text;
            return 0;
        }
    }
    log_err("start_info: command line at %#llx is longer than %u bytes", (unsigned long long)paddr,
            BOOT_CMDLINE_MAX - 1);
    return -XEN_EINVAL;
}

static int read_module(unsigned int index, const struct hvm_modlist_entry *entry,
                       phys_window window, struct boot_info *info)
{
    struct boot_module *module = &info->module[info->module_count];

    if (entry->size == 0)
        return 0;
    if (entry->paddr == 0 || window(entry->paddr, entry->size) == NULL) {
        log_err("start_info: module %u lies outside the guest's memory (%#llx bytes at %#llx)",
                index, (unsigned long long)entry->size, (unsigned long long)entry->paddr);
        return -XEN_EINVAL;
    }
    *module = (struct boot_module){.paddr = entry->paddr, .bytes = entry->size};
    info->module_count++;
    return read_cmdline(entry->cmdline_paddr, window, &module->cmdline);
}

static int read_modules(const struct hvm_start_info *raw, phys_window window,
                        struct boot_info *info)
{
    struct hvm_modlist_entry list[BOOT_MODULES_MAX];
    int error = 0;

    if (raw->nr_modules == 0)
        return 0;
    if (raw->nr_modules > BOOT_MODULES_MAX) {
        log_err("start_info: %u modules (at most %u)", raw->nr_modules, BOOT_MODULES_MAX);
        return -XEN_EINVAL;
    }
    if (raw->modlist_paddr == 0 ||
        !read_window(window, raw->modlist_paddr, list, raw->nr_modules * sizeof(list[0]))) {
        log_err("start_info: list of %u modules lies outside the guest's memory (%#llx)",
                raw->nr_modules, (unsigned long long)raw->modlist_paddr);
        return -XEN_EINVAL;
    }
    for (unsigned int i = 0; i < raw->nr_modules && error == 0; i++)
        error = read_module(i, &list[i], window, info);
    return error;
}

static int read_memmap(const struct hvm_start_info *raw, phys_window window, struct boot_info *info)
{
    if (raw->memmap_paddr == 0 || raw->memmap_entries == 0)
        return 0;
    if (raw->memmap_entries > BOOT_MEMMAP_MAX) {
        log_err("start_info: %u memory map entries (at most %u)", raw->memmap_entries,
                BOOT_MEMMAP_MAX);
        return -XEN_EINVAL;
    }
    info->memmap =
        window(raw->memmap_paddr, raw->memmap_entries * sizeof(struct hvm_memmap_table_entry));
    if (info->memmap == NULL) {
        log_err("start_info: memory map of %u entries lies outside the guest's memory (%#llx)",
                raw->memmap_entries, (unsigned long long)raw->memmap_paddr);
        return -XEN_EINVAL;
    }
    info->memmap_entries = raw->memmap_entries;
    return 0;
}

int start_info_parse(uint64_t start_info_paddr, phys_window window, struct boot_info *ret_info)
{
    struct boot_info info = {.start_info_paddr = start_info_paddr};
    struct hvm_start_info raw;
    int error;

    error = read_start_info(start_info_paddr, window, &raw);
    if (error == 0)
        error = read_cmdline(raw.cmdline_paddr, window, &info.cmdline);
    if (error == 0)
        error = read_modules(&raw, window, &info);
    if (error == 0)
        error = read_memmap(&raw, window, &info);
    if (error != 0)
        return error;
    info.rsdp_paddr = raw.rsdp_paddr;
    info.version = raw.version;
    info.flags = raw.flags;
    info.initial_domain = raw.flags & SIF_INITDOMAIN;
    *ret_info = info;
    return 0;
}
