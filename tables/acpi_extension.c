#include "tables/acpi_extension.h"

#include "loader/lib/string.h"

#define XSDT_ENTRY_BYTES sizeof(uint64_t)
#define RSDT_ENTRY_BYTES sizeof(uint32_t)
/* The root pointer shall lie at a multiple of 16, and what follows it too. */
#define XSDT_OFFSET 48u
_Static_assert(XSDT_OFFSET >= sizeof(struct acpi_rsdp), "the XSDT follows the root pointer");

static struct acpi_root xsdt_at(uint64_t rsdp_paddr, phys_window window)
{
    struct acpi_root root = acpi_root_at(rsdp_paddr, window);

    return root.entry_bytes == XSDT_ENTRY_BYTES ? root : (struct acpi_root){0};
}

size_t acpi_extension_bytes(uint64_t rsdp_paddr, const char *signature, phys_window window)
{
    struct acpi_root xsdt = xsdt_at(rsdp_paddr, window);

    if (!xsdt.table || xsdt.count == ACPI_ROOT_ENTRIES_MAX ||
        acpi_byte_sum(xsdt.table, xsdt.table->length) != 0 ||
        acpi_table_find(rsdp_paddr, signature, 0, window))
        return 0;
    return XSDT_OFFSET + 2 * sizeof(struct acpi_header) +
           (xsdt.count + 1) * (XSDT_ENTRY_BYTES + RSDT_ENTRY_BYTES);
}

/* Returns where the entries begin. */
static uint8_t *write_header(const struct acpi_header *from, const char *signature,
                             struct acpi_header *to)
{
    *to = *from;
    memcpy(to->signature, signature, sizeof(to->signature));
    return (uint8_t *)(to + 1);
}

static void finish(struct acpi_header *table, const uint8_t *end)
{
    table->length = (uint32_t)(end - (const uint8_t *)table);
    table->checksum = 0;
    table->checksum = (uint8_t)-acpi_byte_sum(table, table->length);
}

/* The last entry is the new table; returns where the XSDT ends. */
static void *write_xsdt(const struct acpi_root *from, uint64_t table_paddr,
                        struct acpi_header *xsdt)
{
    uint8_t *end = write_header(from->table, "XSDT", xsdt);

    memcpy(end, from->table + 1, from->count * XSDT_ENTRY_BYTES);
    end += from->count * XSDT_ENTRY_BYTES;
    memcpy(end, &table_paddr, XSDT_ENTRY_BYTES);
    end += XSDT_ENTRY_BYTES;
    finish(xsdt, end);
    return end;
}

/* The same tables as in the XSDT; false when one of them has an address of more than 32 bits. */
static bool write_rsdt(const struct acpi_header *xsdt, unsigned int count, struct acpi_header *rsdt)
{
    struct acpi_root from = {xsdt, XSDT_ENTRY_BYTES, count};
    uint8_t *end = write_header(xsdt, "RSDT", rsdt);

    for (unsigned int i = 0; i < count; i++, end += RSDT_ENTRY_BYTES) {
        uint64_t address = acpi_root_entry(&from, i);

        if (address > UINT32_MAX)
            return false;
        memcpy(end, &address, RSDT_ENTRY_BYTES);
    }
    finish(rsdt, end);
    return true;
}

static void fix_checksums(struct acpi_rsdp *rsdp)
{
    rsdp->checksum = 0;
    rsdp->checksum = (uint8_t)-acpi_byte_sum(rsdp, ACPI_RSDP_REVISION_1_BYTES);
    rsdp->extended_checksum = 0;
    rsdp->extended_checksum = (uint8_t)-acpi_byte_sum(rsdp, sizeof(*rsdp));
}

bool acpi_extension_build(uint64_t rsdp_paddr, const struct acpi_header *table, phys_window window,
                          void *memory)
{
    const struct acpi_rsdp *original = acpi_rsdp_at(rsdp_paddr, window);
    struct acpi_root root = xsdt_at(rsdp_paddr, window);
    struct acpi_header *xsdt = (void *)((uint8_t *)memory + XSDT_OFFSET);
    struct acpi_rsdp *rsdp = memory;
    struct acpi_header *rsdt;

    if (!original || !root.table)
        return false;
    rsdt = write_xsdt(&root, (uintptr_t)table, xsdt);
    *rsdp = *original;
    rsdp->length = sizeof(*rsdp);
    rsdp->xsdt_address = (uintptr_t)xsdt;
    if ((uintptr_t)rsdt <= UINT32_MAX && write_rsdt(xsdt, root.count + 1, rsdt))
        rsdp->rsdt_address = (uint32_t)(uintptr_t)rsdt;
    fix_checksums(rsdp);
    return true;
}
