#include "tables/smbios_identity.h"

#include "loader/lib/format.h"
#include "loader/lib/string.h"
#include "loader/version.h"

/* Handles are hvmloader's: a hundred for each type. */
#define BIOS_HANDLE      0x0000
#define SYSTEM_HANDLE    0x0100
#define BOARD_HANDLE     0x0200
#define ENCLOSURE_HANDLE 0x0300

/* What programs that look for Xen's guests (systemd-detect-virt, facter) go by. */
#define MANUFACTURER "Xen"
#define PRODUCT      "PVH domU"

#define BIOS_CHARACTERISTICS_NOT_SUPPORTED (1u << 3)
#define BIOS_EXTENSION_2                   (1u << 2 | 1u << 3 | 1u << 4) /* targeted, UEFI, virtual */
#define BIOS_NO_CONTROLLER                 0xff
#define BIOS_ROM_256_KIB                   3

#define WAKE_UP_POWER_SWITCH 6

#define BOARD_HOSTING_REPLACEABLE 0x09
#define BOARD_TYPE_MOTHERBOARD    0x0a

#define ENCLOSURE_TYPE_OTHER 1
#define STATE_SAFE           3
#define SECURITY_UNKNOWN     2

#define UUID_TEXT_BYTES 37

static const char *text_or(const struct smbios_facts *facts, enum smbios_text text,
                           const char *otherwise)
{
    return facts->text[text] && facts->text[text][0] ? facts->text[text] : otherwise;
}

static void add_bios(struct smbios_writer *writer, const struct smbios_facts *facts)
{
    struct smbios_strings strings = {0};
    struct smbios_bios bios = {
        .header = {SMBIOS_TYPE_BIOS, sizeof(bios), BIOS_HANDLE},
        .rom_64_kib_less_1 = BIOS_ROM_256_KIB,
        .characteristics = BIOS_CHARACTERISTICS_NOT_SUPPORTED,
        .characteristics_extension = {0, BIOS_EXTENSION_2},
        .major = FIRMWARE_VERSION_MAJOR,
        .minor = FIRMWARE_VERSION_MINOR,
        .controller_major = BIOS_NO_CONTROLLER,
        .controller_minor = BIOS_NO_CONTROLLER,
    };

    bios.vendor_text =
        smbios_strings_add(&strings, text_or(facts, SMBIOS_TEXT_BIOS_VENDOR, "pvhefi"));
    bios.version_text =
        smbios_strings_add(&strings, text_or(facts, SMBIOS_TEXT_BIOS_VERSION, firmware_version));
    bios.date_text = smbios_strings_add(&strings, firmware_date);
    smbios_writer_add(writer, &bios.header, strings.text, strings.count);
}

static void uuid_to_text(const uint8_t uuid[16], char ret_text[UUID_TEXT_BYTES])
{
    size_t length = 0;

    for (unsigned int i = 0; i < 16; i++)
        length += format_string(ret_text + length, UUID_TEXT_BYTES - length, "%s%02x",
                                i == 4 || i == 6 || i == 8 || i == 10 ? "-" : "", uuid[i]);
}

/* SMBIOS 3.0 section 7.2.1: what is a number in the text is little-endian in memory. */
static void uuid_to_wire(const uint8_t uuid[16], uint8_t ret_uuid[16])
{
    static const uint8_t from[16] = {3, 2, 1, 0, 5, 4, 7, 6, 8, 9, 10, 11, 12, 13, 14, 15};

    for (unsigned int i = 0; i < 16; i++)
        ret_uuid[i] = uuid[from[i]];
}

static void add_system(struct smbios_writer *writer, const struct smbios_facts *facts)
{
    char serial[UUID_TEXT_BYTES];
    struct smbios_strings strings = {0};
    struct smbios_system system = {
        .header = {SMBIOS_TYPE_SYSTEM, sizeof(system), SYSTEM_HANDLE},
        .wake_up_type = WAKE_UP_POWER_SWITCH,
    };

    uuid_to_text(facts->uuid, serial);
    uuid_to_wire(facts->uuid, system.uuid);
    system.manufacturer_text =
        smbios_strings_add(&strings, text_or(facts, SMBIOS_TEXT_SYSTEM_MANUFACTURER, MANUFACTURER));
    system.product_text =
        smbios_strings_add(&strings, text_or(facts, SMBIOS_TEXT_SYSTEM_PRODUCT, PRODUCT));
    system.version_text = smbios_strings_add(
        &strings, text_or(facts, SMBIOS_TEXT_SYSTEM_VERSION, facts->xen_version));
    system.serial_text =
        smbios_strings_add(&strings, text_or(facts, SMBIOS_TEXT_SYSTEM_SERIAL, serial));
    smbios_writer_add(writer, &system.header, strings.text, strings.count);
}

static void add_board(struct smbios_writer *writer, const struct smbios_facts *facts)
{
    const char *const *text = facts->text;
    struct smbios_strings strings = {0};
    struct smbios_board board = {
        .header = {SMBIOS_TYPE_BOARD, sizeof(board), BOARD_HANDLE},
        .features = BOARD_HOSTING_REPLACEABLE,
        .chassis_handle = ENCLOSURE_HANDLE,
        .type = BOARD_TYPE_MOTHERBOARD,
    };

    board.manufacturer_text =
        smbios_strings_add(&strings, text_or(facts, SMBIOS_TEXT_BOARD_MANUFACTURER, MANUFACTURER));
    board.product_text =
        smbios_strings_add(&strings, text_or(facts, SMBIOS_TEXT_BOARD_PRODUCT, PRODUCT));
    board.version_text = smbios_strings_add(&strings, text[SMBIOS_TEXT_BOARD_VERSION]);
    board.serial_text = smbios_strings_add(&strings, text[SMBIOS_TEXT_BOARD_SERIAL]);
    board.asset_text = smbios_strings_add(&strings, text[SMBIOS_TEXT_BOARD_ASSET_TAG]);
    board.location_text = smbios_strings_add(&strings, text[SMBIOS_TEXT_BOARD_LOCATION]);
    smbios_writer_add(writer, &board.header, strings.text, strings.count);
}

static void add_enclosure(struct smbios_writer *writer, const struct smbios_facts *facts)
{
    struct smbios_strings strings = {0};
    struct smbios_enclosure enclosure = {
        .header = {SMBIOS_TYPE_ENCLOSURE, sizeof(enclosure), ENCLOSURE_HANDLE},
        .type = ENCLOSURE_TYPE_OTHER,
        .boot_up_state = STATE_SAFE,
        .power_supply_state = STATE_SAFE,
        .thermal_state = STATE_SAFE,
        .security_status = SECURITY_UNKNOWN,
    };

    enclosure.manufacturer_text = smbios_strings_add(
        &strings, text_or(facts, SMBIOS_TEXT_ENCLOSURE_MANUFACTURER, MANUFACTURER));
    enclosure.serial_text = smbios_strings_add(&strings, facts->text[SMBIOS_TEXT_ENCLOSURE_SERIAL]);
    enclosure.asset_text =
        smbios_strings_add(&strings, facts->text[SMBIOS_TEXT_ENCLOSURE_ASSET_TAG]);
    smbios_writer_add(writer, &enclosure.header, strings.text, strings.count);
}

void smbios_identity_add(struct smbios_writer *writer, const struct smbios_facts *facts)
{
    add_bios(writer, facts);
    add_system(writer, facts);
    add_board(writer, facts);
    add_enclosure(writer, facts);
}
