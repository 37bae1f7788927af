/*
 * SMBIOS 3.0 (DMTF DSP0134) as it lies in memory: the structures of chapter 7 that a PVH guest has
 * a use for, and the 64-bit entry point. Fields named *_text are numbers of strings, from 1 on; 0:
 * none.
 */
#ifndef PVHEFI_TABLES_SMBIOS_STRUCTURES_H
#define PVHEFI_TABLES_SMBIOS_STRUCTURES_H

#include <stdint.h>

#define SMBIOS_MAJOR 3
#define SMBIOS_MINOR 0

enum smbios_type {
    SMBIOS_TYPE_BIOS = 0,
    SMBIOS_TYPE_SYSTEM = 1,
    SMBIOS_TYPE_BOARD = 2,
    SMBIOS_TYPE_ENCLOSURE = 3,
    SMBIOS_TYPE_PROCESSOR = 4,
    SMBIOS_TYPE_OEM_STRINGS = 11,
    SMBIOS_TYPE_MEMORY_ARRAY = 16,
    SMBIOS_TYPE_MEMORY_DEVICE = 17,
    SMBIOS_TYPE_MEMORY_MAPPED = 19,
    SMBIOS_TYPE_BOOT = 32,
    SMBIOS_TYPE_END = 127,
};

struct smbios_entry_point {
    char anchor[5]; /* "_SM3_" */
    uint8_t checksum;
    uint8_t bytes;
    uint8_t major;
    uint8_t minor;
    uint8_t document_revision;
    uint8_t entry_point_revision;
    uint8_t reserved;
    uint32_t structures_bytes;
    uint64_t structures_paddr;
} __attribute__((packed));
_Static_assert(sizeof(struct smbios_entry_point) == 24, "SMBIOS 3.0 section 5.2.2");

struct smbios_header {
    uint8_t type;
    uint8_t bytes; /* of the structure without its strings */
    uint16_t handle;
} __attribute__((packed));
_Static_assert(sizeof(struct smbios_header) == 4, "SMBIOS 3.0 section 6.1.2");

struct smbios_bios {
    struct smbios_header header;
    uint8_t vendor_text;
    uint8_t version_text;
    uint16_t start_segment;
    uint8_t date_text; /* mm/dd/yyyy */
    uint8_t rom_64_kib_less_1;
    uint64_t characteristics;
    uint8_t characteristics_extension[2];
    uint8_t major;
    uint8_t minor;
    uint8_t controller_major; /* 0xff: no embedded controller */
    uint8_t controller_minor;
} __attribute__((packed));
_Static_assert(sizeof(struct smbios_bios) == 0x18, "SMBIOS 3.0 section 7.1");

struct smbios_system {
    struct smbios_header header;
    uint8_t manufacturer_text;
    uint8_t product_text;
    uint8_t version_text;
    uint8_t serial_text;
    uint8_t uuid[16]; /* its first three fields are little-endian */
    uint8_t wake_up_type;
    uint8_t sku_text;
    uint8_t family_text;
} __attribute__((packed));
_Static_assert(sizeof(struct smbios_system) == 0x1b, "SMBIOS 3.0 section 7.2");

struct smbios_board {
    struct smbios_header header;
    uint8_t manufacturer_text;
    uint8_t product_text;
    uint8_t version_text;
    uint8_t serial_text;
    uint8_t asset_text;
    uint8_t features;
    uint8_t location_text;
    uint16_t chassis_handle;
    uint8_t type;
    uint8_t contained_handles;
} __attribute__((packed));
_Static_assert(sizeof(struct smbios_board) == 0x0f, "SMBIOS 3.0 section 7.3");

struct smbios_enclosure {
    struct smbios_header header;
    uint8_t manufacturer_text;
    uint8_t type;
    uint8_t version_text;
    uint8_t serial_text;
    uint8_t asset_text;
    uint8_t boot_up_state;
    uint8_t power_supply_state;
    uint8_t thermal_state;
    uint8_t security_status;
    uint32_t oem;
    uint8_t height;
    uint8_t power_cords;
    uint8_t contained_elements;
    uint8_t contained_record_bytes;
    uint8_t sku_text;
} __attribute__((packed));
_Static_assert(sizeof(struct smbios_enclosure) == 0x16, "SMBIOS 3.0 section 7.4");

struct smbios_processor {
    struct smbios_header header;
    uint8_t socket_text;
    uint8_t type;
    uint8_t family;
    uint8_t manufacturer_text;
    uint32_t signature; /* CPUID leaf 1, EAX */
    uint32_t features;  /* EDX */
    uint8_t version_text;
    uint8_t voltage;
    uint16_t external_mhz;
    uint16_t max_mhz;
    uint16_t current_mhz;
    uint8_t status;
    uint8_t upgrade;
    uint16_t cache_handle[3];
    uint8_t serial_text;
    uint8_t asset_text;
    uint8_t part_text;
    uint8_t cores; /* 0xff: see cores_2; likewise the two below */
    uint8_t cores_enabled;
    uint8_t threads;
    uint16_t characteristics;
    uint16_t family_2;
    uint16_t cores_2;
    uint16_t cores_enabled_2;
    uint16_t threads_2;
} __attribute__((packed));
_Static_assert(sizeof(struct smbios_processor) == 0x30, "SMBIOS 3.0 section 7.5");

struct smbios_oem_strings {
    struct smbios_header header;
    uint8_t count;
} __attribute__((packed));
_Static_assert(sizeof(struct smbios_oem_strings) == 5, "SMBIOS 3.0 section 7.12");

struct smbios_memory_array {
    struct smbios_header header;
    uint8_t location;
    uint8_t use;
    uint8_t error_correction;
    uint32_t capacity_kib; /* 2^31: see capacity_bytes */
    uint16_t error_handle;
    uint16_t devices;
    uint64_t capacity_bytes;
} __attribute__((packed));
_Static_assert(sizeof(struct smbios_memory_array) == 0x17, "SMBIOS 3.0 section 7.17");

struct smbios_memory_device {
    struct smbios_header header;
    uint16_t array_handle;
    uint16_t error_handle;
    uint16_t total_width;
    uint16_t data_width;
    uint16_t mib; /* 0x7fff: see extended_mib */
    uint8_t form_factor;
    uint8_t device_set;
    uint8_t locator_text;
    uint8_t bank_text;
    uint8_t type;
    uint16_t type_detail;
    uint16_t speed;
    uint8_t manufacturer_text;
    uint8_t serial_text;
    uint8_t asset_text;
    uint8_t part_text;
    uint8_t attributes;
    uint32_t extended_mib;
    uint16_t configured_speed;
    uint16_t voltage[3];
} __attribute__((packed));
_Static_assert(sizeof(struct smbios_memory_device) == 0x28, "SMBIOS 3.0 section 7.18");

struct smbios_memory_mapped {
    struct smbios_header header;
    uint32_t start_kib; /* all ones: see start */
    uint32_t end_kib;   /* the last one */
    uint16_t array_handle;
    uint8_t partition_width;
    uint64_t start;
    uint64_t end; /* the last byte */
} __attribute__((packed));
_Static_assert(sizeof(struct smbios_memory_mapped) == 0x1f, "SMBIOS 3.0 section 7.20");

struct smbios_boot {
    struct smbios_header header;
    uint8_t reserved[6];
    uint8_t status; /* 0: no error */
} __attribute__((packed));
_Static_assert(sizeof(struct smbios_boot) == 0x0b, "SMBIOS 3.0 section 7.33");

#endif
