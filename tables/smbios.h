/*
 * SMBIOS tables of a Xen guest (DMTF DSP0134, version 3.0), with what hvmloader tells an HVM guest:
 * who made the machine, which one it is (the domain's UUID), its processors and its memory. Linux
 * shows them in /sys/class/dmi, systemd-stub reads its type 11 strings. Pure; boot phase.
 */
#ifndef PVHEFI_TABLES_SMBIOS_H
#define PVHEFI_TABLES_SMBIOS_H

#include <stddef.h>
#include <stdint.h>

/* What an administrator may set; smbios_text_name() has the names. */
enum smbios_text {
    SMBIOS_TEXT_BIOS_VENDOR,
    SMBIOS_TEXT_BIOS_VERSION,
    SMBIOS_TEXT_SYSTEM_MANUFACTURER,
    SMBIOS_TEXT_SYSTEM_PRODUCT,
    SMBIOS_TEXT_SYSTEM_VERSION,
    SMBIOS_TEXT_SYSTEM_SERIAL,
    SMBIOS_TEXT_BOARD_MANUFACTURER,
    SMBIOS_TEXT_BOARD_PRODUCT,
    SMBIOS_TEXT_BOARD_VERSION,
    SMBIOS_TEXT_BOARD_SERIAL,
    SMBIOS_TEXT_BOARD_ASSET_TAG,
    SMBIOS_TEXT_BOARD_LOCATION,
    SMBIOS_TEXT_ENCLOSURE_MANUFACTURER,
    SMBIOS_TEXT_ENCLOSURE_SERIAL,
    SMBIOS_TEXT_ENCLOSURE_ASSET_TAG,
    SMBIOS_TEXTS,
};

/* More strings than this are no part of Xen's interface (hvm_xs_strings.h). */
#define SMBIOS_OEM_STRINGS_MAX 99

struct smbios_facts {
    uint8_t uuid[16];        /* in the order in which its text is written */
    const char *xen_version; /* with Xen's extra version: "4.17.5" */
    uint16_t processors;     /* 0 counts as 1 */
    const char *processor_vendor;
    const char *processor_name;
    uint32_t processor_signature; /* CPUID leaf 1, EAX */
    uint32_t processor_features;  /* EDX */
    uint16_t mhz;
    uint64_t memory_mib;
    uint64_t low_end;               /* of the memory below 4 GiB; 0: none there */
    uint64_t high_end;              /* of the memory from 4 GiB on */
    const char *text[SMBIOS_TEXTS]; /* NULL or "": the default */
    const char *oem[SMBIOS_OEM_STRINGS_MAX];
    unsigned int oem_count;
};

/* The name that Xen's toolstack knows it by, below bios-strings/ in xenstore. */
const char *smbios_text_name(enum smbios_text text);

/*
 * Writes entry point and structures to `buffer`, which the guest sees at its address; returns the
 * bytes that they take. When that is more than `capacity`, nothing in the buffer is of use.
 */
size_t smbios_build(const struct smbios_facts *facts, void *buffer, size_t capacity);

#endif
