/*
 * The input is a package list behind its header. Whatever strings it has are read in both ways, and
 * one is changed: the others must come out as they were.
 */
#include "shim/hii/hii_package_list.h"

#include <stdlib.h>
#include <string.h>

#include "shim/hii/hii_font_package.h"
#include "shim/hii/hii_format.h"
#include "shim/hii/hii_keyboard_package.h"
#include "shim/hii/hii_string_package.h"
#include "shim/memory/pool.h"
#include "tests/fuzz/fuzz.h"
#include "tests/unit/fake_memory.h"

/* Reading from the start for each one takes as long as it sounds. */
#define IDS_MAX 64u

static bool is_inside(const struct hii_text *text, const uint8_t *bytes, size_t size)
{
    size_t offset = (size_t)(text->bytes - bytes);

    return offset <= size && text->size <= size - offset;
}

static CHAR16 *decode(const struct hii_text *text)
{
    CHAR16 *units = malloc(text->units * sizeof(*units));

    hii_text_copy(text, units, text->units);
    REQUIRE(units[text->units - 1] == 0);
    for (size_t i = 0; i + 1 < text->units; i++)
        REQUIRE(units[i] != 0);
    return units;
}

static void check_entries(const struct hii_string_package *package)
{
    struct hii_string_reader reader;
    struct hii_string_entry entry;
    uint32_t id = 1;

    hii_string_package_open(package, &reader);
    while (hii_string_next(&reader, &entry) == EFI_SUCCESS) {
        REQUIRE(entry.id == id);
        id += entry.count;
        if (entry.kind == HII_STRING_TEXT || entry.kind == HII_STRING_FONT) {
            REQUIRE(is_inside(&entry.text, package->bytes, package->size));
            free(decode(&entry.text));
        }
    }
    REQUIRE(id <= HII_STRING_ID_MAX + 1 && id == hii_string_package_end_id(package));
}

static void check_same_string(const struct hii_string_package *a,
                              const struct hii_string_package *b, uint32_t id)
{
    struct hii_string_entry one;
    struct hii_string_entry other;
    bool found = hii_string_package_find(a, id, &one);
    CHAR16 *text;
    CHAR16 *other_text;

    REQUIRE(hii_string_package_find(b, id, &other) == found);
    if (!found)
        return;
    REQUIRE(one.text.units == other.text.units && one.font == other.font);
    text = decode(&one.text);
    other_text = decode(&other.text);
    REQUIRE(!memcmp(text, other_text, one.text.units * sizeof(*text)));
    free(text);
    free(other_text);
}

static void check_change(const struct hii_string_package *package, uint32_t changed)
{
    static const CHAR16 text[] = u"changed";
    struct hii_string_package after;
    struct hii_string_entry entry;
    struct hii_package_view view;
    uint8_t *bytes;

    if (hii_string_package_set(package, changed, text, NULL, &bytes) != EFI_SUCCESS)
        return;
    REQUIRE(hii_package_read(bytes, HII_PACKAGE_BYTES_MAX, &view));
    REQUIRE(hii_string_package_read(&view, &after));
    check_entries(&after);
    for (uint32_t id = 1; id <= IDS_MAX; id++)
        if (id != changed)
            check_same_string(package, &after, id);
    REQUIRE(hii_string_package_find(&after, changed, &entry));
    REQUIRE(entry.text.size == sizeof(text) && !memcmp(entry.text.bytes, text, sizeof(text)));
    pool_free(bytes);
}

static void check_package(const struct hii_package_view *view)
{
    struct hii_string_package strings;
    struct hii_font_package font;
    struct hii_keyboard_layout layout;
    uint32_t offset = 0;

    if (hii_string_package_read(view, &strings)) {
        check_entries(&strings);
        check_change(&strings, 1 + view->size % IDS_MAX);
    }
    if (hii_font_package_read(view, &font))
        REQUIRE(font.name + font.name_bytes <= view->bytes + view->size);
    while (hii_keyboard_next(view, &offset, &layout))
        REQUIRE(layout.bytes + layout.size <= view->bytes + view->size);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static bool has_memory;
    struct hii_package_list_header header = {.bytes = (uint32_t)(sizeof(header) + size)};
    uint8_t *list = malloc(header.bytes);
    struct hii_package_list_walk walk;
    struct hii_package_view view;

    if (!has_memory)
        fake_memory_init();
    has_memory = true;
    memcpy(list, &header, sizeof(header));
    memcpy(list + sizeof(header), data, size);
    REQUIRE(hii_package_list_open(list, &walk));
    while (hii_package_list_next(&walk, &view) == EFI_SUCCESS) {
        REQUIRE(view.bytes >= list && view.bytes + view.size <= list + header.bytes);
        check_package(&view);
    }
    REQUIRE(fake_memory_used_pages() == 0);
    free(list);
    return 0;
}
