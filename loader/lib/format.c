#include "loader/lib/format.h"

#include <stdbool.h>
#include <stdint.h>

#include "loader/lib/string.h"

/* Counts everything, keeps what fits. */
struct sink {
    char *buffer;
    size_t size;
    size_t length;
};

/*
 * What a conversion's value is in the caller's list. One function reads the list: after a
 * va_list was handed on, its own state is undefined in ISO C.
 */
enum argument {
    ARGUMENT_NONE,
    ARGUMENT_INT,
    ARGUMENT_LONG,
    ARGUMENT_POINTER,
};

/* A width or precision. */
struct count {
    size_t value;
    bool is_argument; /* '*' */
};

struct conversion {
    bool alternate;
    bool zero_padded;
    bool left;
    bool has_precision;
    struct count width;
    struct count precision;
    unsigned int value_bytes;
    char type;
};

#define DIGITS_MAX 20 /* of 2^64 - 1 in decimal */

static void put_char(struct sink *sink, char c)
{
    if (sink->length + 1 < sink->size)
        sink->buffer[sink->length] = c;
    sink->length++;
}

static void put_text(struct sink *sink, const char *text, size_t length)
{
    for (size_t i = 0; i < length; i++)
        put_char(sink, text[i]);
}

static void put_repeated(struct sink *sink, char c, size_t count)
{
    for (size_t i = 0; i < count; i++)
        put_char(sink, c);
}

static void put_field(struct sink *sink, const struct conversion *conversion, const char *prefix,
                      const char *text, size_t length)
{
    size_t prefix_length = strlen(prefix);
    size_t used = prefix_length + length;
    size_t padding = conversion->width.value > used ? conversion->width.value - used : 0;
    bool zeroes = conversion->zero_padded && !conversion->left;

    if (!conversion->left && !zeroes)
        put_repeated(sink, ' ', padding);
    put_text(sink, prefix, prefix_length);
    if (zeroes)
        put_repeated(sink, '0', padding);
    put_text(sink, text, length);
    if (conversion->left)
        put_repeated(sink, ' ', padding);
}

static void put_number(struct sink *sink, const struct conversion *conversion, const char *prefix,
                       uint64_t value, unsigned int base)
{
    const char *digits = conversion->type == 'X' ? "0123456789ABCDEF" : "0123456789abcdef";
    char text[DIGITS_MAX];
    size_t start = sizeof(text);

    do {
        text[--start] = digits[value % base];
        value /= base;
    } while (value != 0);
    put_field(sink, conversion, prefix, text + start, sizeof(text) - start);
}

static void put_string(struct sink *sink, const struct conversion *conversion, const char *text)
{
    struct conversion padded_with_blanks = *conversion;

    padded_with_blanks.zero_padded = false;
    if (text == NULL)
        text = "(null)";
    put_field(sink, &padded_with_blanks, "", text,
              conversion->has_precision ? strnlen(text, conversion->precision.value)
                                        : strlen(text));
}

static struct count read_count(const char **format)
{
    struct count count = {0};

    if (**format == '*') {
        (*format)++;
        count.is_argument = true;
        return count;
    }
    for (; **format >= '0' && **format <= '9'; (*format)++)
        count.value = count.value * 10 + (size_t)(**format - '0');
    return count;
}

static void read_flags(const char **format, struct conversion *conversion)
{
    for (;; (*format)++) {
        if (**format == '#')
            conversion->alternate = true;
        else if (**format == '0')
            conversion->zero_padded = true;
        else if (**format == '-')
            conversion->left = true;
        else
            return;
    }
}

static unsigned int read_value_bytes(const char **format)
{
    unsigned int bytes = sizeof(int);

    for (;; (*format)++) {
        if (**format == 'l' || **format == 'z')
            bytes = sizeof(long);
        else if (**format == 'h' && bytes > 1)
            bytes /= 2;
        else
            return bytes;
    }
}

/* Reads what stands behind a '%' and leaves *format behind the conversion's letter. */
static struct conversion read_conversion(const char **format)
{
    struct conversion conversion = {0};

