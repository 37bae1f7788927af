#include "tables/smbios_hardware.h"

#include <stdbool.h>
#include <stddef.h>

#define PROCESSOR_HANDLE     0x0400
#define MEMORY_ARRAY_HANDLE  0x1000
#define MEMORY_DEVICE_HANDLE 0x1100
#define MEMORY_MAPPED_HANDLE 0x1300

#define PROCESSOR_TYPE_CENTRAL     3
#define PROCESSOR_FAMILY_OTHER     1
#define PROCESSOR_POPULATED        0x41 /* and enabled */
#define PROCESSOR_UPGRADE_OTHER    1
#define PROCESSOR_64_BIT           (1u << 2)
#define PROCESSOR_MULTI_CORE       (1u << 3)
#define PROCESSOR_NO_CACHE         0xffff
#define PROCESSOR_SEE_SECOND_FIELD 0xff

#define ARRAY_LOCATION_OTHER     1
#define ARRAY_USE_SYSTEM         3
#define ARRAY_CORRECTION_UNKNOWN 2
#define ARRAY_SEE_EXTENDED       0x80000000u
#define NO_ERROR_INFORMATION     0xfffe

#define DEVICE_FORM_DIMM    9
#define DEVICE_TYPE_RAM     7
#define DEVICE_SEE_EXTENDED 0x7fff
#define DEVICE_MIB_MAX      0x7fffffffu
#define DEVICE_WIDTH_BITS   64

#define MAPPED_SEE_EXTENDED UINT32_MAX

#define KIB_SHIFT 10
#define MIB_SHIFT 20
#define FOUR_GIB  (1ull << 32)

static uint8_t count_byte(uint16_t count)
{
    return count < PROCESSOR_SEE_SECOND_FIELD ? (uint8_t)count : PROCESSOR_SEE_SECOND_FIELD;
}

static void add_processor(struct smbios_writer *writer, const struct smbios_facts *facts)
{
    uint16_t count = facts->processors ? facts->processors : 1;
    struct smbios_strings strings = {0};
    struct smbios_processor processor = {
        .header = {SMBIOS_TYPE_PROCESSOR, sizeof(processor), PROCESSOR_HANDLE},
        .type = PROCESSOR_TYPE_CENTRAL,
        .family = PROCESSOR_FAMILY_OTHER,
        .signature = facts->processor_signature,
        .features = facts->processor_features,
        .max_mhz = facts->mhz,
        .current_mhz = facts->mhz,
        .status = PROCESSOR_POPULATED,
        .upgrade = PROCESSOR_UPGRADE_OTHER,
        .cache_handle = {PROCESSOR_NO_CACHE, PROCESSOR_NO_CACHE, PROCESSOR_NO_CACHE},
        .cores = count_byte(count),
        .cores_enabled = count_byte(count),
        .threads = count_byte(count),
        .characteristics = PROCESSOR_64_BIT | (count > 1 ? PROCESSOR_MULTI_CORE : 0),
        .family_2 = PROCESSOR_FAMILY_OTHER,
        .cores_2 = count,
        .cores_enabled_2 = count,
        .threads_2 = count,
    };

    processor.socket_text = smbios_strings_add(&strings, "CPU 1");
    processor.manufacturer_text = smbios_strings_add(&strings, facts->processor_vendor);
    processor.version_text = smbios_strings_add(&strings, facts->processor_name);
    smbios_writer_add(writer, &processor.header, strings.text, strings.count);
}

static void add_array(struct smbios_writer *writer, uint64_t mib)
{
    bool extended = mib >= ARRAY_SEE_EXTENDED >> (MIB_SHIFT - KIB_SHIFT);
    struct smbios_memory_array array = {
        .header = {SMBIOS_TYPE_MEMORY_ARRAY, sizeof(array), MEMORY_ARRAY_HANDLE},
        .location = ARRAY_LOCATION_OTHER,
        .use = ARRAY_USE_SYSTEM,
        .error_correction = ARRAY_CORRECTION_UNKNOWN,
        .capacity_kib = extended ? ARRAY_SEE_EXTENDED : (uint32_t)(mib << (MIB_SHIFT - KIB_SHIFT)),
        .error_handle = NO_ERROR_INFORMATION,
        .devices = 1,
        .capacity_bytes = extended ? mib << MIB_SHIFT : 0,
    };

    smbios_writer_add(writer, &array.header, NULL, 0);
}

static void add_device(struct smbios_writer *writer, uint64_t mib)
{
    static const char *const locator = "DIMM 0";
    bool extended = mib >= DEVICE_SEE_EXTENDED;
    struct smbios_memory_device device = {
        .header = {SMBIOS_TYPE_MEMORY_DEVICE, sizeof(device), MEMORY_DEVICE_HANDLE},
        .array_handle = MEMORY_ARRAY_HANDLE,
        .error_handle = NO_ERROR_INFORMATION,
        .total_width = DEVICE_WIDTH_BITS,
        .data_width = DEVICE_WIDTH_BITS,
        .mib = extended ? DEVICE_SEE_EXTENDED : (uint16_t)mib,
        .form_factor = DEVICE_FORM_DIMM,
        .locator_text = 1,
        .type = DEVICE_TYPE_RAM,
        .extended_mib = extended ? (uint32_t)(mib < DEVICE_MIB_MAX ? mib : DEVICE_MIB_MAX) : 0,
    };

    smbios_writer_add(writer, &device.header, &locator, 1);
}

static void add_mapped(struct smbios_writer *writer, uint16_t handle, uint64_t start, uint64_t end)
{
    bool extended = end >> KIB_SHIFT > UINT32_MAX;
    struct smbios_memory_mapped mapped = {
        .header = {SMBIOS_TYPE_MEMORY_MAPPED, sizeof(mapped), handle},
        .start_kib = extended ? MAPPED_SEE_EXTENDED : (uint32_t)(start >> KIB_SHIFT),
        .end_kib = extended ? MAPPED_SEE_EXTENDED : (uint32_t)((end - 1) >> KIB_SHIFT),
        .array_handle = MEMORY_ARRAY_HANDLE,
        .partition_width = 1,
        .start = extended ? start : 0,
        .end = extended ? end - 1 : 0,
    };

    smbios_writer_add(writer, &mapped.header, NULL, 0);
}

void smbios_hardware_add(struct smbios_writer *writer, const struct smbios_facts *facts)
{
    add_processor(writer, facts);
    add_array(writer, facts->memory_mib);
    add_device(writer, facts->memory_mib);
    if (facts->low_end)
        add_mapped(writer, MEMORY_MAPPED_HANDLE, 0, facts->low_end);
    if (facts->high_end > FOUR_GIB)
        add_mapped(writer, MEMORY_MAPPED_HANDLE + 1, FOUR_GIB, facts->high_end);
}
