/*
 * The input's first byte is the number of modules and which of them have command lines, the next
 * ones are the modules' sizes in units of 16 bytes less one; their contents follow.
 */
#include "loader/boot_source.h"

#include <stdbool.h>
#include <string.h>

#include <xen/errno.h>

#include "tests/fuzz/fuzz.h"

#define MODULES_MAX   3
#define MEMORY_PADDR  UINT64_C(0x100000)
#define CONTENT_START (1 + MODULES_MAX)

static const char firmware_cmdline[] = "firmware's";
static const uint8_t *memory;
static size_t memory_bytes;
static struct boot_info info;

/* Only what belongs to one of the modules may be looked at. */
static bool is_in_a_module(uint64_t paddr, uint64_t bytes)
{
    for (unsigned int i = 0; i < info.module_count; i++) {
        const struct boot_module *module = &info.module[i];

        if (paddr >= module->paddr && paddr + bytes <= module->paddr + module->bytes)
            return true;
    }
    return false;
}

static const void *window(uint64_t paddr, uint64_t bytes)
{
    uint64_t offset = paddr - MEMORY_PADDR;

    REQUIRE(bytes > 0 && is_in_a_module(paddr, bytes));
    if (offset > memory_bytes || bytes > memory_bytes - offset)
        return NULL;
    return memory + offset;
}

/* A module may lie outside the memory: the window says so then. */
static void read_info(const uint8_t *data)
{
    uint64_t paddr = MEMORY_PADDR;

    info = (struct boot_info){.cmdline = "", .module_count = data[0] % (MODULES_MAX + 1)};
    for (unsigned int i = 0; i < info.module_count; i++) {
        info.module[i].paddr = paddr;
        info.module[i].bytes = 16 * (uint64_t)data[1 + i] + 1;
        info.module[i].cmdline = data[0] & 0x10U << i ? "module's" : "";
        paddr += info.module[i].bytes;
    }
}

static bool is_image(const struct boot_module *module)
{
    const uint8_t *data = module->bytes >= 2 ? window(module->paddr, 2) : NULL;

    return data != NULL && memcmp(data, "MZ", 2) == 0;
}

static void check_source(const struct boot_source *source)
{
    REQUIRE(source->cmdline != NULL);
    REQUIRE((source->image == NULL) == (info.module_count == 0));
    REQUIRE((source->initrd == NULL) == (info.module_count < 2));
    REQUIRE((source->kind == BOOT_SOURCE_NONE) == (info.module_count == 0));
    REQUIRE((source->kind == BOOT_SOURCE_KERNEL) == (info.module_count == 2));
    REQUIRE(source->image == NULL || is_image(source->image));
    REQUIRE(source->image == NULL || source->image != source->initrd);
    if (info.module_count == 2)
        REQUIRE(source->cmdline != firmware_cmdline);
}

static void check_rejection(void)
{
    REQUIRE(fuzz_log_errors() == 1);
    REQUIRE(info.module_count > 0);
    if (info.module_count <= 2)
        for (unsigned int i = 0; i < info.module_count; i++)
            REQUIRE(!is_image(&info.module[i]));
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct boot_source source;
    int error;

    if (size < CONTENT_START)
        return 0;
    memory = data + CONTENT_START;
    memory_bytes = size - CONTENT_START;
    read_info(data);
    fuzz_log_clear();
    error = boot_source_choose(&info, firmware_cmdline, window, &source);
    if (error != 0) {
        REQUIRE(error == -XEN_EINVAL);
        check_rejection();
        return 0;
    }
    REQUIRE(fuzz_log_errors() == 0);
    check_source(&source);
    return 0;
}
