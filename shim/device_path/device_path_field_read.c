#include "shim/device_path/device_path_field.h"

#include "loader/lib/string.h"
#include "shim/device_path/device_path_acpi.h"
#include "shim/device_path/device_path_keyword.h"
#include "shim/device_path/device_path_sas.h"
#include "shim/device_path/ip_text.h"

#define EUI_64_BYTES 8u

struct text_slice node_reader_next(struct node_reader *reader)
{
    struct text_slice parameter = reader->rest;
    size_t length = text_slice_find(parameter, ',', ',');

    reader->more = length < parameter.length;
    reader->rest = text_slice_behind(parameter, reader->more ? length + 1 : length);
    parameter.length = length;
    return parameter;
}

/* Everything that is left, commas and all. */
static struct text_slice take_rest(struct node_reader *reader)
{
    struct text_slice rest = reader->rest;

    reader->rest = text_slice_behind(rest, rest.length);
    reader->more = false;
    return rest;
}

uint8_t *node_reader_at(const struct node_reader *reader, size_t offset)
{
    return reader->nodes->bytes + reader->start + offset;
}

static bool store_ascii(struct text_slice text, uint8_t *bytes)
{
    for (size_t i = 0; i < text.length; i++) {
        if (text.text[i] > UINT8_MAX)
            return false;
        bytes[i] = (uint8_t)text.text[i];
    }
    return true;
}

bool node_reader_add_ascii(struct node_reader *reader, struct text_slice text)
{
    uint8_t *added = byte_builder_add(reader->nodes, text.length);

    return added && store_ascii(text, added);
}

static uint64_t field_max(const struct node_field *field)
{
    return UINT64_MAX >> (64 - 8 * field->bytes);
}

static bool read_integer(const struct node_field *field, struct text_slice text,
                         uint64_t *ret_value)
{
    if (field->flags & FIELD_DEFAULT_0 && text_slice_equals(text, "DEFAULT")) {
        *ret_value = 0;
        return true;
    }
    return text_slice_integer(text, field_max(field), ret_value);
}

static bool take_integer(const struct node_field *field, struct text_slice text, uint8_t *bytes)
{
    uint64_t value;

    if (!read_integer(field, text, &value))
        return false;
    device_path_store(bytes, field->bytes, value);
    return true;
}

/* Hexadecimal digits of an integer, with or without 0x. */
static bool take_digits(const struct node_field *field, struct text_slice text, uint8_t *bytes)
{
    uint64_t value;

    if (!text_slice_hex(text, &value) && !text_slice_integer(text, field_max(field), &value))
        return false;
    device_path_store(bytes, field->bytes, value);
    return true;
}

/* An array is the big-endian number that it looks like: leading zeroes may be missing. */
static bool take_array(const struct node_field *field, struct text_slice text, uint8_t *bytes)
{
    uint64_t value;

    if (!text_slice_integer(text, field_max(field), &value))
        return false;
    for (size_t i = field->bytes; i-- > 0; value >>= 8)
        bytes[i] = (uint8_t)value;
    return true;
}

static bool take_eui_64(struct text_slice text, uint8_t *bytes)
{
    for (size_t i = EUI_64_BYTES; i-- > 0;) {
        struct text_slice octet = {.text = text.text, .length = text_slice_find(text, '-', '-')};

        if (!text_slice_hex_bytes(octet, &bytes[i], 1) || (octet.length < text.length) != (i > 0))
            return false;
        text = text_slice_behind(text, i > 0 ? octet.length + 1 : octet.length);
    }
    return true;
}

static bool take_ipv4(const struct node_field *field, struct node_reader *reader,
                      struct text_slice text, uint8_t *bytes)
{
    EFI_IPv4_ADDRESS address;
    uint16_t port;

    if (!ip_text_read_v4(text, &address, &port) || (port && !field->value))
        return false;
    memcpy(bytes, &address, sizeof(address));
    if (field->value)
        device_path_store(node_reader_at(reader, field->value), sizeof(port), port);
    return true;
}

static bool take_ipv6(const struct node_field *field, struct node_reader *reader,
                      struct text_slice text, uint8_t *bytes)
{
    EFI_IPv6_ADDRESS address;
    uint16_t port;

    if (!ip_text_read_v6(text, &address, &port) || (port && !field->value))
        return false;
    memcpy(bytes, &address, sizeof(address));
    if (field->value)
        device_path_store(node_reader_at(reader, field->value), sizeof(port), port);
    return true;
}

static bool take_guid(struct text_slice text, uint8_t *bytes)
{
    EFI_GUID guid;

    if (!text_slice_guid(text, &guid))
        return false;
    memcpy(bytes, &guid, sizeof(guid));
    return true;
}

