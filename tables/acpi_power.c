#include "tables/acpi_power.h"

#include <stddef.h>

#include "loader/lib/string.h"
#include "tables/acpi_tables.h"

/* QEMU's is 8 KiB; larger ones are searched no further. */
#define DSDT_BYTES_MAX (1u << 20)

#define SLEEP_ENABLE    (1u << 13)
#define SLEEP_TYPE_BIT  10
#define SLEEP_TYPE_MAX  7u
#define SPACE_SYSTEM_IO 1

#define AML_PACKAGE 0x12
#define AML_BYTE    0x0a
#define AML_ZERO    0x00
#define AML_ONE     0x01
/* "_S5_", package opcode, package length, element count, prefix, value. */
#define S5_BYTES 9u

/* ACPI 6.5 table 5.9, as far as it is used. */
struct fadt {
    struct acpi_header header;
    uint32_t firmware_control;
    uint32_t dsdt;
    uint8_t not_used_1[20];
    uint32_t pm1a_control;
    uint8_t not_used_2[48];
    struct {
        uint8_t space;
        uint8_t width_bits;
        uint8_t offset_bits;
        uint8_t access;
        uint64_t address;
    } __attribute__((packed)) reset_register;
    uint8_t reset_value;
} __attribute__((packed));
_Static_assert(offsetof(struct fadt, pm1a_control) == 64, "ACPI 6.5 table 5.9");
_Static_assert(offsetof(struct fadt, reset_register) == 116, "ACPI 6.5 table 5.9");

/* The sleep type that `_S5_`'s package begins with; more than SLEEP_TYPE_MAX when that is no
 * constant. */
static unsigned int s5_value(const uint8_t *object)
{
    const uint8_t *element = object + 7;

    if (object[4] != AML_PACKAGE)
        return SLEEP_TYPE_MAX + 1;
    if (element[0] == AML_BYTE)
        return element[1];
    return element[0] == AML_ZERO || element[0] == AML_ONE ? element[0] : SLEEP_TYPE_MAX + 1;
}

static struct runtime_port_write find_power_off(const struct fadt *fadt, phys_window window)
{
    struct runtime_port_write none = {0};
    const struct acpi_header *dsdt = acpi_table_at(fadt->dsdt, "DSDT", sizeof(*dsdt), window);
    uint32_t length = dsdt && dsdt->length < DSDT_BYTES_MAX ? dsdt->length : 0;

    if (!fadt->pm1a_control || fadt->pm1a_control > UINT16_MAX)
        return none;
    for (uint32_t i = sizeof(*dsdt); i + S5_BYTES <= length; i++) {
        const uint8_t *object = (const uint8_t *)dsdt + i;

        if (memcmp(object, "_S5_", 4) != 0 || s5_value(object) > SLEEP_TYPE_MAX)
            continue;
        return (struct runtime_port_write){
            .port = (uint16_t)fadt->pm1a_control,
            .width = 2,
            .value = SLEEP_ENABLE | s5_value(object) << SLEEP_TYPE_BIT,
        };
    }
    return none;
}

static struct runtime_port_write find_reset(const struct fadt *fadt)
{
    struct runtime_port_write none = {0};

    if (fadt->reset_register.space != SPACE_SYSTEM_IO || !fadt->reset_register.address ||
        fadt->reset_register.address > UINT16_MAX)
        return none;
    return (struct runtime_port_write){
        .port = (uint16_t)fadt->reset_register.address,
        .width = 1,
        .value = fadt->reset_value,
    };
}

struct acpi_power acpi_power_find(uint64_t rsdp_paddr, phys_window window)
{
    const struct fadt *fadt =
        (const struct fadt *)acpi_table_find(rsdp_paddr, "FACP", sizeof(*fadt), window);

    if (!fadt)
        return (struct acpi_power){0};
    return (struct acpi_power){
        .power_off = find_power_off(fadt, window),
        .reset = find_reset(fadt),
    };
}
