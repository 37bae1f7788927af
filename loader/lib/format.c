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

struct conversion {
    bool alternate;
    bool zero_padded;
    bool left;
    bool has_precision;
    size_t width;
    size_t precision;
    unsigned int argument_bytes;
    char type;
};

/* A va_list of its own type, so that functions can hand it on. */
struct arguments {
    va_list list;
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
    size_t padding = conversion->width > used ? conversion->width - used : 0;
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
              conversion->has_precision ? strnlen(text, conversion->precision) : strlen(text));
}

static size_t read_count(const char **format, struct arguments *arguments)
{
    size_t count = 0;

    if (**format == '*') {
        int argument = va_arg(arguments->list, int);

        (*format)++;
        return argument < 0 ? 0 : (size_t)argument;
    }
    for (; **format >= '0' && **format <= '9'; (*format)++)
        count = count * 10 + (size_t)(**format - '0');
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

static unsigned int read_argument_bytes(const char **format)
{
    unsigned int bytes = sizeof(int);

    for (;; (*format)++) {
        if (**format == 'l' || **format == 'z')
            bytes = sizeof(long);
        else if (**format == 'h')
            bytes /= 2;
        else
            return bytes;
    }
}

/* Reads what stands behind a '%' and leaves *format behind the conversion's letter. */
static struct conversion read_conversion(const char **format, struct arguments *arguments)
{
    struct conversion conversion = {0};

    read_flags(format, &conversion);
    conversion.width = read_count(format, arguments);
    if (**format == '.') {
        (*format)++;
        conversion.has_precision = true;
        conversion.precision = read_count(format, arguments);
    }
    conversion.argument_bytes = read_argument_bytes(format);
    conversion.type = **format;
    if (conversion.type != '\0')
        (*format)++;
    return conversion;
}

static uint64_t read_argument(const struct conversion *conversion, struct arguments *arguments)
{
    if (conversion->argument_bytes == sizeof(long))
        return va_arg(arguments->list, unsigned long);
    return va_arg(arguments->list, unsigned int);
}

static uint64_t truncate_unsigned(uint64_t value, unsigned int bytes)
{
    unsigned int unused_bits = 64 - 8 * bytes;

    return value << unused_bits >> unused_bits;
}

static void put_signed(struct sink *sink, const struct conversion *conversion, uint64_t value)
{
    unsigned int bits = 8 * conversion->argument_bytes;
    bool negative = value >> (bits - 1) & 1;

    if (negative)
        value = -value;
    put_number(sink, conversion, negative ? "-" : "",
               truncate_unsigned(value, conversion->argument_bytes), 10);
}

static void put_hex(struct sink *sink, const struct conversion *conversion, uint64_t value)
{
    const char *prefix = conversion->type == 'X' ? "0X" : "0x";

    value = truncate_unsigned(value, conversion->argument_bytes);
    put_number(sink, conversion, conversion->alternate && value != 0 ? prefix : "", value, 16);
}

/* False when the conversion is not one of ours; nothing was written then. */
static bool put_conversion(struct sink *sink, const struct conversion *conversion,
                           struct arguments *arguments)
{
    char c;

    switch (conversion->type) {
    case '%':
        put_char(sink, '%');
        return true;
    case 'c':
        c = (char)va_arg(arguments->list, int);
        put_field(sink, conversion, "", &c, 1);
        return true;
    case 's':
        put_string(sink, conversion, va_arg(arguments->list, const char *));
        return true;
    case 'd':
    case 'i':
        put_signed(sink, conversion, read_argument(conversion, arguments));
        return true;
    case 'u':
        put_number(
            sink, conversion, "",
            truncate_unsigned(read_argument(conversion, arguments), conversion->argument_bytes),
            10);
        return true;
    case 'x':
    case 'X':
        put_hex(sink, conversion, read_argument(conversion, arguments));
        return true;
    case 'p':
        put_number(sink, conversion, "0x", (uintptr_t)va_arg(arguments->list, void *), 16);
        return true;
    default:
        return false;
    }
}

size_t format_string_v(char *buffer, size_t size, const char *format, va_list args)
{
    struct sink sink = {.buffer = buffer, .size = size};
    struct arguments arguments;

    va_copy(arguments.list, args);
    while (*format != '\0') {
        const char *start = format;
        struct conversion conversion;

        if (*format++ != '%') {
            put_char(&sink, *start);
            continue;
        }
        conversion = read_conversion(&format, &arguments);
        if (!put_conversion(&sink, &conversion, &arguments))
            put_text(&sink, start, (size_t)(format - start));
    }
    va_end(arguments.list);
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
