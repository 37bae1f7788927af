#include "shim/hii/hii_string_list.h"

#include <stdbool.h>
#include <stddef.h>

#include "shim/hii/hii_format.h"
#include "shim/memory/pool.h"

/* All of them were read when they came in. */
struct hii_package *hii_string_list_next(const struct hii_package_list *list,
                                         const struct hii_package *package,
                                         struct hii_string_package *ret_strings)
{
    struct hii_package *next = hii_package_next(list, package, HII_PACKAGE_STRINGS);

    if (next)
        hii_string_package_read(&next->view, ret_strings);
    return next;
}

typedef bool (*language_test)(const struct hii_string_package *strings, const char *language);

static bool any_language(const struct hii_string_package *strings, const char *language)
{
    (void)strings;
    (void)language;
    return true;
}

/* String `id` in the first package whose language passes the test. */
static bool find_string(const struct hii_package_list *list, uint16_t id, language_test test,
                        const char *language, struct hii_string_package *ret_strings,
                        struct hii_string_entry *ret_entry)
{
    const struct hii_package *package = NULL;

    while ((package = hii_string_list_next(list, package, ret_strings)))
        if (test(ret_strings, language) && hii_string_package_find(ret_strings, id, ret_entry))
            return true;
    return false;
}

/* A language's own package comes before one that has it as a secondary language. */
EFI_STATUS hii_string_list_find(const struct hii_package_list *list, uint16_t id,
                                const char *language, struct hii_string_package *ret_strings,
                                struct hii_string_entry *ret_entry)
{
    if (find_string(list, id, hii_string_package_speaks, language, ret_strings, ret_entry) ||
        find_string(list, id, hii_string_package_understands, language, ret_strings, ret_entry))
        return EFI_SUCCESS;
    return find_string(list, id, any_language, language, ret_strings, ret_entry)
               ? EFI_INVALID_LANGUAGE
               : EFI_NOT_FOUND;
}

/* An id that no language of the list has used, nor skipped. */
static uint32_t free_id(const struct hii_package_list *list)
{
    uint32_t id = HII_STRING_ID_LANGUAGE_NAME + 1;
    const struct hii_package *package = NULL;
    struct hii_string_package strings;

    while ((package = hii_string_list_next(list, package, &strings)))
        if (hii_string_package_end_id(&strings) > id)
            id = hii_string_package_end_id(&strings);
    return id;
}

struct hii_package *hii_string_list_language(const struct hii_package_list *list,
                                             const char *language,
                                             struct hii_string_package *ret_strings)
{
    struct hii_package *package = NULL;

    do {
        package = hii_string_list_next(list, package, ret_strings);
    } while (package && !hii_string_package_speaks(ret_strings, language));
    return package;
}

static EFI_STATUS set_string(struct hii_package *package, uint32_t id, const CHAR16 *text,
                             const EFI_FONT_INFO *font)
{
    struct hii_string_package strings;
    uint8_t *bytes;
    EFI_STATUS status;

    if (id > HII_STRING_ID_MAX)
        return EFI_OUT_OF_RESOURCES;
    hii_string_package_read(&package->view, &strings);
    status = hii_string_package_set(&strings, id, text, font, &bytes);
    if (status == EFI_SUCCESS)
        hii_package_replace(package, bytes);
    return status;
}

/* The new package is the last one. */
static EFI_STATUS add_language(struct hii_package_list *list, const char *language)
{
    uint8_t *bytes;
    EFI_STATUS status = hii_string_package_new(language, &bytes);
    struct hii_package_view view;

    if (status != EFI_SUCCESS)
        return status;
    hii_package_read(bytes, HII_PACKAGE_BYTES_MAX, &view);
    status = hii_package_append(list, view.type, view.bytes + HII_PACKAGE_HEADER_BYTES,
                                view.size - HII_PACKAGE_HEADER_BYTES);
    pool_free(bytes);
    return status;
}

/* Gives the language a name, where it has none. */
static EFI_STATUS name_language(const struct hii_package_list *list, struct hii_package *package,
                                const struct hii_string_package *strings, const CHAR16 *name)
{
    uint32_t id = HII_STRING_ID_LANGUAGE_NAME;
    EFI_STATUS status;

    if (!name || strings->language_name)
        return EFI_SUCCESS;
    if (hii_string_package_end_id(strings) > id)
        id = free_id(list);
    status = set_string(package, id, name, NULL);
    if (status == EFI_SUCCESS)
        hii_string_package_set_language_name(package->bytes, (uint16_t)id);
    return status;
}

EFI_STATUS hii_string_list_add(struct hii_package_list *list, const char *language,
                               const CHAR16 *language_name, const CHAR16 *text,
                               const EFI_FONT_INFO *font, uint16_t *ret_id)
{
    struct hii_string_package strings;
    struct hii_package *package = hii_string_list_language(list, language, &strings);
    bool is_new = !package;
    EFI_STATUS status = is_new ? add_language(list, language) : EFI_SUCCESS;
    uint32_t id = 0;

    if (status != EFI_SUCCESS)
        return status;
    package = hii_string_list_language(list, language, &strings);
    status = name_language(list, package, &strings, language_name);
    if (status == EFI_SUCCESS) {
        id = free_id(list);
        status = set_string(package, id, text, font);
    }
    if (status == EFI_SUCCESS)
        *ret_id = (uint16_t)id;
    else if (is_new)
        hii_package_delete(package);
    return status;
}

EFI_STATUS hii_string_list_set(struct hii_package_list *list, uint16_t id, const char *language,
                               const CHAR16 *text, const EFI_FONT_INFO *font)
{
    struct hii_string_package strings;
    struct hii_package *package = hii_string_list_language(list, language, &strings);

    if (!package || !id || id >= free_id(list))
        return EFI_NOT_FOUND;
    return set_string(package, id, text, font);
}
