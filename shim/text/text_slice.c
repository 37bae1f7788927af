#include "shim/text/text_slice.h"

#define GUID_LENGTH    36u
#define HEX_DIGITS_MAX 16u
#define NO_DIGIT       16u

struct text_slice text_slice_behind(struct text_slice slice, size_t units)
{
    return (struct text_slice){.text = slice.text + units, .length = slice.length - units};
}

struct text_slice text_slice_trim(struct text_slice slice)
{
    while (slice.length && slice.text[0] == ' ')
        slice = text_slice_behind(slice, 1);
    while (slice.length && slice.text[slice.length - 1] == ' ')
        slice.length--;
    return slice;
}

bool text_slice_equals(struct text_slice slice, const char *ascii)
{
    for (size_t i = 0; i < slice.length; i++, ascii++)
        if (*ascii == '\0' || slice.text[i] != (uint8_t)*ascii)
            return false;
    return *ascii == '\0';
}

size_t text_slice_find(struct text_slice slice, CHAR16 one, CHAR16 other)
{
    size_t depth = 0;

    for (size_t i = 0; i < slice.length; i++) {
        CHAR16 unit = slice.text[i];

        if (depth == 0 && (unit == one || unit == other))
            return i;
        if (unit == '(')
            depth++;
        else if (unit == ')' && depth)
            depth--;
    }
    return slice.length;
}

bool text_slice_is_balanced(struct text_slice slice)
{
    size_t depth = 0;

    for (size_t i = 0; i < slice.length; i++) {
        if (slice.text[i] == '(')
            depth++;
        else if (slice.text[i] == ')' && depth-- == 0)
            return false;
    }
    return depth == 0;
}

/* NO_DIGIT, which is too large in every base, when it is none. */
static unsigned int digit_value(CHAR16 unit)
{
    if (unit >= '0' && unit <= '9')
        return unit - '0';
    if (unit >= 'A' && unit <= 'F')
        return unit - 'A' + 10;
    if (unit >= 'a' && unit <= 'f')
        return unit - 'a' + 10;
    return NO_DIGIT;
}

static bool read_digits(struct text_slice slice, unsigned int base, uint64_t max,
                        uint64_t *ret_value)
{
    uint64_t value = 0;

    for (size_t i = 0; i < slice.length; i++) {
        unsigned int digit = digit_value(slice.text[i]);

        if (digit >= base || digit > max || value > (max - digit) / base)
            return false;
        value = value * base + digit;
    }
    if (slice.length == 0)
        return false;
    *ret_value = value;
    return true;
}

bool text_slice_integer(struct text_slice slice, uint64_t max, uint64_t *ret_value)
{
    if (slice.length > 2 && slice.text[0] == '0' && (slice.text[1] == 'x' || slice.text[1] == 'X'))
        return read_digits(text_slice_behind(slice, 2), 16, max, ret_value);
    return read_digits(slice, 10, max, ret_value);
}

bool text_slice_hex(struct text_slice slice, uint64_t *ret_value)
{
    return slice.length <= HEX_DIGITS_MAX && read_digits(slice, 16, UINT64_MAX, ret_value);
}

bool text_slice_hex_bytes(struct text_slice slice, uint8_t *ret_bytes, size_t count)
{
    if (slice.length % 2 || slice.length / 2 != count)
        return false;
    for (size_t i = 0; i < count; i++) {
        unsigned int high = digit_value(slice.text[2 * i]);
        unsigned int low = digit_value(slice.text[2 * i + 1]);

        if (high == NO_DIGIT || low == NO_DIGIT)
            return false;
        ret_bytes[i] = (uint8_t)(high << 4 | low);
    }
    return true;
}

/* The next `digits` of a GUID, and the dash behind them unless it ends there. */
static bool read_group(struct text_slice *rest, size_t digits, uint64_t *ret_value)
{
    struct text_slice group = {.text = rest->text, .length = digits};

    if (!text_slice_hex(group, ret_value))
        return false;
    *rest = text_slice_behind(*rest, digits);
    if (rest->length == 0)
        return true;
    if (rest->text[0] != '-')
        return false;
    *rest = text_slice_behind(*rest, 1);
    return true;
}

bool text_slice_guid(struct text_slice slice, EFI_GUID *ret_guid)
{
    static const uint8_t digits[] = {8, 4, 4, 4, 12};
    uint64_t group[5];

    if (slice.length != GUID_LENGTH)
        return false;
    for (size_t i = 0; i < sizeof(digits); i++)
        if (!read_group(&slice, digits[i], &group[i]))
            return false;
    ret_guid->Data1 = (uint32_t)group[0];
    ret_guid->Data2 = (uint16_t)group[1];
    ret_guid->Data3 = (uint16_t)group[2];
    for (unsigned int i = 0; i < 2; i++)
        ret_guid->Data4[i] = (uint8_t)(group[3] >> (8 - 8 * i));
    for (unsigned int i = 0; i < 6; i++)
        ret_guid->Data4[2 + i] = (uint8_t)(group[4] >> (40 - 8 * i));
    return true;
}
