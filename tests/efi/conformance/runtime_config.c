/* Configuration tables that say something of the firmware itself. */
#include "tests/efi/conformance/check.h"
#include "tests/efi/conformance/config_table.h"
#include "tests/efi/conformance/memory_view.h"
#include "tests/efi/conformance/runtime.h"

#define RT_SERVICES_ALL     0x3fffu
#define ATTRIBUTE_READ_ONLY 0x20000ull
#define ATTRIBUTE_NO_EXEC   0x4000ull
#define RSDP_1_BYTES        20
#define RSDP_BYTES          36

struct memory_attributes {
    UINT32 version;
    UINT32 count;
    UINT32 descriptor_bytes;
    UINT32 flags;
};

static EFI_GUID rt_properties_guid = RT_PROPERTIES_GUID;
static EFI_GUID memory_attributes_guid = {
    0xdcfa911d, 0x26eb, 0x469f, {0xa2, 0x20, 0x38, 0xb7, 0xdc, 0x46, 0x12, 0x20}};
static EFI_GUID acpi_guids[] = {ACPI_20_TABLE_GUID, ACPI_TABLE_GUID};

static void no_duplicates(void)
{
    UINTN duplicates = 0;

    topic("runtime.config-table", "4.6");
    for (UINTN i = 0; i < system_table->NumberOfTableEntries; i++) {
        EFI_CONFIGURATION_TABLE *entry = &system_table->ConfigurationTable[i];

        duplicates += config_table_find(&entry->VendorGuid) != entry->VendorTable;
    }
    check_number("duplicates", duplicates, 0, "each GUID has one table");
}

static void rt_properties(void)
{
    const struct rt_properties *table = config_table_find(&rt_properties_guid);

    topic("runtime.rt-properties", "4.6.2");
    if (!table) {
        skip_topic("no such table: all services are supported at run time");
        return;
    }
    check_number("version", table->version, 1, "version 1");
    check_number("length", table->length, sizeof(*table), "of that length");
    check_number("services", table->services & ~RT_SERVICES_ALL, 0, "only bits that are defined");
}

static void memory_attributes_entry(const EFI_MEMORY_DESCRIPTOR *entry, const char *name)
{
    check(name,
          (entry->Type == EfiRuntimeServicesCode || entry->Type == EfiRuntimeServicesData) &&
              entry->NumberOfPages && !(entry->PhysicalStart % PAGE_BYTES) &&
              (entry->Attribute & EFI_MEMORY_RUNTIME) &&
              memory_is(entry->PhysicalStart, entry->NumberOfPages, entry->Type),
          "each entry is runtime memory of the memory map");
}

static void memory_attributes(void)
{
    const struct memory_attributes *table = config_table_find(&memory_attributes_guid);
    bool writable_code = false;

    topic("runtime.memory-attributes", "4.6.4");
    if (!table) {
        skip_topic("no such table");
        return;
    }
    check_range("version", table->version, 1, 2, "a version that is known");
    check_range("descriptor", table->descriptor_bytes, sizeof(EFI_MEMORY_DESCRIPTOR), 256,
                "descriptors have all fields");
    check_range("count", table->count, 2, 1000, "there are some");
    for (UINT32 i = 0; i < table->count; i++) {
        const EFI_MEMORY_DESCRIPTOR *entry =
            (const void *)((const UINT8 *)(table + 1) + (UINTN)i * table->descriptor_bytes);

        if (i < 2)
            memory_attributes_entry(entry, numbered("entry-", i));
        writable_code =
            writable_code || !(entry->Attribute & (ATTRIBUTE_READ_ONLY | ATTRIBUTE_NO_EXEC));
    }
    check("writable-code", !writable_code, "nothing is writable and executable");
}

static bool is_text(const UINT8 *bytes, const char *text)
{
    for (; *text; text++, bytes++) {
        if (*bytes != (UINT8)*text)
            return false;
    }
    return true;
}

/* A machine's tables may be of ACPI 1.0, with a shorter pointer to them. */
static void acpi(void)
{
    const UINT8 *new = config_table_find(&acpi_guids[0]);
    const UINT8 *rsdp = new ? new : config_table_find(&acpi_guids[1]);
    UINT8 sum = 0;

    topic("runtime.acpi", "4.6");
    if (!rsdp) {
        skip_topic("no ACPI tables");
        return;
    }
    check("signature", is_text(rsdp, "RSD PTR "), "the table is an RSDP");
    for (UINTN i = 0; i < (new ? RSDP_BYTES : RSDP_1_BYTES); i++)
        sum = (UINT8)(sum + rsdp[i]);
    check_number("checksum", sum, 0, "with the right checksum");
}

void runtime_config_tests(void)
{
    no_duplicates();
    rt_properties();
    memory_attributes();
    acpi();
}
