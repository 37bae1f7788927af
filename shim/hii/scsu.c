#include "shim/hii/scsu.h"

#include <stdbool.h>

#define WINDOWS 8u

/* Bytes that are no characters, in single-byte mode. */
enum single_byte_tag {
    SQ0 = 0x01, /* 8 of them: one character of window n */
    SDX = 0x0b, /* define a window beyond U+FFFF */
    SQU = 0x0e, /* one UTF-16 unit */
    SCU = 0x0f, /* Unicode mode from here on */
    SC0 = 0x10, /* 8 of them: switch to window n */
    SD0 = 0x18, /* 8 of them: define window n and switch to it */
};

/* And in Unicode mode, where they would begin a private character. */
enum unicode_tag {
    UC0 = 0xe0, /* 8 of them: single-byte mode with window n */
    UD0 = 0xe8, /* 8 of them: the same with a new window n */
    UQU = 0xf0, /* one UTF-16 unit */
    UDX = 0xf1,
    UNICODE_TAG_LAST = 0xf2, /* reserved */
};

static const uint32_t static_windows[WINDOWS] = {0x0000, 0x0080, 0x0100, 0x0300,
                                                 0x2000, 0x2080, 0x2100, 0x3000};

struct decoder {
    const uint8_t *bytes;
    size_t size;
    size_t offset;
    CHAR16 *text;
    size_t capacity;
    size_t units;
    uint32_t windows[WINDOWS];
    unsigned int window;
    bool unicode;
    bool ended;
    bool failed;
};

static unsigned int take(struct decoder *decoder)
{
    if (decoder->offset == decoder->size) {
        decoder->failed = true;
        return 0;
    }
    return decoder->bytes[decoder->offset++];
}

static unsigned int take_unit(struct decoder *decoder)
{
    unsigned int high = take(decoder);

    return high << 8 | take(decoder);
}

static void put_unit(struct decoder *decoder, unsigned int unit)
{
    if (decoder->units < decoder->capacity)
        decoder->text[decoder->units] = (CHAR16)unit;
    decoder->units++;
    decoder->ended = !unit;
}

static void put(struct decoder *decoder, uint32_t character)
{
    if (character < 0x10000) {
        put_unit(decoder, character);
        return;
    }
    put_unit(decoder, 0xd800 + ((character - 0x10000) >> 10));
    put_unit(decoder, 0xdc00 + ((character - 0x10000) & 0x3ff));
}

/* Table 3 of the standard: one byte for the places where scripts begin. */
static void define_window(struct decoder *decoder, unsigned int window, unsigned int place)
{
    static const uint16_t special[] = {0x00c0, 0x0250, 0x0370, 0x0530, 0x3040, 0x30a0, 0xff60};
    uint32_t start = 0;

    if (place >= 0x01 && place <= 0x67)
        start = place * 0x80;
    else if (place >= 0x68 && place <= 0xa7)
        start = place * 0x80 + 0xac00;
    else if (place >= 0xf9)
        start = special[place - 0xf9];
    else
        decoder->failed = true;
    decoder->windows[window] = start;
    decoder->window = window;
    decoder->unicode = false;
}

static void define_extended_window(struct decoder *decoder)
{
    unsigned int place = take_unit(decoder);

    decoder->window = place >> 13;
    decoder->windows[decoder->window] = 0x10000 + 0x80 * (place & 0x1fff);
    decoder->unicode = false;
}

/* One character of a window: the lower half is a static one, the upper a dynamic one. */
static void quote(struct decoder *decoder, unsigned int window)
{
    unsigned int byte = take(decoder);

    put(decoder,
        byte < 0x80 ? static_windows[window] + byte : decoder->windows[window] + byte - 0x80);
}

static void step_single(struct decoder *decoder)
{
    unsigned int byte = take(decoder);

    if (byte >= 0x80)
        put(decoder, decoder->windows[decoder->window] + byte - 0x80);
    else if (byte >= 0x20 || byte == 0x00 || byte == '\t' || byte == '\n' || byte == '\r')
        put(decoder, byte);
    else if (byte < SQ0 + WINDOWS)
        quote(decoder, byte - SQ0);
    else if (byte == SDX)
        define_extended_window(decoder);
    else if (byte == SQU)
        put(decoder, take_unit(decoder));
    else if (byte == SCU)
        decoder->unicode = true;
    else if (byte >= SD0)
        define_window(decoder, byte - SD0, take(decoder));
    else if (byte >= SC0)
        decoder->window = byte - SC0;
    else
        decoder->failed = true;
}

static void step_unicode(struct decoder *decoder)
{
    unsigned int byte = take(decoder);

    if (byte < UC0 || byte > UNICODE_TAG_LAST) {
        put(decoder, byte << 8 | take(decoder));
    } else if (byte < UD0) {
        decoder->window = byte - UC0;
        decoder->unicode = false;
    } else if (byte < UQU) {
        define_window(decoder, byte - UD0, take(decoder));
    } else if (byte == UQU) {
        put(decoder, take_unit(decoder));
    } else if (byte == UDX) {
        define_extended_window(decoder);
    } else {
        decoder->failed = true;
    }
}

size_t scsu_decode(const uint8_t *bytes, size_t size, CHAR16 *ret_text, size_t capacity,
                   size_t *ret_bytes)
{
    struct decoder decoder = {
        .bytes = bytes,
        .size = size,
        .text = ret_text,
        .capacity = capacity,
        .windows = {0x0080, 0x00c0, 0x0400, 0x0600, 0x0900, 0x3040, 0x30a0, 0xff00},
    };

    while (!decoder.ended && !decoder.failed) {
        if (decoder.unicode)
            step_unicode(&decoder);
        else
            step_single(&decoder);
    }
    if (decoder.failed)
        return 0;
    *ret_bytes = decoder.offset;
    return decoder.units;
}
