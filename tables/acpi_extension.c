#include "tables/acpi_extension.h"

#include "loader/lib/string.h"

#define ENTRY_BYTES sizeof(uint64_t)
/* The root pointer shall lie at a multiple of 16, and what follows it too. */
#define XSDT_OFFSET 48u
_Static_assert(XSDT_OFFSET >= sizeof(struct acpi_rsdp), "the XSDT follows the root pointer");

static struct acpi_root xsdt_at(uint64_t rsdp_paddr, phys_window window)
{
    struct acpi_root root = acpi_root_at(rsdp_paddr, window);

    return root.entry_bytes == ENTRY_BYTES ? root : (struct acpi_root){0};
}

size_t acpi_extension_bytes(uint64_t rsdp_paddr, const char *signature, phys_window window)
{
    struct acpi_root xsdt = xsdt_at(rsdp_paddr, window);

    if (!xsdt.table || xsdt.count == ACPI_ROOT_ENTRIES_MAX ||
        acpi_byte_sum(xsdt.table, xsdt.table->length) != 0 ||
        acpi_table_find(rsdp_paddr, signature, 0, window))
        return 0;
    return XSDT_OFFSET + sizeof(struct acpi_header) + (xsdt.count + 1) * ENTRY_BYTES;
}

static void write_xsdt(const struct acpi_root *from, uint64_t table_paddr, struct acpi_header *xsdt)
{
    size_t bytes = sizeof(*xsdt) + from->count * ENTRY_BYTES;

    memcpy(xsdt, from->table, bytes);
    memcpy((uint8_t *)xsdt + bytes, &table_paddr, ENTRY_BYTES);
    xsdt->length = (uint32_t)(bytes + ENTRY_BYTES);
    xsdt->checksum = 0;
    xsdt->checksum = (uint8_t)-acpi_byte_sum(xsdt, xsdt->length);
}

bool acpi_extension_build(uint64_t rsdp_paddr, const struct acpi_header *table, phys_window window,
                          void *memory)
{
    const struct acpi_rsdp *original = acpi_rsdp_at(rsdp_paddr, window);
    struct acpi_root root = xsdt_at(rsdp_paddr, window);
    struct acpi_header *xsdt = (void *)((uint8_t *)memory + XSDT_OFFSET);
    struct acpi_rsdp *rsdp = memory;

    if (!original || !root.table)
        return false;
    write_xsdt(&root, (uintptr_t)table, xsdt);
    *rsdp = *original;
    rsdp->xsdt_address = (uintptr_t)xsdt;
    rsdp->length = sizeof(*rsdp);
    rsdp->extended_checksum = 0;
    rsdp->extended_checksum = (uint8_t)-acpi_byte_sum(rsdp, sizeof(*rsdp));
    return true;
}
