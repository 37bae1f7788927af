#include "tables/acpi.h"

#include <stddef.h>

#include "loader/lib/log.h"
#include "loader/lib/string.h"
#include "tables/config_table.h"

/* ACPI 6.5 table 5.3. */
struct rsdp {
    char signature[8];
    uint8_t checksum; /* over the first 20 bytes */
    char oem_id[6];
    uint8_t revision;
    uint32_t rsdt_address;
    uint32_t length;
    uint64_t xsdt_address;
    uint8_t extended_checksum; /* over all `length` bytes */
    uint8_t reserved[3];
} __attribute__((packed));
_Static_assert(sizeof(struct rsdp) == 36, "ACPI 6.5 section 5.2.5.3");

#define REVISION_1_BYTES 20

static uint8_t byte_sum(const void *start, size_t bytes)
{
    const uint8_t *byte = start;
    uint8_t sum = 0;

    while (bytes--)
        sum = (uint8_t)(sum + *byte++);
    return sum;
}

/* The revision that the pointer has a right to claim, -1 when it is none. */
static int rsdp_revision(const struct rsdp *rsdp)
{
    if (!rsdp || memcmp(rsdp->signature, "RSD PTR ", sizeof(rsdp->signature)) != 0 ||
        byte_sum(rsdp, REVISION_1_BYTES) != 0)
        return -1;
    if (rsdp->revision >= 2 && byte_sum(rsdp, sizeof(*rsdp)) == 0)
        return rsdp->revision;
    return 0;
}

EFI_STATUS acpi_install(uint64_t paddr, phys_window window)
{
    static const EFI_GUID acpi_1_guid = ACPI_TABLE_GUID;
    static const EFI_GUID acpi_2_guid = ACPI_20_TABLE_GUID;
    int revision = rsdp_revision(paddr ? window(paddr, sizeof(struct rsdp)) : NULL);

    if (revision < 0) {
        log_warn("acpi: no valid RSDP at %#lx, the OS gets no ACPI tables", paddr);
        return EFI_NOT_FOUND;
    }
    return config_table_install(revision >= 2 ? &acpi_2_guid : &acpi_1_guid,
                                (void *)(uintptr_t)paddr);
}
