#include "tables/acpi_tables.h"

#include "loader/lib/string.h"

#define XSDT_ENTRY_BYTES 8u
#define RSDT_ENTRY_BYTES 4u

uint8_t acpi_byte_sum(const void *start, size_t bytes)
{
    const uint8_t *byte = start;
    uint8_t sum = 0;

    while (bytes--)
        sum = (uint8_t)(sum + *byte++);
    return sum;
}

const struct acpi_rsdp *acpi_rsdp_at(uint64_t paddr, phys_window window)
{
    const struct acpi_rsdp *rsdp = paddr ? window(paddr, sizeof(*rsdp)) : NULL;

    if (!rsdp || memcmp(rsdp->signature, "RSD PTR ", sizeof(rsdp->signature)) != 0 ||
        acpi_byte_sum(rsdp, ACPI_RSDP_REVISION_1_BYTES) != 0)
        return NULL;
    return rsdp;
}

unsigned int acpi_rsdp_revision(const struct acpi_rsdp *rsdp)
{
    return rsdp->revision >= 2 && acpi_byte_sum(rsdp, sizeof(*rsdp)) == 0 ? rsdp->revision : 0;
}

const struct acpi_header *acpi_table_at(uint64_t paddr, const char *signature, uint32_t bytes_min,
                                        phys_window window)
{
    const struct acpi_header *header = paddr ? window(paddr, sizeof(*header)) : NULL;
    uint32_t length;

    if (!header || memcmp(header->signature, signature, sizeof(header->signature)) != 0)
        return NULL;
    length = header->length;
    return length >= sizeof(*header) && length >= bytes_min ? window(paddr, length) : NULL;
}

static struct acpi_root root_of(const struct acpi_header *table, unsigned int entry_bytes)
{
    struct acpi_root root = {.table = table, .entry_bytes = entry_bytes};

    if (table)
        root.count = (unsigned int)((table->length - sizeof(*table)) / entry_bytes);
    if (root.count > ACPI_ROOT_ENTRIES_MAX)
        root.count = ACPI_ROOT_ENTRIES_MAX;
    return root;
}

struct acpi_root acpi_root_at(uint64_t rsdp_paddr, phys_window window)
{
    const struct acpi_rsdp *rsdp = acpi_rsdp_at(rsdp_paddr, window);
    const struct acpi_header *xsdt = NULL;

    if (!rsdp)
        return (struct acpi_root){0};
    if (acpi_rsdp_revision(rsdp) >= 2)
        xsdt = acpi_table_at(rsdp->xsdt_address, "XSDT", sizeof(*xsdt), window);
    if (xsdt)
        return root_of(xsdt, XSDT_ENTRY_BYTES);
    return root_of(acpi_table_at(rsdp->rsdt_address, "RSDT", sizeof(struct acpi_header), window),
                   RSDT_ENTRY_BYTES);
}

uint64_t acpi_root_entry(const struct acpi_root *root, unsigned int index)
{
    const uint8_t *entries = (const uint8_t *)(root->table + 1);
    uint64_t address = 0;

    memcpy(&address, entries + (size_t)index * root->entry_bytes, root->entry_bytes);
    return address;
}

const struct acpi_header *acpi_table_find(uint64_t rsdp_paddr, const char *signature,
                                          uint32_t bytes_min, phys_window window)
{
    struct acpi_root root = acpi_root_at(rsdp_paddr, window);

    for (unsigned int i = 0; i < root.count; i++) {
        const struct acpi_header *table =
            acpi_table_at(acpi_root_entry(&root, i), signature, bytes_min, window);

        if (table)
            return table;
    }
    return NULL;
}
