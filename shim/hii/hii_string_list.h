/*
 * The strings of a package list in the HII database: one id in every language (UEFI 2.10 section
 * 34.3). Boot phase.
 */
#ifndef PVHEFI_SHIM_HII_HII_STRING_LIST_H
#define PVHEFI_SHIM_HII_HII_STRING_LIST_H

#include <stdint.h>

#include <efi.h>

#include "shim/hii/hii_font_info.h"
#include "shim/hii/hii_package.h"
#include "shim/hii/hii_string_package.h"

/* The string package behind `package` (NULL: the first one), NULL behind the last. */
struct hii_package *hii_string_list_next(const struct hii_package_list *list,
                                         const struct hii_package *package,
                                         struct hii_string_package *ret_strings);

/* The package whose primary language it is; NULL when there is none. */
struct hii_package *hii_string_list_language(const struct hii_package_list *list,
                                             const char *language,
                                             struct hii_string_package *ret_strings);

/*
 * String `id` in a language, or in one that has it as a secondary language. EFI_INVALID_LANGUAGE
 * when it is only there in others, EFI_NOT_FOUND.
 */
EFI_STATUS hii_string_list_find(const struct hii_package_list *list, uint16_t id,
                                const char *language, struct hii_string_package *ret_strings,
                                struct hii_string_entry *ret_entry);

/*
 * Adds a string, and with its first one a language, whose printable name may be given. `font` NULL
 * is the default one. EFI_OUT_OF_RESOURCES.
 */
EFI_STATUS hii_string_list_add(struct hii_package_list *list, const char *language,
                               const CHAR16 *language_name, const CHAR16 *text,
                               const EFI_FONT_INFO *font, uint16_t *ret_id);

/*
 * Changes a string, or adds one under an id that another language has. EFI_NOT_FOUND,
 * EFI_OUT_OF_RESOURCES.
 */
EFI_STATUS hii_string_list_set(struct hii_package_list *list, uint16_t id, const char *language,
                               const CHAR16 *text, const EFI_FONT_INFO *font);

#endif
