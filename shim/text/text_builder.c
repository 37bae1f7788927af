#include "shim/text/text_builder.h"

#include "loader/lib/string.h"

#define DECIMAL_DIGITS_MAX 20 /* of 2^64 - 1 */
#define HEX_DIGITS_MAX     16

void text_put(struct text_builder *text, CHAR16 unit)
{
    uint8_t *added = byte_builder_add(&text->bytes, sizeof(unit));

    if (added)
        memcpy(added, &unit, sizeof(unit));
}

void text_put_ascii(struct text_builder *text, const char *ascii)
{
    for (; *ascii; ascii++)
        text_put(text, (uint8_t)*ascii);
}

enum base {
    DECIMAL = 10,
    HEXADECIMAL = 16,
};

static void put_number(struct text_builder *text, uint64_t value, enum base base,
                       unsigned int digits_min)
{
    const uint64_t divisor = base == DECIMAL ? DECIMAL : HEXADECIMAL;
    char digits[DECIMAL_DIGITS_MAX + 1];
    size_t start = sizeof(digits) - 1;

    digits[start] = '\0';
    do {
        digits[--start] = "0123456789ABCDEF"[value % divisor];
        value /= divisor;
    } while (value || sizeof(digits) - 1 - start < digits_min);
    text_put_ascii(text, digits + start);
}

void text_put_decimal(struct text_builder *text, uint64_t value)
{
    put_number(text, value, DECIMAL, 1);
}

void text_put_hex(struct text_builder *text, uint64_t value, unsigned int digits)
{
    put_number(text, value, HEXADECIMAL, digits < HEX_DIGITS_MAX ? digits : HEX_DIGITS_MAX);
}

void text_put_hex_bytes(struct text_builder *text, const uint8_t *bytes, size_t count)
{
    for (size_t i = 0; i < count; i++)
        text_put_hex(text, bytes[i], 2);
}

void text_put_guid(struct text_builder *text, const EFI_GUID *guid)
{
    text_put_hex(text, guid->Data1, 8);
    text_put(text, '-');
    text_put_hex(text, guid->Data2, 4);
    text_put(text, '-');
    text_put_hex(text, guid->Data3, 4);
    text_put(text, '-');
    text_put_hex_bytes(text, guid->Data4, 2);
    text_put(text, '-');
    text_put_hex_bytes(text, guid->Data4 + 2, 6);
}

size_t text_length(const struct text_builder *text)
{
    return text->bytes.size / sizeof(CHAR16);
}

void text_cut(struct text_builder *text, size_t length)
{
    byte_builder_cut(&text->bytes, length * sizeof(CHAR16));
}

struct text_slice text_since(const struct text_builder *text, size_t length)
{
    const CHAR16 *units = (const CHAR16 *)text->bytes.bytes;

    return (struct text_slice){.text = length ? units + length : units,
                               .length = text_length(text) - length};
}

CHAR16 *text_take(struct text_builder *text)
{
    text_put(text, 0);
    return byte_builder_take(&text->bytes);
}

void text_drop(struct text_builder *text)
{
    byte_builder_drop(&text->bytes);
}
