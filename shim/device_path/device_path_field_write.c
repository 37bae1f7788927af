#include "shim/device_path/device_path_field.h"

#include "loader/lib/string.h"
#include "shim/device_path/device_path_acpi.h"
#include "shim/device_path/device_path_keyword.h"
#include "shim/device_path/device_path_sas.h"
#include "shim/device_path/ip_text.h"

#define EUI_64_BYTES 8u
#define IPV4_BYTES   4u

void node_writer_next(struct node_writer *writer)
{
    if (writer->separate)
        text_put(writer->text, ',');
    writer->separate = true;
}

/* Control characters, those of Latin-1 too, could tell a terminal to do something. */
static bool is_printable(uint64_t unit)
{
    return unit >= 0x20 && (unit < 0x7f || unit >= 0xa0);
}

/* Is a string, as it was written, read again as the same one? */
static bool is_delimited(struct text_slice written, bool commas)
{
    return text_slice_is_balanced(written) &&
           (commas || text_slice_find(written, ',', ',') == written.length);
}

bool node_writer_put_string(struct node_writer *writer, struct node_string string)
{
    size_t start = text_length(writer->text);

    for (size_t i = 0; i < string.count; i++) {
        uint64_t unit = device_path_load(string.bytes + i * string.width, string.width);

        if (unit == 0)
            break;
        if (!is_printable(unit) && !writer->display)
            return false;
        text_put(writer->text, is_printable(unit) ? (CHAR16)unit : '?');
    }
    return writer->display || writer->text->bytes.failed ||
           is_delimited(text_since(writer->text, start), string.commas);
}

static bool is_zero(const uint8_t *bytes, size_t count)
{
    while (count-- > 0)
        if (bytes[count])
            return false;
    return true;
}

/* Is there nothing behind a string's NUL? */
static bool is_padded(const uint8_t *bytes, size_t count)
{
    size_t length = strnlen((const char *)bytes, count);

    return is_zero(bytes + length, count - length);
}

static bool is_reserved(const struct node_field *field, const uint8_t *bytes)
{
    if (field->value)
        return (device_path_load(bytes, field->bytes) & field->value) == 0;
    return is_zero(bytes, field->bytes);
}

static void put_decimal(struct text_builder *text, uint64_t value, unsigned int flags)
{
    if (value == 0 && flags & FIELD_DEFAULT_0)
        text_put_ascii(text, "DEFAULT");
    else
        text_put_decimal(text, value);
}

static void put_eui_64(struct text_builder *text, const uint8_t *bytes)
{
    for (unsigned int i = EUI_64_BYTES; i-- > 0;) {
        text_put_hex(text, bytes[i], 2);
        if (i > 0)
            text_put(text, '-');
    }
}

static uint16_t port_of(const struct node_field *field, const uint8_t *node)
{
    return field->value ? (uint16_t)device_path_load(node + field->value, sizeof(uint16_t)) : 0;
}

static void put_ipv4(struct text_builder *text, const uint8_t *bytes, uint16_t port)
{
    EFI_IPv4_ADDRESS address;

    memcpy(&address, bytes, sizeof(address));
    ip_text_put_v4(text, &address, port);
}

static void put_ipv6(struct text_builder *text, const uint8_t *bytes, uint16_t port)
{
    EFI_IPv6_ADDRESS address;

    memcpy(&address, bytes, sizeof(address));
    ip_text_put_v6(text, &address, port);
}

static void put_guid(struct text_builder *text, const uint8_t *bytes)
{
    EFI_GUID guid;

    memcpy(&guid, bytes, sizeof(guid));
    text_put_guid(text, &guid);
}

static void put_hex_0x(struct text_builder *text, uint64_t value, unsigned int digits)
{
    text_put_ascii(text, "0x");
    text_put_hex(text, value, digits);
}

static struct node_string string_of(const struct node_field *field, const uint8_t *bytes,
                                    size_t count, size_t width)
{
    return (struct node_string){
        .bytes = bytes, .count = count, .width = width, .commas = field->flags & FIELD_LAST};
}

