/* The input is the guest's memory from MEMORY_PADDR on, start_info first. */
#include "loader/start_info.h"

#include <string.h>

#include <xen/arch-x86/hvm/start_info.h>
#include <xen/errno.h>

#include "tests/fuzz/fuzz.h"

#define MEMORY_PADDR 0x1000

static const uint8_t *memory;
static size_t memory_bytes;

static const void *window(uint64_t paddr, uint64_t bytes)
{
    uint64_t offset = paddr - MEMORY_PADDR;

    REQUIRE(bytes > 0);
    if (offset > memory_bytes || bytes > memory_bytes - offset)
        return NULL;
    return memory + offset;
}

static void check_cmdline(const char *cmdline)
{
    REQUIRE(strlen(cmdline) < BOOT_CMDLINE_MAX);
}

static void check_info(const struct boot_info *info)
{
    REQUIRE(info->start_info_paddr == MEMORY_PADDR);
    check_cmdline(info->cmdline);
    REQUIRE(info->module_count <= BOOT_MODULES_MAX);
    for (unsigned int i = 0; i < info->module_count; i++) {
        REQUIRE(info->module[i].bytes > 0);
        REQUIRE(window(info->module[i].paddr, info->module[i].bytes) != NULL);
        check_cmdline(info->module[i].cmdline);
    }
    REQUIRE((info->memmap == NULL) == (info->memmap_entries == 0));
    REQUIRE(info->memmap_entries <= BOOT_MEMMAP_MAX);
    if (info->memmap != NULL) {
        uint64_t paddr = MEMORY_PADDR + (uint64_t)((const uint8_t *)info->memmap - memory);

        REQUIRE(window(paddr, info->memmap_entries * sizeof(*info->memmap)) != NULL);
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct boot_info info;
    int error;

    memory = data;
    memory_bytes = size;
    fuzz_log_clear();
    error = start_info_parse(MEMORY_PADDR, window, &info);
    REQUIRE(error == 0 || error == -XEN_EINVAL);
    REQUIRE(fuzz_log_errors() == (error == 0 ? 0 : 1));
    if (error == 0)
        check_info(&info);
    return 0;
}
