#include "shim/device_path/device_path_acpi.h"

#include <stdint.h>

#define EISA_LETTERS     3u
#define EISA_DIGITS      4u
#define EISA_LETTER_BITS 5u
#define EISA_LETTER_MASK 0x1fu

#define ACPI_EX_STRINGS 16 /* where they begin */

static unsigned int eisa_letter(uint32_t id, unsigned int index)
{
    return id >> (EISA_LETTERS - 1 - index) * EISA_LETTER_BITS & EISA_LETTER_MASK;
}

static bool is_eisa_id(uint32_t id)
{
    for (unsigned int i = 0; i < EISA_LETTERS; i++)
        if (eisa_letter(id, i) < 1 || eisa_letter(id, i) > 26)
            return false;
    return !(id & 1u << EISA_LETTERS * EISA_LETTER_BITS);
}

/* What is no EISA ID is written as an integer, 0 among it. */
static void put_eisa_id(struct text_builder *text, uint32_t id)
{
    if (id == 0) {
        text_put(text, '0');
    } else if (!is_eisa_id(id)) {
        text_put_ascii(text, "0x");
        text_put_hex(text, id, 8);
    } else {
        for (unsigned int i = 0; i < EISA_LETTERS; i++)
            text_put(text, (CHAR16)('A' - 1 + eisa_letter(id, i)));
        text_put_hex(text, id >> 16, EISA_DIGITS);
    }
}

static bool read_eisa_id(struct text_slice text, uint32_t *ret_id)
{
    uint64_t number;
    uint32_t letters = 0;

    if (text_slice_integer(text, UINT32_MAX, &number)) {
        *ret_id = (uint32_t)number;
        return true;
    }
    if (text.length != EISA_LETTERS + EISA_DIGITS)
        return false;
    for (unsigned int i = 0; i < EISA_LETTERS; i++) {
        uint32_t letter = text.text[i] & ~0x20u; /* in either case */

        if (letter < 'A' || letter > 'Z')
            return false;
        letters = letters << EISA_LETTER_BITS | (letter - 'A' + 1);
    }
    if (!text_slice_hex(text_slice_behind(text, EISA_LETTERS), &number))
        return false;
    *ret_id = (uint32_t)number << 16 | letters;
    return true;
}

/* A string of the node; empty when there are not as many. */
static struct node_view acpi_string(struct node_view node, uint32_t index)
{
    size_t start = ACPI_EX_STRINGS;

    for (;; index--) {
        size_t end = start;

        while (end < node.length && node.bytes[end])
            end++;
        if (index == 0)
            return (struct node_view){.bytes = node.bytes + start, .length = end - start};
        start = end < node.length ? end + 1 : end;
    }
}

static bool put_string(struct node_writer *writer, enum acpi_string index)
{
    struct node_view string = acpi_string(writer->node, index);

    node_writer_next(writer);
    return node_writer_put_string(
        writer, (struct node_string){.bytes = string.bytes, .count = string.length, .width = 1});
}

/* A node of just this string; AcpiEx() has words for what is more. */
static bool put_uid_string(struct node_writer *writer)
{
    return acpi_string(writer->node, ACPI_HID_STRING).length == 0 &&
           acpi_string(writer->node, ACPI_CID_STRING).length == 0 &&
           acpi_string(writer->node, ACPI_UID_STRING).length != 0 &&
           put_string(writer, ACPI_UID_STRING);
}

static bool put_either(const struct node_field *field, struct node_writer *writer)
{
    uint32_t number =
        (uint32_t)device_path_load(writer->node.bytes + field->offset, sizeof(uint32_t));

    if (acpi_string(writer->node, field->value).length)
        return put_string(writer, (enum acpi_string)field->value);
    node_writer_next(writer);
    if (field->value == ACPI_UID_STRING) {
        text_put_ascii(writer->text, "0x");
        text_put_hex(writer->text, number, 1);
    } else {
        put_eisa_id(writer->text, number);
    }
    return true;
}

bool device_path_acpi_write(const struct node_field *field, struct node_writer *writer)
{
    switch (field->kind) {
    case FIELD_EISA_ID:
        node_writer_next(writer);
        put_eisa_id(writer->text,
                    (uint32_t)device_path_load(writer->node.bytes + field->offset, field->bytes));
        return true;
    case FIELD_ACPI_UID_STRING:
        return put_uid_string(writer);
    case FIELD_ACPI_EITHER:
        return put_either(field, writer);
    default: /* the text has them in another order than the node */
        return put_string(writer, ACPI_HID_STRING) && put_string(writer, ACPI_CID_STRING) &&
               put_string(writer, ACPI_UID_STRING);
    }
}

static bool add_string(struct node_reader *reader, struct text_slice string)
{
    return node_reader_add_ascii(reader, string) && byte_builder_add(reader->nodes, 1);
}

static bool add_strings(struct node_reader *reader, struct text_slice hid, struct text_slice uid,
                        struct text_slice cid)
{
    return add_string(reader, hid) && add_string(reader, uid) && add_string(reader, cid);
}

static bool take_eisa_id(const struct node_field *field, struct node_reader *reader)
{
    struct text_slice parameter = text_slice_trim(node_reader_next(reader));
    uint32_t id = 0;

    if (parameter.length == 0 ? !(field->flags & FIELD_OPTIONAL) : !read_eisa_id(parameter, &id))
        return false;
    device_path_store(node_reader_at(reader, field->offset), field->bytes, id);
    return true;
}

bool device_path_acpi_read(const struct node_field *field, struct node_reader *reader)
{
    struct text_slice hid;
    struct text_slice cid;
    struct text_slice none = {0};

    switch (field->kind) {
    case FIELD_EISA_ID:
        return take_eisa_id(field, reader);
    case FIELD_ACPI_UID_STRING:
        return add_strings(reader, none, node_reader_next(reader), none);
    default:
        hid = node_reader_next(reader);
        cid = node_reader_next(reader);
        return add_strings(reader, hid, node_reader_next(reader), cid);
    }
}
