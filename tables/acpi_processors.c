#include "tables/acpi_processors.h"

#include <stdbool.h>
#include <stddef.h>

#include "loader/lib/string.h"
#include "tables/acpi_tables.h"

/* Local APIC address and flags lie between the header and the entries. */
#define ENTRIES_OFFSET 44u

#define ENTRY_LOCAL_APIC   0
#define ENTRY_LOCAL_X2APIC 9
#define FLAGS_ENABLED      1u

struct madt_entry {
    uint8_t type;
    uint8_t bytes;
};

/* Type, length and flags stand in the same order in both kinds; others start no processor. */
static bool entry_is_enabled(const uint8_t *entry, const struct madt_entry *head)
{
    size_t flags_offset = head->type == ENTRY_LOCAL_APIC ? 4 : 8;
    uint32_t flags;

    if (head->type != ENTRY_LOCAL_APIC && head->type != ENTRY_LOCAL_X2APIC)
        return false;
    if (head->bytes < flags_offset + sizeof(flags))
        return false;
    memcpy(&flags, entry + flags_offset, sizeof(flags));
    return flags & FLAGS_ENABLED;
}

unsigned int acpi_processors_count(uint64_t rsdp_paddr, phys_window window)
{
    const struct acpi_header *madt = acpi_table_find(rsdp_paddr, "APIC", ENTRIES_OFFSET, window);
    const uint8_t *table = (const uint8_t *)madt;
    uint32_t length = madt ? madt->length : 0;
    uint32_t offset = ENTRIES_OFFSET;
    unsigned int count = 0;

    while (length > offset && length - offset >= sizeof(struct madt_entry)) {
        struct madt_entry head = {.type = table[offset], .bytes = table[offset + 1]};

        if (head.bytes < sizeof(head) || head.bytes > length - offset)
            break;
        count += entry_is_enabled(table + offset, &head);
        offset += head.bytes;
    }
    return count;
}
