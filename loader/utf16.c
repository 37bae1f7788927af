#include "loader/utf16.h"

#include <stdbool.h>
#include <stdint.h>

#define REPLACEMENT          0xfffd
#define SURROGATE_HIGH_FIRST 0xd800
#define SURROGATE_LOW_FIRST  0xdc00
#define SURROGATE_LAST       0xdfff
#define SUPPLEMENTARY_FIRST  0x10000
#define CODE_POINT_LAST      0x10ffff

/* Room for one character: at most two CHAR16, or four bytes of UTF-8. */
struct utf16_character {
    CHAR16 unit[2];
    size_t units;
};

struct utf8_character {
    char byte[4];
    size_t bytes;
};

static bool is_surrogate(uint32_t code_point)
{
    return code_point >= SURROGATE_HIGH_FIRST && code_point <= SURROGATE_LAST;
}

/* Bytes that a UTF-8 sequence has by its first byte, 0 when none begins with it. */
static size_t utf8_sequence_bytes(uint8_t first)
{
    if (first < 0x80)
        return 1;
    if (first >= 0xc2 && first < 0xe0)
        return 2;
    if (first >= 0xe0 && first < 0xf0)
        return 3;
    if (first >= 0xf0 && first < 0xf5)
        return 4;
    return 0;
}

/* Reads one code point and steps behind it; a malformed byte is stepped over by itself. */
static uint32_t utf8_next(const char **text)
{
    static const uint32_t smallest[] = {0, 0, 0x80, 0x800, SUPPLEMENTARY_FIRST};
    const uint8_t *byte = (const uint8_t *)*text;
    size_t bytes = utf8_sequence_bytes(byte[0]);
    uint32_t code_point = bytes > 1 ? byte[0] & (0x7fU >> bytes) : byte[0];

    (*text)++;
    for (size_t i = 1; i < bytes; i++) {
        if ((byte[i] & 0xc0) != 0x80) /* the NUL, too */
            return REPLACEMENT;
        code_point = code_point << 6 | (byte[i] & 0x3f);
    }
    if (bytes == 0 || code_point < smallest[bytes] || code_point > CODE_POINT_LAST ||
        is_surrogate(code_point))
        return REPLACEMENT;
    *text += bytes - 1;
    return code_point;
}

static struct utf16_character utf16_encode(uint32_t code_point)
{
    uint32_t offset = code_point - SUPPLEMENTARY_FIRST;

    if (code_point < SUPPLEMENTARY_FIRST)
        return (struct utf16_character){.unit = {(CHAR16)code_point}, .units = 1};
    return (struct utf16_character){
        .unit = {(CHAR16)(SURROGATE_HIGH_FIRST + (offset >> 10)),
                 (CHAR16)(SURROGATE_LOW_FIRST + (offset & 0x3ff))},
        .units = 2,
    };
}

size_t utf16_from_utf8(const char *text, CHAR16 *ret_text, size_t capacity)
{
    size_t needed = 1;
    size_t written = 0;

    while (*text != '\0') {
        struct utf16_character character = utf16_encode(utf8_next(&text));

        needed += character.units;
        if (needed > capacity)
            continue;
        for (size_t i = 0; i < character.units; i++)
            ret_text[written++] = character.unit[i];
    }
    if (capacity > 0)
        ret_text[written] = 0;
    return needed;
}

static uint32_t utf16_next(const CHAR16 **text)
{
    uint32_t high = *(*text)++;
    uint32_t low;

    if (!is_surrogate(high))
        return high;
    low = **text;
    if (high >= SURROGATE_LOW_FIRST || low < SURROGATE_LOW_FIRST || low > SURROGATE_LAST)
        return REPLACEMENT;
    (*text)++;
    return SUPPLEMENTARY_FIRST + ((high - SURROGATE_HIGH_FIRST) << 10) +
           (low - SURROGATE_LOW_FIRST);
}

static char utf8_continuation(uint32_t code_point, unsigned int shift)
{
    return (char)(0x80 | (code_point >> shift & 0x3f));
}

static struct utf8_character utf8_encode(uint32_t code_point)
{
    if (code_point < 0x80)
        return (struct utf8_character){.byte = {(char)code_point}, .bytes = 1};
    if (code_point < 0x800)
        return (struct utf8_character){
            .byte = {(char)(0xc0 | code_point >> 6), utf8_continuation(code_point, 0)},
            .bytes = 2,
        };
    if (code_point < SUPPLEMENTARY_FIRST)
        return (struct utf8_character){
            .byte = {(char)(0xe0 | code_point >> 12), utf8_continuation(code_point, 6),
                     utf8_continuation(code_point, 0)},
            .bytes = 3,
        };
    return (struct utf8_character){
        .byte = {(char)(0xf0 | code_point >> 18), utf8_continuation(code_point, 12),
                 utf8_continuation(code_point, 6), utf8_continuation(code_point, 0)},
        .bytes = 4,
    };
}

size_t utf8_from_utf16(const CHAR16 *text, char *ret_text, size_t capacity)
{
    size_t needed = 1;
    size_t written = 0;

    while (*text != 0) {
        struct utf8_character character = utf8_encode(utf16_next(&text));

        needed += character.bytes;
        if (needed > capacity)
            continue;
        for (size_t i = 0; i < character.bytes; i++)
            ret_text[written++] = character.byte[i];
    }
    if (capacity > 0)
        ret_text[written] = '\0';
    return needed;
}

size_t utf16_length(const CHAR16 *text, size_t limit)
{
    size_t length = 0;

    while (length < limit && text[length] != 0)
        length++;
    return length;
}
