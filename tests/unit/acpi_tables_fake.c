#include "tests/unit/acpi_tables_fake.h"

#include <string.h>

#define XSDT_OFFSET   0x1000
#define RSDT_OFFSET   0x2000
#define TABLES_OFFSET 0x0100

static uint8_t memory[FAKE_ACPI_BYTES];
static size_t next_offset;

void *fake_acpi_at(uint64_t paddr)
{
    return memory + (paddr - FAKE_ACPI_START);
}

struct acpi_rsdp *fake_acpi_rsdp(void)
{
    return fake_acpi_at(FAKE_ACPI_RSDP);
}

struct acpi_header *fake_acpi_xsdt(void)
{
    return (void *)(memory + XSDT_OFFSET);
}

struct acpi_header *fake_acpi_rsdt(void)
{
    return (void *)(memory + RSDT_OFFSET);
}

const void *fake_acpi_window(uint64_t paddr, uint64_t bytes)
{
    if (paddr < FAKE_ACPI_START || paddr - FAKE_ACPI_START > FAKE_ACPI_BYTES ||
        bytes > FAKE_ACPI_BYTES - (paddr - FAKE_ACPI_START))
        return NULL;
    return fake_acpi_at(paddr);
}

void fake_acpi_fix(struct acpi_header *table)
{
    table->checksum = 0;
    table->checksum = (uint8_t)-acpi_byte_sum(table, table->length);
}

void fake_acpi_fix_rsdp(void)
{
    struct acpi_rsdp *rsdp = fake_acpi_rsdp();

    rsdp->checksum = 0;
    rsdp->checksum = (uint8_t)-acpi_byte_sum(rsdp, ACPI_RSDP_REVISION_1_BYTES);
    rsdp->extended_checksum = 0;
    rsdp->extended_checksum = (uint8_t)-acpi_byte_sum(rsdp, sizeof(*rsdp));
}

static void root_init(struct acpi_header *root, const char *signature)
{
    *root = (struct acpi_header){.length = sizeof(*root), .revision = 1};
    memcpy(root->signature, signature, 4);
    memcpy(root->oem_id, "Xen\0\0", 6);
    memcpy(root->oem_table_id, "HVM\0\0\0\0", 8);
    memcpy(root->creator_id, "HVML", 4);
    fake_acpi_fix(root);
}

void fake_acpi_init(void)
{
    memset(memory, 0, sizeof(memory));
    next_offset = TABLES_OFFSET;
    root_init(fake_acpi_xsdt(), "XSDT");
    root_init(fake_acpi_rsdt(), "RSDT");
    *fake_acpi_rsdp() = (struct acpi_rsdp){
        .signature = {'R', 'S', 'D', ' ', 'P', 'T', 'R', ' '},
        .oem_id = "Xen",
        .revision = 2,
        .rsdt_address = (uint32_t)FAKE_ACPI_START + RSDT_OFFSET,
        .length = sizeof(struct acpi_rsdp),
        .xsdt_address = FAKE_ACPI_START + XSDT_OFFSET,
    };
    fake_acpi_fix_rsdp();
}

static void root_append(struct acpi_header *root, uint64_t address, size_t entry_bytes)
{
    memcpy((uint8_t *)root + root->length, &address, entry_bytes);
    root->length += (uint32_t)entry_bytes;
    fake_acpi_fix(root);
}

uint64_t fake_acpi_add(const char *signature, const void *body, size_t body_bytes)
{
    struct acpi_header *table = (void *)(memory + next_offset);
    uint64_t address = FAKE_ACPI_START + next_offset;

    *table = (struct acpi_header){.length = (uint32_t)(sizeof(*table) + body_bytes)};
    memcpy(table->signature, signature, 4);
    memcpy(table + 1, body, body_bytes);
    fake_acpi_fix(table);
    root_append(fake_acpi_xsdt(), address, sizeof(uint64_t));
    root_append(fake_acpi_rsdt(), address, sizeof(uint32_t));
    next_offset += table->length;
    return address;
}
