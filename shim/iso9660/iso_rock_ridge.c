#include "shim/iso9660/iso_rock_ridge.h"

#include "loader/lib/string.h"

#define HEADER_BYTES 4u

/* Of a name: it stands for "." or "..". */
#define NAME_IS_DOTS 0x06u

#define SIGNATURE(first, second) ((uint16_t)((first) | (second) << 8))

/* An entry's bytes behind its header. */
struct field {
    uint16_t signature;
    const uint8_t *data;
    size_t bytes;
};

/* A number that lies there twice, little-endian first. */
static uint32_t read_both(const uint8_t *data)
{
    return data[0] | (uint32_t)data[1] << 8 | (uint32_t)data[2] << 16 | (uint32_t)data[3] << 24;
}

/* "SP": the two bytes are there to recognise it by. */
static void take_sharing(struct iso_rock_ridge *fields, const struct field *field)
{
    if (field->bytes < 3 || field->data[0] != 0xbe || field->data[1] != 0xef)
        return;
    fields->is_shared = true;
    fields->skip_bytes = field->data[2];
}

/* "CE": where the area goes on. */
static void take_continuation(struct iso_rock_ridge *fields, const struct field *field)
{
    if (field->bytes < 24)
        return;
    fields->next_block = read_both(field->data);
    fields->next_offset = read_both(field->data + 8);
    fields->next_bytes = read_both(field->data + 16);
}

/* "NM": a name, or the next part of it. */
static void take_name(struct iso_rock_ridge *fields, const struct field *field)
{
    size_t room = ISO_NAME_BYTES_MAX - fields->name_bytes;
    size_t bytes;

    if (field->bytes < 1 || field->data[0] & NAME_IS_DOTS)
        return;
    bytes = field->bytes - 1 < room ? field->bytes - 1 : room;
    memcpy(fields->name + fields->name_bytes, field->data + 1, bytes);
    fields->name_bytes += bytes;
}

static void take(struct iso_rock_ridge *fields, const struct field *field)
{
    switch (field->signature) {
    case SIGNATURE('S', 'P'):
        take_sharing(fields, field);
        break;
    case SIGNATURE('C', 'E'):
        take_continuation(fields, field);
        break;
    case SIGNATURE('N', 'M'):
        take_name(fields, field);
        break;
    case SIGNATURE('R', 'R'):
    case SIGNATURE('P', 'X'):
        fields->is_rock_ridge = true;
        break;
    case SIGNATURE('S', 'L'):
        fields->is_link = true;
        break;
    case SIGNATURE('R', 'E'):
        fields->is_relocated = true;
        break;
    case SIGNATURE('C', 'L'):
        if (field->bytes >= 8)
            fields->child_block = read_both(field->data);
        break;
    default:
        break;
    }
}

void iso_rock_ridge_take(struct iso_rock_ridge *fields, const uint8_t *area, size_t bytes)
{
    while (bytes >= HEADER_BYTES) {
        struct field field = {
            .signature = SIGNATURE(area[0], area[1]),
            .data = area + HEADER_BYTES,
            .bytes = area[2] - HEADER_BYTES,
        };

        if (area[2] < HEADER_BYTES || area[2] > bytes || field.signature == SIGNATURE('S', 'T'))
            return;
        take(fields, &field);
        bytes -= area[2];
        area += area[2];
    }
}
