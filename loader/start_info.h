/*
 * What the domain builder told us: Xen's hvm_start_info (xen/include/public/arch-x86/hvm/
 * start_info.h), checked and bounded. Pure; boot phase.
 */
#ifndef PVHEFI_LOADER_START_INFO_H
#define PVHEFI_LOADER_START_INFO_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* libxl passes two at most, dom0 builders and other loaders a few; more is damage. */
#define BOOT_MODULES_MAX 16
#define BOOT_MEMMAP_MAX  512
/* Longest command line that is accepted, with its NUL. */
#define BOOT_CMDLINE_MAX 4096

struct boot_module {
    uint64_t paddr;
    uint64_t bytes;      /* never 0 */
    const char *cmdline; /* "" when there is none; at most BOOT_CMDLINE_MAX with its NUL */
};

struct hvm_memmap_table_entry;

/* Everything that is pointed to stays where the domain builder put it. */
struct boot_info {
    uint64_t start_info_paddr;
    uint32_t version;
    uint32_t flags;      /* SIF_* */
    bool initial_domain; /* dom0 */
    uint64_t rsdp_paddr; /* 0 when there is none */
    const char *cmdline; /* as a module's */
    unsigned int module_count;
    struct boot_module module[BOOT_MODULES_MAX];
    const struct hvm_memmap_table_entry *memmap; /* NULL: ask Xen (XENMEM_memory_map) */
    unsigned int memmap_entries;                 /* 0 when memmap is NULL */
};

/*
 * Gives access to `bytes` bytes (never 0) at guest-physical `paddr`, NULL where that range is not
 * mapped or wraps. On the firmware's side the identity map below 4 GiB, in host tests a buffer.
 */
typedef const void *(*phys_window)(uint64_t paddr, uint64_t bytes);

/*
 * 0, or -XEN_EINVAL with one log_err line: bad magic, absurd module or memory-map count, anything
 * that lies outside the window, an unterminated command line. Modules of size 0 are left out.
 * Address 0 means "not present", as start_info.h says; a later version than 1 is read as 1.
 * Nothing is assumed about alignment, neither of the structure nor of what it points to.
 */
int start_info_parse(uint64_t start_info_paddr, phys_window window, struct boot_info *ret_info);

#endif
