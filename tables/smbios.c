#include "tables/smbios.h"

#include "loader/lib/string.h"
#include "tables/smbios_hardware.h"
#include "tables/smbios_identity.h"
#include "tables/smbios_structures.h"
#include "tables/smbios_writer.h"

#define OEM_STRINGS_HANDLE 0x0b00
#define BOOT_HANDLE        0x2000
#define END_HANDLE         0x7f00

#define ENTRY_POINT_REVISION 1

/* xen/include/public/hvm/hvm_xs_strings.h. */
static const char *const text_names[SMBIOS_TEXTS] = {
    [SMBIOS_TEXT_BIOS_VENDOR] = "bios-vendor",
    [SMBIOS_TEXT_BIOS_VERSION] = "bios-version",
    [SMBIOS_TEXT_SYSTEM_MANUFACTURER] = "system-manufacturer",
    [SMBIOS_TEXT_SYSTEM_PRODUCT] = "system-product-name",
    [SMBIOS_TEXT_SYSTEM_VERSION] = "system-version",
    [SMBIOS_TEXT_SYSTEM_SERIAL] = "system-serial-number",
    [SMBIOS_TEXT_BOARD_MANUFACTURER] = "baseboard-manufacturer",
    [SMBIOS_TEXT_BOARD_PRODUCT] = "baseboard-product-name",
    [SMBIOS_TEXT_BOARD_VERSION] = "baseboard-version",
    [SMBIOS_TEXT_BOARD_SERIAL] = "baseboard-serial-number",
    [SMBIOS_TEXT_BOARD_ASSET_TAG] = "baseboard-asset-tag",
    [SMBIOS_TEXT_BOARD_LOCATION] = "baseboard-location-in-chassis",
    [SMBIOS_TEXT_ENCLOSURE_MANUFACTURER] = "enclosure-manufacturer",
    [SMBIOS_TEXT_ENCLOSURE_SERIAL] = "enclosure-serial-number",
    [SMBIOS_TEXT_ENCLOSURE_ASSET_TAG] = "enclosure-asset-tag",
};

const char *smbios_text_name(enum smbios_text text)
{
    return text_names[text];
}

/* At least one string, as in hvmloader's. */
static void add_oem_strings(struct smbios_writer *writer, const struct smbios_facts *facts)
{
    static const char *const none[] = {"Xen"};
    struct smbios_oem_strings oem = {
        .header = {SMBIOS_TYPE_OEM_STRINGS, sizeof(oem), OEM_STRINGS_HANDLE},
        .count = facts->oem_count ? (uint8_t)facts->oem_count : 1,
    };

    smbios_writer_add(writer, &oem.header, facts->oem_count ? facts->oem : none, oem.count);
}

static void add_boot_and_end(struct smbios_writer *writer)
{
    static const struct smbios_boot boot = {
        .header = {SMBIOS_TYPE_BOOT, sizeof(boot), BOOT_HANDLE},
    };
    static const struct smbios_header end = {SMBIOS_TYPE_END, sizeof(end), END_HANDLE};

    smbios_writer_add(writer, &boot.header, NULL, 0);
    smbios_writer_add(writer, &end, NULL, 0);
}

static void entry_point_write(struct smbios_entry_point *entry, size_t structures_bytes)
{
    uint8_t sum = 0;

    *entry = (struct smbios_entry_point){
        .anchor = {'_', 'S', 'M', '3', '_'},
        .bytes = sizeof(*entry),
        .major = SMBIOS_MAJOR,
        .minor = SMBIOS_MINOR,
        .entry_point_revision = ENTRY_POINT_REVISION,
        .structures_bytes = (uint32_t)structures_bytes,
        .structures_paddr = (uintptr_t)(entry + 1),
    };
    for (size_t i = 0; i < sizeof(*entry); i++)
        sum = (uint8_t)(sum + ((const uint8_t *)entry)[i]);
    entry->checksum = (uint8_t)-sum;
}

size_t smbios_build(const struct smbios_facts *facts, void *buffer, size_t capacity)
{
    struct smbios_writer writer = {.buffer = buffer, .capacity = capacity};

    /* Its place; what it says is known at the end. */
    writer.used = sizeof(struct smbios_entry_point);
    smbios_identity_add(&writer, facts);
    smbios_hardware_add(&writer, facts);
    add_oem_strings(&writer, facts);
    add_boot_and_end(&writer);
    if (writer.used <= capacity)
        entry_point_write(buffer, writer.used - sizeof(struct smbios_entry_point));
    return writer.used;
}