/* A parameter of fixed size at `bytes`. */
static bool put_fixed(const struct node_field *field, const uint8_t *bytes,
                      struct node_writer *writer)
{
    struct text_builder *text = writer->text;

    switch (field->kind) {
    case FIELD_HEX:
        put_hex_0x(text, device_path_load(bytes, field->bytes),
                   field->flags & FIELD_PADDED ? 2u * field->bytes : 1);
        return true;
    case FIELD_DECIMAL:
        put_decimal(text, device_path_load(bytes, field->bytes), field->flags);
        return true;
    case FIELD_DIGITS:
        text_put_hex(text, device_path_load(bytes, field->bytes), 2u * field->bytes);
        return true;
    case FIELD_GUID:
        put_guid(text, bytes);
        return true;
    case FIELD_ARRAY:
        text_put_ascii(text, "0x");
        text_put_hex_bytes(text, bytes, field->bytes);
        return true;
    case FIELD_DUMP:
        text_put_hex_bytes(text, bytes, field->bytes);
        return true;
    case FIELD_EUI_64:
        put_eui_64(text, bytes);
        return true;
    case FIELD_IPV4:
        put_ipv4(text, bytes, port_of(field, writer->node.bytes));
        return true;
    case FIELD_IPV4_IN_16:
        put_ipv4(text, bytes, 0);
        return is_zero(bytes + IPV4_BYTES, field->bytes - IPV4_BYTES);
    case FIELD_IPV6:
        put_ipv6(text, bytes, port_of(field, writer->node.bytes));
        return true;
    case FIELD_ASCII:
        return is_padded(bytes, field->bytes) &&
               node_writer_put_string(writer, string_of(field, bytes, field->bytes, 1));
    default: /* FIELD_SHOWN_ZERO */
        text_put(text, '0');
        return is_zero(bytes, field->bytes);
    }
}

/* Whatever reaches to the node's end. */
static bool put_rest(const struct node_field *field, struct node_writer *writer)
{
    const uint8_t *bytes = writer->node.bytes + field->offset;
    size_t count = writer->node.length - field->offset;
    bool ok;

    if (field->kind == FIELD_REST_DUMP) {
        if (count)
            node_writer_next(writer);
        text_put_hex_bytes(writer->text, bytes, count);
        return true;
    }
    node_writer_next(writer);
    if (field->kind == FIELD_REST_ASCII)
        return node_writer_put_string(writer, string_of(field, bytes, count, 1));
    if (count % sizeof(CHAR16))
        return false;
    text_put(writer->text, '"');
    ok = node_writer_put_string(writer,
                                string_of(field, bytes, count / sizeof(CHAR16), sizeof(CHAR16)));
    text_put(writer->text, '"');
    return ok;
}

static bool put_repeated(const struct node_field *field, struct node_writer *writer)
{
    struct node_view node = writer->node;

    if ((node.length - field->offset) % field->bytes)
        return false;
    for (size_t offset = field->offset; offset < node.length; offset += field->bytes) {
        node_writer_next(writer);
        if (!put_fixed(field, node.bytes + offset, writer))
            return false;
    }
    return true;
}

bool device_path_field_write(const struct node_field *field, struct node_writer *writer)
{
    if (writer->display && field->flags & FIELD_LONG)
        return true;
    if (field->flags & FIELD_REPEATED)
        return put_repeated(field, writer);
    switch (field->kind) {
    case FIELD_KEYWORD:
        return device_path_keyword_write(field, writer);
    case FIELD_TOPOLOGY:
        return device_path_topology_write(field, writer);
    case FIELD_EISA_ID:
    case FIELD_ACPI_STRINGS:
    case FIELD_ACPI_UID_STRING:
    case FIELD_ACPI_EITHER:
        return device_path_acpi_write(field, writer);
    case FIELD_ZERO:
        return is_reserved(field, writer->node.bytes + field->offset);
    case FIELD_REST_DUMP:
    case FIELD_REST_ASCII:
    case FIELD_REST_QUOTED:
        return put_rest(field, writer);
    default:
        node_writer_next(writer);
        return put_fixed(field, writer->node.bytes + field->offset, writer);
    }
}
