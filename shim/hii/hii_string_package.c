#include "shim/hii/hii_string_package.h"

#include "loader/lib/string.h"
#include "shim/hii/hii_format.h"
#include "shim/text/unicode_case.h"

#define LANGUAGE_OFFSET offsetof(struct hii_string_package_header, language)

/* Duplicates name earlier strings; no chain of them is long in a real package. */
#define DUPLICATES_MAX 16u

bool hii_string_package_read(const struct hii_package_view *view,
                             struct hii_string_package *ret_package)
{
    struct hii_string_package_header header;
    const char *languages = (const char *)view->bytes + LANGUAGE_OFFSET;

    if (view->type != HII_PACKAGE_STRINGS || view->size <= LANGUAGE_OFFSET)
        return false;
    memcpy(&header, view->bytes, sizeof(header));
    if (header.strings_offset > view->size || header.strings_offset <= LANGUAGE_OFFSET)
        return false;
    if (strnlen(languages, header.strings_offset - LANGUAGE_OFFSET) ==
        header.strings_offset - LANGUAGE_OFFSET)
        return false;
    *ret_package = (struct hii_string_package){
        .bytes = view->bytes,
        .size = view->size,
        .strings_offset = header.strings_offset,
        .languages = languages,
        .language_name = header.language_name,
    };
    return true;
}

void hii_string_package_open(const struct hii_string_package *package,
                             struct hii_string_reader *ret_reader)
{
    hii_string_reader_open(ret_reader, package->bytes + package->strings_offset,
                           package->size - package->strings_offset);
}

size_t hii_language_length(const char *languages)
{
    size_t length = 0;

    while (languages[length] && languages[length] != HII_LANGUAGE_SEPARATOR)
        length++;
    return length;
}

/* Is `language` what `languages` begins with? */
static bool language_equal(const char *languages, const char *language)
{
    size_t length = hii_language_length(languages);

    if (strlen(language) != length)
        return false;
    for (size_t i = 0; i < length; i++)
        if (unicode_lower((unsigned char)languages[i]) != unicode_lower((unsigned char)language[i]))
            return false;
    return true;
}

bool hii_string_package_speaks(const struct hii_string_package *package, const char *language)
{
    return language_equal(package->languages, language);
}

bool hii_string_package_understands(const struct hii_string_package *package, const char *language)
{
    const char *languages = package->languages;

    while (!language_equal(languages, language)) {
        languages += hii_language_length(languages);
        if (!*languages++)
            return false;
    }
    return true;
}

static bool find_entry(const struct hii_string_package *package, uint32_t id,
                       struct hii_string_entry *ret_entry)
{
    struct hii_string_reader reader;

    hii_string_package_open(package, &reader);
    while (reader.next_id <= id)
        if (hii_string_next(&reader, ret_entry) != EFI_SUCCESS)
            return false;
    return id && ret_entry->kind != HII_STRING_SKIP;
}

bool hii_string_package_find(const struct hii_string_package *package, uint32_t id,
                             struct hii_string_entry *ret_entry)
{
    for (unsigned int i = 0; i < DUPLICATES_MAX; i++) {
        if (!find_entry(package, id, ret_entry))
            return false;
        if (ret_entry->kind == HII_STRING_TEXT)
            return true;
        if (ret_entry->original >= id)
            return false;
        id = ret_entry->original;
    }
    return false;
}

bool hii_string_package_font(const struct hii_string_package *package, uint8_t number,
                             struct hii_string_entry *ret_font)
{
    struct hii_string_reader reader;

    hii_string_package_open(package, &reader);
    while (hii_string_next(&reader, ret_font) == EFI_SUCCESS)
        if (ret_font->kind == HII_STRING_FONT && ret_font->font == number)
            return true;
    return false;
}

uint32_t hii_string_package_end_id(const struct hii_string_package *package)
{
    struct hii_string_reader reader;
    struct hii_string_entry entry;

    hii_string_package_open(package, &reader);
    while (hii_string_next(&reader, &entry) == EFI_SUCCESS)
        ;
    return reader.next_id;
}
