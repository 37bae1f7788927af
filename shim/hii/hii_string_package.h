/*
 * HII string packages (UEFI 2.10 section 33.3.6): the strings of one language, by id. Reading is
 * pure; making and changing one allocates. Boot phase.
 */
#ifndef PVHEFI_SHIM_HII_HII_STRING_PACKAGE_H
#define PVHEFI_SHIM_HII_HII_STRING_PACKAGE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include <efi.h>

#include "shim/hii/hii_font_info.h"
#include "shim/hii/hii_package_list.h"
#include "shim/hii/hii_string_block.h"

/* By convention the printable name of the language. */
#define HII_STRING_ID_LANGUAGE_NAME 1u
#define HII_STRING_ID_MAX           0xffffu

#define HII_LANGUAGE_SEPARATOR ';'

struct hii_string_package {
    const uint8_t *bytes;
    size_t size;
    size_t strings_offset;
    const char *languages; /* the primary one first, then secondary ones, each behind a ';' */
    uint16_t language_name;
};

/* False when it is no string package, or one with a damaged header. */
bool hii_string_package_read(const struct hii_package_view *view,
                             struct hii_string_package *ret_package);

/* Reads the strings from the first one. */
void hii_string_package_open(const struct hii_string_package *package,
                             struct hii_string_reader *ret_reader);

/* How long the first of some languages is. */
size_t hii_language_length(const char *languages);

/* Is `language` the primary one, is it any of the package's? Letters' case does not count. */
bool hii_string_package_speaks(const struct hii_string_package *package, const char *language);
bool hii_string_package_understands(const struct hii_string_package *package, const char *language);

/* String `id` with its text, also when it is a duplicate. */
bool hii_string_package_find(const struct hii_string_package *package, uint32_t id,
                             struct hii_string_entry *ret_entry);

/* The font that the package calls `number`, which is not 0. */
bool hii_string_package_font(const struct hii_string_package *package, uint8_t number,
                             struct hii_string_entry *ret_font);

/* The first id behind all of the package's; up to HII_STRING_ID_MAX + 1. */
uint32_t hii_string_package_end_id(const struct hii_string_package *package);

/*
 * The bytes of a new package without strings, from the pool, the caller's to free.
 * EFI_OUT_OF_RESOURCES.
 */
EFI_STATUS hii_string_package_new(const char *language, uint8_t **ret_bytes);

/*
 * A copy of the package in which string `id` is `text`, in the font `font` (NULL: as before, or the
 * default one). Bytes from the pool, the caller's to free. EFI_OUT_OF_RESOURCES.
 */
EFI_STATUS hii_string_package_set(const struct hii_string_package *package, uint32_t id,
                                  const CHAR16 *text, const EFI_FONT_INFO *font,
                                  uint8_t **ret_bytes);

/* Says in a package's bytes which string is the language's name. */
void hii_string_package_set_language_name(uint8_t *bytes, uint16_t id);

#endif
