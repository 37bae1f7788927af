#include "shim/hii/hii_string.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "loader/lib/string.h"
#include "shim/hii/hii_database.h"
#include "shim/hii/hii_font_package.h"
#include "shim/hii/hii_format.h"
#include "shim/hii/hii_string_list.h"
#include "shim/memory/pool.h"
#include "shim/protocol/handle.h"

#define SEPARATOR HII_LANGUAGE_SEPARATOR

/* NULL for the default font. */
static EFI_STATUS copy_font_info(const struct hii_string_package *strings, uint8_t number,
                                 EFI_FONT_INFO **ret_font)
{
    struct hii_string_entry font;
    EFI_FONT_INFO *info;
    void *buffer;

    *ret_font = NULL;
    if (!number || !hii_string_package_font(strings, number, &font))
        return EFI_SUCCESS;
    if (pool_alloc(EfiBootServicesData, sizeof(*info) + font.text.size, &buffer) != EFI_SUCCESS)
        return EFI_OUT_OF_RESOURCES;
    info = buffer;
    info->FontStyle = font.font_style;
    info->FontSize = font.font_size;
    memcpy(info->FontName, font.text.bytes, font.text.size);
    *ret_font = info;
    return EFI_SUCCESS;
}

static EFI_STATUS EFIAPI get_string(const EFI_HII_STRING_PROTOCOL *this, const CHAR8 *language,
                                    EFI_HII_HANDLE handle, UINT16 id, CHAR16 *text, UINTN *bytes,
                                    EFI_FONT_INFO **font)
{
    const struct hii_package_list *list = hii_database_find(handle);
    struct hii_string_package strings;
    struct hii_string_entry entry;
    UINTN offered;
    EFI_STATUS status;

    (void)this;
    if (!language || !bytes || (*bytes && !text))
        return EFI_INVALID_PARAMETER;
    status = list ? hii_string_list_find(list, id, (const char *)language, &strings, &entry)
                  : EFI_NOT_FOUND;
    if (status != EFI_SUCCESS)
        return status;
    offered = *bytes;
    *bytes = entry.text.units * sizeof(*text);
    if (offered < *bytes)
        return EFI_BUFFER_TOO_SMALL;
    hii_text_copy(&entry.text, text, entry.text.units);
    return font ? copy_font_info(&strings, entry.font, font) : EFI_SUCCESS;
}

/* A string's font must be one that some package list has. */
static bool font_is_known(const EFI_FONT_INFO *font)
{
    const struct hii_package_list *list = NULL;

    while ((list = hii_database_next(list))) {
        const struct hii_package *package = NULL;

        while ((package = hii_package_next(list, package, HII_PACKAGE_FONTS))) {
            struct hii_font_package fonts;

            if (hii_font_package_read(&package->view, &fonts) && hii_font_package_is(&fonts, font))
                return true;
        }
    }
    return false;
}

static EFI_STATUS EFIAPI new_string(const EFI_HII_STRING_PROTOCOL *this, EFI_HII_HANDLE handle,
                                    UINT16 *id, const CHAR8 *language, const CHAR16 *language_name,
                                    const CHAR16 *text, const EFI_FONT_INFO *font)
{
    struct hii_package_list *list = hii_database_find(handle);

    (void)this;
    if (!id || !language || !text)
        return EFI_INVALID_PARAMETER;
    if (!list)
        return EFI_NOT_FOUND;
    if (font && !font_is_known(font))
        return EFI_INVALID_PARAMETER;
    return hii_string_list_add(list, (const char *)language, language_name, text, font, id);
}

static EFI_STATUS EFIAPI set_string(const EFI_HII_STRING_PROTOCOL *this, EFI_HII_HANDLE handle,
                                    UINT16 id, const CHAR8 *language, const CHAR16 *text,
                                    const EFI_FONT_INFO *font)
{
    struct hii_package_list *list = hii_database_find(handle);

    (void)this;
    if (!language || !text)
        return EFI_INVALID_PARAMETER;
    if (!list)
        return EFI_NOT_FOUND;
    if (font && !font_is_known(font))
        return EFI_INVALID_PARAMETER;
    return hii_string_list_set(list, id, (const char *)language, text, font);
}

/* The primary languages of all packages, each but the last with a separator in place of a NUL. */
static EFI_STATUS EFIAPI get_languages(const EFI_HII_STRING_PROTOCOL *this, EFI_HII_HANDLE handle,
                                       CHAR8 *languages, UINTN *bytes)
{
    const struct hii_package_list *list = hii_database_find(handle);
    const struct hii_package *package = NULL;
    struct hii_string_package strings;
    UINTN needed = 0;
    UINTN offered;

    (void)this;
    if (!bytes || (*bytes && !languages))
        return EFI_INVALID_PARAMETER;
    offered = *bytes;
    while (list && (package = hii_string_list_next(list, package, &strings))) {
        size_t length = hii_language_length(strings.languages);

        if (needed && needed <= offered)
            languages[needed - 1] = SEPARATOR;
        if (needed < offered && length < offered - needed) {
            memcpy(languages + needed, strings.languages, length);
            languages[needed + length] = 0;
        }
        needed += length + 1;
    }
    if (!needed)
        return EFI_NOT_FOUND;
    *bytes = needed;
    return offered < needed ? EFI_BUFFER_TOO_SMALL : EFI_SUCCESS;
}

static EFI_STATUS EFIAPI get_secondary_languages(const EFI_HII_STRING_PROTOCOL *this,
                                                 EFI_HII_HANDLE handle, const CHAR8 *language,
                                                 CHAR8 *languages, UINTN *bytes)
{
    const struct hii_package_list *list = hii_database_find(handle);
    struct hii_string_package strings;
    const char *secondary;
    UINTN offered;

    (void)this;
    if (!language || !bytes || (*bytes && !languages))
        return EFI_INVALID_PARAMETER;
    if (!list)
        return EFI_NOT_FOUND;
    if (!hii_string_list_language(list, (const char *)language, &strings))
        return EFI_INVALID_LANGUAGE;
    secondary = strings.languages + hii_language_length(strings.languages);
    secondary += *secondary == SEPARATOR;
    offered = *bytes;
    *bytes = strlen(secondary) + 1;
    if (offered < *bytes)
        return EFI_BUFFER_TOO_SMALL;
    memcpy(languages, secondary, *bytes);
    return EFI_SUCCESS;
}

static EFI_HII_STRING_PROTOCOL protocol = {
    .NewString = new_string,
    .GetString = get_string,
    .SetString = set_string,
    .GetLanguages = get_languages,
    .GetSecondaryLanguages = get_secondary_languages,
};

EFI_STATUS hii_string_install(EFI_HANDLE *handle)
{
    static const EFI_GUID guid = EFI_HII_STRING_PROTOCOL_GUID;

    return handle_install(handle, &guid, &protocol);
}
