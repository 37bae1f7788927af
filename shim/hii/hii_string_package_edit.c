/* Packages are rewritten as a whole: the blocks that come out are of the plainest kinds. */
#include "loader/lib/string.h"
#include "loader/utf16.h"
#include "shim/hii/hii_format.h"
#include "shim/hii/hii_string_package.h"
#include "shim/memory/pool.h"
#include "shim/text/byte_builder.h"

#define DEFAULT_FONT 0u
#define FONT_LAST    0xffu

static void put(struct byte_builder *out, const void *bytes, size_t size)
{
    uint8_t *to = byte_builder_add(out, size);

    if (to)
        memcpy(to, bytes, size);
}

static void put_byte(struct byte_builder *out, uint8_t byte)
{
    put(out, &byte, sizeof(byte));
}

static void put_skip(struct byte_builder *out, uint32_t count)
{
    uint16_t count16 = (uint16_t)count;

    if (!count)
        return;
    put_byte(out, HII_SIBT_SKIP2);
    put(out, &count16, sizeof(count16));
}

/* By way of aligned memory: the bytes of a package are not. */
static void put_decoded(struct byte_builder *out, const struct hii_text *text)
{
    size_t bytes = text->units * sizeof(CHAR16);
    void *units;

    if (pool_alloc(EfiBootServicesData, bytes, &units) != EFI_SUCCESS) {
        out->failed = true;
        return;
    }
    hii_text_copy(text, units, text->units);
    put(out, units, bytes);
    pool_free(units);
}

static void put_text(struct byte_builder *out, const struct hii_text *text, uint8_t font)
{
    put_byte(out, font == DEFAULT_FONT ? HII_SIBT_STRING_UCS2 : HII_SIBT_STRING_UCS2_FONT);
    if (font != DEFAULT_FONT)
        put_byte(out, font);
    put_decoded(out, text);
}

static void put_font(struct byte_builder *out, const struct hii_string_entry *font)
{
    struct hii_font_block block = {
        .type = HII_SIBT_EXT2,
        .type2 = HII_SIBT_FONT,
        .bytes = (uint16_t)(sizeof(block) + font->text.units * sizeof(CHAR16)),
        .font = font->font,
        .size = font->font_size,
        .style = font->font_style,
    };

    if (font->text.units > (UINT16_MAX - sizeof(block)) / sizeof(CHAR16)) {
        out->failed = true;
        return;
    }
    put(out, &block, sizeof(block));
    put_decoded(out, &font->text);
}

/* Ends a package: its last block, and its length in its first bytes. */
static EFI_STATUS finish(struct byte_builder *out, uint8_t **ret_bytes)
{
    uint32_t header = hii_package_header(HII_PACKAGE_STRINGS, (uint32_t)out->size + 1);

    put_byte(out, HII_SIBT_END);
    if (!out->failed)
        memcpy(out->bytes, &header, sizeof(header));
    *ret_bytes = byte_builder_take(out);
    return *ret_bytes ? EFI_SUCCESS : EFI_OUT_OF_RESOURCES;
}

EFI_STATUS hii_string_package_new(const char *language, uint8_t **ret_bytes)
{
    struct byte_builder out = BYTE_BUILDER(HII_PACKAGE_BYTES_MAX);
    struct hii_string_package_header header = {0};

    header.header_bytes = (uint32_t)(sizeof(header) + strnlen(language, HII_PACKAGE_BYTES_MAX) + 1);
    header.strings_offset = header.header_bytes;
    put(&out, &header, sizeof(header));
    put(&out, language, header.header_bytes - sizeof(header));
    return finish(&out, ret_bytes);
}

/* What goes in for a string: the new text for one id, for each other one what was there. */
struct edit {
    struct byte_builder out;
    const struct hii_string_package *package;
    uint32_t id;
    struct hii_text text;
    uint8_t font;
    bool done;
};

static void put_new_text(struct edit *edit)
{
    put_text(&edit->out, &edit->text, edit->font);
    edit->done = true;
}

