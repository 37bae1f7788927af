/*
 * HII package lists as bytes: the headers of lists and packages (UEFI 2.10 section 33.3), as far as
 * something here looks into them. Nothing is aligned; all of it is copied out before it is used.
 */
#ifndef PVHEFI_SHIM_HII_HII_FORMAT_H
#define PVHEFI_SHIM_HII_HII_FORMAT_H

#include <stddef.h>
#include <stdint.h>

#include <efi.h>

enum hii_package_type {
    HII_PACKAGE_ALL = 0x00, /* in requests only */
    HII_PACKAGE_GUID = 0x01,
    HII_PACKAGE_FORMS = 0x02,
    HII_PACKAGE_STRINGS = 0x04,
    HII_PACKAGE_FONTS = 0x05,
    HII_PACKAGE_SIMPLE_FONTS = 0x07,
    HII_PACKAGE_DEVICE_PATH = 0x08,
    HII_PACKAGE_KEYBOARD_LAYOUT = 0x09,
    HII_PACKAGE_END = 0xdf,
};

struct hii_package_list_header {
    EFI_GUID guid;
    uint32_t bytes; /* of the whole list */
} __attribute__((packed));
_Static_assert(sizeof(struct hii_package_list_header) == 20, "UEFI 2.10 section 33.3.1.2");

/* A package's first four bytes: its length in 24 bits, its type in 8. */
#define HII_PACKAGE_HEADER_BYTES 4u
#define HII_PACKAGE_BYTES_MAX    0xffffffu

static inline uint32_t hii_package_header(uint8_t type, uint32_t bytes)
{
    return (uint32_t)type << 24 | bytes;
}

struct hii_string_package_header {
    uint32_t header;
    uint32_t header_bytes;
    uint32_t strings_offset; /* of the string blocks */
    uint16_t language_window[16];
    uint16_t language_name; /* string id of its printable name */
    char language[];        /* NUL-terminated RFC 4646 codes, the primary one first */
} __attribute__((packed));
_Static_assert(offsetof(struct hii_string_package_header, language) == 46,
               "UEFI 2.10 section 33.3.6.1");

/* String blocks, by their first byte (section 33.3.6.2). */
enum hii_string_block {
    HII_SIBT_END = 0x00,
    HII_SIBT_STRING_SCSU = 0x10,
    HII_SIBT_STRING_SCSU_FONT = 0x11,
    HII_SIBT_STRINGS_SCSU = 0x12,
    HII_SIBT_STRINGS_SCSU_FONT = 0x13,
    HII_SIBT_STRING_UCS2 = 0x14,
    HII_SIBT_STRING_UCS2_FONT = 0x15,
    HII_SIBT_STRINGS_UCS2 = 0x16,
    HII_SIBT_STRINGS_UCS2_FONT = 0x17,
    HII_SIBT_DUPLICATE = 0x20,
    HII_SIBT_SKIP2 = 0x21,
    HII_SIBT_SKIP1 = 0x22,
    HII_SIBT_EXT1 = 0x30,
    HII_SIBT_EXT2 = 0x31,
    HII_SIBT_EXT4 = 0x32,
    HII_SIBT_FONT = 0x40, /* second type byte of an EXT2 block */
};

struct hii_font_block {
    uint8_t type;  /* HII_SIBT_EXT2 */
    uint8_t type2; /* HII_SIBT_FONT */
    uint16_t bytes;
    uint8_t font;
    uint16_t size;
    uint32_t style;
    CHAR16 name[];
} __attribute__((packed));
_Static_assert(offsetof(struct hii_font_block, name) == 11, "UEFI 2.10 section 33.3.6.2");

#endif
