#include "shim/hii/hii_string_block.h"

#include "loader/lib/string.h"
#include "shim/hii/hii_format.h"
#include "shim/hii/scsu.h"

#define ID_END 0x10000u

/* A little-endian number of `bytes` bytes. */
static bool take(struct hii_string_reader *reader, size_t bytes, uint32_t *ret_value)
{
    uint32_t value = 0;

    if (bytes > reader->size - reader->offset)
        return false;
    memcpy(&value, reader->bytes + reader->offset, bytes);
    reader->offset += bytes;
    *ret_value = value;
    return true;
}

static bool measure_ucs2(struct hii_text *text, size_t available)
{
    CHAR16 unit = 1;

    for (text->size = 0; unit; text->size += sizeof(unit)) {
        if (available - text->size < sizeof(unit))
            return false;
        memcpy(&unit, text->bytes + text->size, sizeof(unit));
    }
    text->units = text->size / sizeof(unit);
    return true;
}

static bool measure(struct hii_text *text, size_t available)
{
    if (!text->scsu)
        return measure_ucs2(text, available);
    text->units = scsu_decode(text->bytes, available, NULL, 0, &text->size);
    return text->units;
}

static EFI_STATUS take_text(struct hii_string_reader *reader, struct hii_string_entry *entry)
{
    entry->kind = HII_STRING_TEXT;
    entry->count = 1;
    entry->font = reader->font;
    entry->text.bytes = reader->bytes + reader->offset;
    entry->text.scsu = reader->scsu;
    if (!measure(&entry->text, reader->size - reader->offset))
        return EFI_INVALID_PARAMETER;
    reader->offset += entry->text.size;
    reader->pending--;
    return EFI_SUCCESS;
}

/* 0x10 to 0x17: bit 0 a font, bit 1 several strings, bit 2 UCS-2. */
static EFI_STATUS open_strings(struct hii_string_reader *reader, uint32_t type)
{
    uint32_t font = 0;

    reader->scsu = type < HII_SIBT_STRING_UCS2;
    reader->pending = 1;
    if (type & 1 && !take(reader, 1, &font))
        return EFI_INVALID_PARAMETER;
    if (type & 2 && !take(reader, 2, &reader->pending))
        return EFI_INVALID_PARAMETER;
    reader->font = (uint8_t)font;
    return EFI_SUCCESS;
}

static EFI_STATUS take_font(const uint8_t *block, size_t bytes, struct hii_string_entry *entry)
{
    struct hii_font_block font;

    if (bytes < sizeof(font))
        return EFI_INVALID_PARAMETER;
    memcpy(&font, block, sizeof(font));
    entry->kind = HII_STRING_FONT;
    entry->font = font.font;
    entry->font_size = font.size;
    entry->font_style = font.style;
    entry->text.bytes = block + sizeof(font);
    return measure(&entry->text, bytes - sizeof(font)) ? EFI_SUCCESS : EFI_INVALID_PARAMETER;
}

/* A block that says how long it is; only one of them is known. */
static EFI_STATUS take_extension(struct hii_string_reader *reader, uint32_t type,
                                 struct hii_string_entry *entry)
{
    size_t start = reader->offset - 1;
    size_t length_bytes = (size_t)1 << (type - HII_SIBT_EXT1);
    uint32_t type2;
    uint32_t bytes;

    if (!take(reader, 1, &type2) || !take(reader, length_bytes, &bytes))
        return EFI_INVALID_PARAMETER;
    if (bytes < reader->offset - start || bytes > reader->size - start)
        return EFI_INVALID_PARAMETER;
    reader->offset = start + bytes;
    if (type == HII_SIBT_EXT2 && type2 == HII_SIBT_FONT)
        return take_font(reader->bytes + start, bytes, entry);
    entry->kind = HII_STRING_SKIP;
    return EFI_SUCCESS;
}

static EFI_STATUS take_duplicate(struct hii_string_reader *reader, struct hii_string_entry *entry)
{
    uint32_t original;

    if (!take(reader, sizeof(entry->original), &original))
        return EFI_INVALID_PARAMETER;
    entry->kind = HII_STRING_DUPLICATE;
    entry->original = (uint16_t)original;
    entry->count = 1;
    return EFI_SUCCESS;
}

static EFI_STATUS take_skip(struct hii_string_reader *reader, size_t bytes,
                            struct hii_string_entry *entry)
{
    entry->kind = HII_STRING_SKIP;
    return take(reader, bytes, &entry->count) ? EFI_SUCCESS : EFI_INVALID_PARAMETER;
}

static EFI_STATUS take_block(struct hii_string_reader *reader, uint32_t type,
                             struct hii_string_entry *entry)
{
    switch (type) {
    case HII_SIBT_END:
        return EFI_NOT_FOUND;
    case HII_SIBT_DUPLICATE:
        return take_duplicate(reader, entry);
    case HII_SIBT_SKIP1:
        return take_skip(reader, 1, entry);
    case HII_SIBT_SKIP2:
        return take_skip(reader, 2, entry);
    case HII_SIBT_EXT1:
    case HII_SIBT_EXT2:
    case HII_SIBT_EXT4:
        return take_extension(reader, type, entry);
    default:
        return EFI_INVALID_PARAMETER;
    }
}

void hii_string_reader_open(struct hii_string_reader *reader, const uint8_t *bytes, size_t size)
{
    *reader = (struct hii_string_reader){.bytes = bytes, .size = size, .next_id = 1};
}

/* A block of several strings may hold none. */
static EFI_STATUS take_entry(struct hii_string_reader *reader, struct hii_string_entry *entry)
{
    while (!reader->pending) {
        uint32_t type;
        EFI_STATUS status;

        if (!take(reader, 1, &type))
            return EFI_NOT_FOUND;
        if (type < HII_SIBT_STRING_SCSU || type > HII_SIBT_STRINGS_UCS2_FONT)
            return take_block(reader, type, entry);
        status = open_strings(reader, type);
        if (status != EFI_SUCCESS)
            return status;
    }
    return take_text(reader, entry);
}

EFI_STATUS hii_string_next(struct hii_string_reader *reader, struct hii_string_entry *ret_entry)
{
    struct hii_string_entry entry = {.id = reader->next_id};
    EFI_STATUS status = take_entry(reader, &entry);

    if (status == EFI_SUCCESS && entry.count > ID_END - entry.id)
        status = EFI_INVALID_PARAMETER;
    if (status != EFI_SUCCESS)
        return status;
    reader->next_id += entry.count;
    *ret_entry = entry;
    return EFI_SUCCESS;
}

void hii_text_copy(const struct hii_text *text, CHAR16 *ret_text, size_t capacity)
{
    size_t bytes;

    if (text->scsu)
        scsu_decode(text->bytes, text->size, ret_text, capacity, &bytes);
    else
        memcpy(ret_text, text->bytes,
               (capacity < text->units ? capacity : text->units) * sizeof(*ret_text));
}
