/*
 * The string blocks of an HII string package (UEFI 2.10 section 33.3.6.2), one string after the
 * other. Pure: whatever stands in a package, reading it ends and stays inside.
 */
#ifndef PVHEFI_SHIM_HII_HII_STRING_BLOCK_H
#define PVHEFI_SHIM_HII_HII_STRING_BLOCK_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include <efi.h>

/* A string's text as it stands in the package. */
struct hii_text {
    const uint8_t *bytes;
    size_t size;  /* its NUL included */
    size_t units; /* CHAR16 when decoded, its NUL included */
    bool scsu;    /* else UCS-2, perhaps not aligned */
};

enum hii_string_kind {
    HII_STRING_TEXT,
    HII_STRING_DUPLICATE, /* the text of string `original` */
    HII_STRING_SKIP,      /* `count` ids without a string */
    HII_STRING_FONT,      /* no string: a font gets a number */
};

struct hii_string_entry {
    enum hii_string_kind kind;
    uint32_t id; /* the string's, or the first that is skipped; from 1 */
    uint32_t count;
    struct hii_text text; /* of a string, or the name of a font */
    uint16_t original;
    uint8_t font; /* of a text, or the one that gets a number; 0 is the default */
    uint16_t font_size;
    uint32_t font_style;
};

struct hii_string_reader {
    const uint8_t *bytes;
    size_t size;
    size_t offset;
    uint32_t next_id;
    uint32_t pending; /* strings left of a block that holds several */
    bool scsu;
    uint8_t font;
};

/* Reads from the first of `size` bytes of blocks. */
void hii_string_reader_open(struct hii_string_reader *reader, const uint8_t *bytes, size_t size);

/*
 * The next entry. EFI_NOT_FOUND at the END block or where the bytes end, EFI_INVALID_PARAMETER when
 * a block is damaged, unknown, or its ids do not fit into 16 bits.
 */
EFI_STATUS hii_string_next(struct hii_string_reader *reader, struct hii_string_entry *ret_entry);

/* Decodes at most `capacity` CHAR16 of a text that a reader gave out. */
void hii_text_copy(const struct hii_text *text, CHAR16 *ret_text, size_t capacity);

#endif