static void put_old_text(struct edit *edit, uint32_t id)
{
    struct hii_string_entry entry;

    if (hii_string_package_find(edit->package, id, &entry))
        put_text(&edit->out, &entry.text, entry.font);
    else
        put_skip(&edit->out, 1);
}

static void put_skipped(struct edit *edit, const struct hii_string_entry *entry)
{
    uint32_t before = edit->id - entry->id;

    if (edit->done || edit->id < entry->id || before >= entry->count) {
        put_skip(&edit->out, entry->count);
        return;
    }
    put_skip(&edit->out, before);
    put_new_text(edit);
    put_skip(&edit->out, entry->count - before - 1);
}

static void put_entry(struct edit *edit, const struct hii_string_entry *entry)
{
    if (entry->kind == HII_STRING_FONT)
        put_font(&edit->out, entry);
    else if (entry->kind == HII_STRING_SKIP)
        put_skipped(edit, entry);
    else if (entry->id == edit->id)
        put_new_text(edit);
    else if (entry->kind == HII_STRING_TEXT)
        put_text(&edit->out, &entry->text, entry->font);
    else
        put_old_text(edit, entry->id);
}

static struct hii_text text_of(const CHAR16 *text)
{
    size_t units = utf16_length(text, HII_PACKAGE_BYTES_MAX) + 1;

    return (struct hii_text){
        .bytes = (const uint8_t *)text,
        .size = units * sizeof(*text),
        .units = units,
    };
}

static bool is_font(const struct hii_string_entry *font, const EFI_FONT_INFO *info,
                    const struct hii_text *name)
{
    return font->font_size == info->FontSize && font->font_style == info->FontStyle &&
           font->text.size == name->size && !memcmp(font->text.bytes, name->bytes, name->size);
}

/* The number that the package has for a font, or a new one. */
static void choose_font(struct edit *edit, const EFI_FONT_INFO *info)
{
    struct hii_string_entry font = {
        .font_size = info->FontSize,
        .font_style = info->FontStyle,
        .text = text_of(info->FontName),
    };
    struct hii_string_reader reader;
    struct hii_string_entry entry;

    hii_string_package_open(edit->package, &reader);
    while (hii_string_next(&reader, &entry) == EFI_SUCCESS) {
        if (entry.kind != HII_STRING_FONT)
            continue;
        edit->font = entry.font;
        if (is_font(&entry, info, &font.text))
            return;
        if (entry.font > font.font)
            font.font = entry.font;
    }
    if (font.font == FONT_LAST) {
        edit->out.failed = true;
        return;
    }
    edit->font = ++font.font;
    put_font(&edit->out, &font);
}

static void put_entries(struct edit *edit)
{
    struct hii_string_reader reader;
    struct hii_string_entry entry;

    hii_string_package_open(edit->package, &reader);
    while (hii_string_next(&reader, &entry) == EFI_SUCCESS)
        put_entry(edit, &entry);
    if (edit->done)
        return;
    put_skip(&edit->out, edit->id - reader.next_id);
    put_new_text(edit);
}

EFI_STATUS hii_string_package_set(const struct hii_string_package *package, uint32_t id,
                                  const CHAR16 *text, const EFI_FONT_INFO *font,
                                  uint8_t **ret_bytes)
{
    struct edit edit = {
        .out = BYTE_BUILDER(HII_PACKAGE_BYTES_MAX),
        .package = package,
        .id = id,
        .text = text_of(text),
    };
    struct hii_string_entry old;

    put(&edit.out, package->bytes, package->strings_offset);
    if (font)
        choose_font(&edit, font);
    else if (hii_string_package_find(package, id, &old))
        edit.font = old.font;
    put_entries(&edit);
    return finish(&edit.out, ret_bytes);
}

void hii_string_package_set_language_name(uint8_t *bytes, uint16_t id)
{
    memcpy(bytes + offsetof(struct hii_string_package_header, language_name), &id, sizeof(id));
}
