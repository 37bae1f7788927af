/* The input is the guest's memory from MEMORY_PADDR on, the root pointer first. */
#include <stdlib.h>
#include <string.h>

#include "tables/acpi_extension.h"
#include "tables/acpi_power.h"
#include "tables/acpi_processors.h"
#include "tables/acpi_tables.h"
#include "tests/fuzz/fuzz.h"

#define MEMORY_PADDR 0x1000

static uint8_t *memory;
static size_t memory_bytes;

/* What was built lies outside of the input, at its own address. */
static const uint8_t *built;
static size_t built_bytes;

static const void *window(uint64_t paddr, uint64_t bytes)
{
    uint64_t offset = paddr - MEMORY_PADDR;

    REQUIRE(bytes > 0);
    if (built && paddr - (uintptr_t)built <= built_bytes &&
        bytes <= built_bytes - (paddr - (uintptr_t)built))
        return built + (paddr - (uintptr_t)built);
    if (offset > memory_bytes || bytes > memory_bytes - offset)
        return NULL;
    return memory + offset;
}

static void check_root(void)
{
    struct acpi_root root = acpi_root_at(MEMORY_PADDR, window);

    REQUIRE(root.table || root.count == 0);
    REQUIRE(root.count <= ACPI_ROOT_ENTRIES_MAX);
    for (unsigned int i = 0; i < root.count; i++) {
        uint64_t address = acpi_root_entry(&root, i);
        const struct acpi_header *ssdt = acpi_table_at(address, "SSDT", 0, window);

        if (ssdt)
            REQUIRE(window(address, ssdt->length) == ssdt);
    }
}

static void check_power(void)
{
    struct acpi_power power = acpi_power_find(MEMORY_PADDR, window);

    REQUIRE(power.power_off.width == 0 || power.power_off.width == 2);
    REQUIRE(power.reset.width <= 1);
}

/* The new root has every entry of the old one and one more, and cannot be extended again. */
static void check_extension(void)
{
    static struct acpi_header extra = {.signature = {'F', 'P', 'D', 'T'}};
    struct acpi_root before = acpi_root_at(MEMORY_PADDR, window);
    size_t bytes = acpi_extension_bytes(MEMORY_PADDR, "FPDT", window);
    void *copy = bytes ? malloc(bytes) : NULL;
    struct acpi_root after;

    if (!bytes)
        return;
    REQUIRE(acpi_extension_build(MEMORY_PADDR, &extra, window, copy));
    built = copy;
    built_bytes = bytes;
    after = acpi_root_at((uintptr_t)copy, window);
    REQUIRE(after.count == before.count + 1);
    for (unsigned int i = 0; i < before.count; i++)
        REQUIRE(acpi_root_entry(&after, i) == acpi_root_entry(&before, i));
    REQUIRE(acpi_root_entry(&after, before.count) == (uintptr_t)&extra);
    REQUIRE(acpi_byte_sum(after.table, after.table->length) == 0);
    built = NULL;
    free(copy);
}

/* A checksum that is wrong by chance would end nearly every input at its first bytes. */
static void fix_checksums(void)
{
    struct acpi_rsdp *rsdp = (void *)memory;
    struct acpi_root root;

    if (memory_bytes < sizeof(*rsdp))
        return;
    rsdp->checksum = (uint8_t)(rsdp->checksum - acpi_byte_sum(rsdp, ACPI_RSDP_REVISION_1_BYTES));
    rsdp->extended_checksum =
        (uint8_t)(rsdp->extended_checksum - acpi_byte_sum(rsdp, sizeof(*rsdp)));
    root = acpi_root_at(MEMORY_PADDR, window);
    if (root.table)
        memory[(const uint8_t *)&root.table->checksum - memory] -=
            acpi_byte_sum(root.table, root.table->length);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    memory = malloc(size);
    memory_bytes = size;
    memcpy(memory, data, size);
    fix_checksums();
    check_root();
    check_power();
    check_extension();
    REQUIRE(acpi_processors_count(MEMORY_PADDR, window) <= size / 8);
    free(memory);
    return 0;
}
