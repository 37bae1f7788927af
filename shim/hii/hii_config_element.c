#include "shim/hii/hii_config_element.h"

#include "loader/lib/string.h"

#define SEPARATOR     '&'
#define BYTE_DIGITS   2u
#define CHAR16_DIGITS 4u

/* Does `text`, which may end anywhere, begin with `ascii`? */
static bool begins_with(const CHAR16 *text, const char *ascii)
{
    for (; *ascii; text++, ascii++)
        if (*text != (uint8_t)*ascii)
            return false;
    return true;
}

static size_t element_length(const CHAR16 *text)
{
    size_t length = 0;

    while (text[length] && !begins_with(text + length, "&GUID="))
        length++;
    return length;
}

bool hii_config_take(struct text_slice *rest, const char *key, struct text_slice *ret_value)
{
    size_t key_length = strlen(key);
    struct text_slice value;

    if (rest->length < key_length ||
        !text_slice_equals((struct text_slice){rest->text, key_length}, key))
        return false;
    value = text_slice_behind(*rest, key_length);
    for (size_t i = 0; i < value.length; i++)
        if (value.text[i] == SEPARATOR) {
            *rest = text_slice_behind(value, i + 1);
            value.length = i;
            *ret_value = value;
            return true;
        }
    *rest = text_slice_behind(value, value.length);
    *ret_value = value;
    return true;
}

bool hii_config_element_read(const CHAR16 *text, struct hii_config_element *ret_element)
{
    struct hii_config_element element = {.whole = {text, element_length(text)}};
    struct text_slice rest = element.whole;

    if (!hii_config_take(&rest, "GUID=", &element.guid) ||
        !hii_config_take(&rest, "NAME=", &element.name) ||
        !hii_config_take(&rest, "PATH=", &element.path))
        return false;
    element.body = rest;
    element.header.text = text;
    element.header.length = (size_t)(element.path.text + element.path.length - text);
    *ret_element = element;
    return true;
}

const CHAR16 *hii_config_element_next(const struct hii_config_element *element)
{
    const CHAR16 *end = element->whole.text + element->whole.length;

    return *end ? end + 1 : NULL;
}

bool hii_config_value_is_bytes(struct text_slice value, const void *bytes, size_t count)
{
    const uint8_t *expected = bytes;

    if (value.length / BYTE_DIGITS != count || value.length % BYTE_DIGITS)
        return false;
    for (size_t i = 0; i < count; i++) {
        uint8_t byte;

        if (!text_slice_hex_bytes((struct text_slice){value.text + i * BYTE_DIGITS, BYTE_DIGITS},
                                  &byte, 1) ||
            byte != expected[i])
            return false;
    }
    return true;
}

bool hii_config_value_is_text(struct text_slice value, const CHAR16 *text)
{
    for (; value.length >= CHAR16_DIGITS && *text; text++) {
        uint64_t unit;

        if (!text_slice_hex((struct text_slice){value.text, CHAR16_DIGITS}, &unit) || unit != *text)
            return false;
        value = text_slice_behind(value, CHAR16_DIGITS);
    }
    return !value.length && !*text;
}