    read_flags(format, &conversion);
    conversion.width = read_count(format);
    if (**format == '.') {
        (*format)++;
        conversion.has_precision = true;
        conversion.precision = read_count(format);
    }
    conversion.value_bytes = read_value_bytes(format);
    conversion.type = **format;
    if (conversion.type != '\0')
        (*format)++;
    return conversion;
}

static enum argument value_argument(const struct conversion *conversion)
{
    switch (conversion->type) {
    case 'c':
        return ARGUMENT_INT;
    case 'd':
    case 'i':
    case 'u':
    case 'x':
    case 'X':
        return conversion->value_bytes == sizeof(long) ? ARGUMENT_LONG : ARGUMENT_INT;
    case 's':
    case 'p':
        return ARGUMENT_POINTER;
    default:
        return ARGUMENT_NONE;
    }
}

static uint64_t truncate_unsigned(uint64_t value, unsigned int bytes)
{
    unsigned int unused_bits = 64 - 8 * bytes;

    return value << unused_bits >> unused_bits;
}

static void put_signed(struct sink *sink, const struct conversion *conversion, uint64_t value)
{
    unsigned int bits = 8 * conversion->value_bytes;
    bool negative = value >> (bits - 1) & 1;

    if (negative)
        value = -value;
    put_number(sink, conversion, negative ? "-" : "",
               truncate_unsigned(value, conversion->value_bytes), 10);
}

static void put_hex(struct sink *sink, const struct conversion *conversion, uint64_t value)
{
    const char *prefix = conversion->type == 'X' ? "0X" : "0x";

    value = truncate_unsigned(value, conversion->value_bytes);
    put_number(sink, conversion, conversion->alternate && value != 0 ? prefix : "", value, 16);
}

/* False when the conversion is not one of ours; nothing was written then. */
static bool put_conversion(struct sink *sink, const struct conversion *conversion, uint64_t value)
{
    char c = (char)value;

    switch (conversion->type) {
    case '%':
        put_char(sink, '%');
        return true;
    case 'c':
        put_field(sink, conversion, "", &c, 1);
        return true;
    case 's':
        put_string(sink, conversion, (const char *)(uintptr_t)value);
        return true;
    case 'd':
    case 'i':
        put_signed(sink, conversion, value);
        return true;
    case 'u':
        put_number(sink, conversion, "", truncate_unsigned(value, conversion->value_bytes), 10);
        return true;
    case 'x':
    case 'X':
        put_hex(sink, conversion, value);
        return true;
    case 'p':
        put_number(sink, conversion, "0x", value, 16);
        return true;
    default:
        return false;
    }
}

static void take_count(struct count *count, int argument)
{
    count->value = argument < 0 ? 0 : (size_t)argument;
}

size_t format_string_v(char *buffer, size_t size, const char *format, va_list args)
{
    struct sink sink = {.buffer = buffer, .size = size};

    while (*format != '\0') {
        const char *start = format;
        struct conversion conversion;
        enum argument argument;
        uint64_t value = 0;

        if (*format++ != '%') {
            put_char(&sink, *start);
            continue;
        }
        conversion = read_conversion(&format);
        if (conversion.width.is_argument)
            take_count(&conversion.width, va_arg(args, int));
        if (conversion.precision.is_argument)
            take_count(&conversion.precision, va_arg(args, int));
        argument = value_argument(&conversion);
        if (argument == ARGUMENT_INT)
            value = va_arg(args, unsigned int);
        else if (argument == ARGUMENT_LONG)
            value = va_arg(args, unsigned long);
        else if (argument == ARGUMENT_POINTER)
            value = (uintptr_t)va_arg(args, void *);
        if (!put_conversion(&sink, &conversion, value))
            put_text(&sink, start, (size_t)(format - start));
    }
    if (size > 0)
        buffer[sink.length < size ? sink.length : size - 1] = '\0';
    return sink.length;
}

size_t format_string(char *buffer, size_t size, const char *format, ...)
{
    va_list args;
    size_t length;

    va_start(args, format);
    length = format_string_v(buffer, size, format, args);
    va_end(args);
    return length;
}