/* A missing one: addresses are all zeroes, which is what lies there. */
static bool take_default(const struct node_field *field, uint8_t *bytes)
{
    if (field->kind == FIELD_HEX || field->kind == FIELD_DECIMAL)
        device_path_store(bytes, field->bytes, field->value);
    return field->flags & FIELD_OPTIONAL;
}

/* The parameter `text` to the field at `bytes`. */
static bool take_fixed(const struct node_field *field, struct node_reader *reader,
                       struct text_slice text, uint8_t *bytes)
{
    uint64_t zero;

    switch (field->kind) {
    case FIELD_HEX:
    case FIELD_DECIMAL:
        return take_integer(field, text, bytes);
    case FIELD_DIGITS:
        return take_digits(field, text, bytes);
    case FIELD_GUID:
        return take_guid(text, bytes);
    case FIELD_ARRAY:
        return take_array(field, text, bytes);
    case FIELD_DUMP:
        return text_slice_hex_bytes(text, bytes, field->bytes);
    case FIELD_EUI_64:
        return take_eui_64(text, bytes);
    case FIELD_IPV4:
    case FIELD_IPV4_IN_16:
        return take_ipv4(field, reader, text, bytes);
    case FIELD_IPV6:
        return take_ipv6(field, reader, text, bytes);
    default: /* FIELD_SHOWN_ZERO */
        return text_slice_integer(text, 0, &zero);
    }
}

static bool read_fixed(const struct node_field *field, struct node_reader *reader)
{
    struct text_slice text = text_slice_trim(node_reader_next(reader));
    uint8_t *bytes = node_reader_at(reader, field->offset);

    if (text.length == 0)
        return take_default(field, bytes);
    return take_fixed(field, reader, text, bytes);
}

/* As many as there are; the fixed size of a node may have room for the first. */
static bool read_repeated(const struct node_field *field, struct node_reader *reader)
{
    byte_builder_cut(reader->nodes, reader->start + field->offset);
    while (reader->more) {
        struct text_slice text = text_slice_trim(node_reader_next(reader));
        uint8_t *added = byte_builder_add(reader->nodes, field->bytes);

        if (!added || !take_fixed(field, reader, text, added))
            return false;
    }
    return true;
}

static struct text_slice without_quotes(struct text_slice text)
{
    if (text.length >= 2 && text.text[0] == '"' && text.text[text.length - 1] == '"')
        return (struct text_slice){.text = text.text + 1, .length = text.length - 2};
    return text;
}

static bool add_quoted(struct node_reader *reader, struct text_slice text)
{
    size_t bytes;
    uint8_t *added;

    text = without_quotes(text);
    bytes = text.length * sizeof(CHAR16);
    added = byte_builder_add(reader->nodes, bytes);
    return added && memcpy(added, text.text, bytes);
}

static bool add_dump(struct node_reader *reader, struct text_slice text)
{
    uint8_t *added = byte_builder_add(reader->nodes, text.length / 2);

    return added && text_slice_hex_bytes(text, added, text.length / 2);
}

static bool read_rest(const struct node_field *field, struct node_reader *reader)
{
    struct text_slice text =
        field->flags & FIELD_LAST ? take_rest(reader) : node_reader_next(reader);

    switch (field->kind) {
    case FIELD_REST_DUMP:
        return add_dump(reader, text_slice_trim(text));
    case FIELD_REST_QUOTED:
        return add_quoted(reader, text);
    default:
        return node_reader_add_ascii(reader, text) &&
               byte_builder_add(reader->nodes, field->flags & FIELD_NUL ? 1 : 0);
    }
}

static bool read_ascii(const struct node_field *field, struct node_reader *reader)
{
    struct text_slice text = take_rest(reader);

    return text.length <= field->bytes && store_ascii(text, node_reader_at(reader, field->offset));
}

bool device_path_field_read(const struct node_field *field, struct node_reader *reader)
{
    if (field->flags & FIELD_REPEATED)
        return read_repeated(field, reader);
    switch (field->kind) {
    case FIELD_KEYWORD:
        return device_path_keyword_read(field, reader);
    case FIELD_TOPOLOGY:
        return device_path_topology_read(field, reader);
    case FIELD_EISA_ID:
    case FIELD_ACPI_STRINGS:
    case FIELD_ACPI_UID_STRING:
        return device_path_acpi_read(field, reader);
    case FIELD_ASCII:
        return read_ascii(field, reader);
    case FIELD_ZERO:
        return true;
    case FIELD_REST_DUMP:
    case FIELD_REST_ASCII:
    case FIELD_REST_QUOTED:
        return read_rest(field, reader);
    default:
        return read_fixed(field, reader);
    }
}
