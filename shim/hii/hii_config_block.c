#include "shim/hii/hii_config_block.h"

#include <stdbool.h>

#include "loader/utf16.h"
#include "shim/hii/hii_config_element.h"
#include "shim/text/text_builder.h"

/* A string that is longer is nobody's configuration. */
#define UNITS_MAX (1u << 20)

/* A place in the block, and what is to stand there. */
struct piece {
    struct text_slice name; /* its offset and width in the string */
    uint64_t offset;
    uint64_t width;
    struct text_slice value;
};

static bool take_number(struct text_slice *rest, const char *key, struct text_slice *ret_value,
                        uint64_t *ret_number)
{
    return hii_config_take(rest, key, ret_value) && text_slice_hex(*ret_value, ret_number);
}

/* <BlockName> of the specification's grammar. */
static bool take_name(struct text_slice *rest, struct piece *ret_piece)
{
    const CHAR16 *start = rest->text;
    struct text_slice value;

    if (!take_number(rest, "OFFSET=", &value, &ret_piece->offset) ||
        !take_number(rest, "WIDTH=", &value, &ret_piece->width) ||
        ret_piece->width > UINT64_MAX - ret_piece->offset)
        return false;
    ret_piece->name.text = start;
    ret_piece->name.length = (size_t)(value.text + value.length - start);
    return true;
}

/* Four bits of a value, counted from its end; 0 in front of its first digit. */
static bool value_digit(struct text_slice value, uint64_t index, uint64_t *ret_digit)
{
    *ret_digit = 0;
    return index >= value.length ||
           text_slice_hex((struct text_slice){value.text + value.length - 1 - index, 1}, ret_digit);
}

/* <BlockConfig>. */
static bool take_config(struct text_slice *rest, struct piece *ret_piece)
{
    uint64_t digit;

    if (!take_name(rest, ret_piece) || !hii_config_take(rest, "VALUE=", &ret_piece->value))
        return false;
    for (size_t i = 0; i < ret_piece->value.length; i++)
        if (!value_digit(ret_piece->value, i, &digit))
            return false;
    return ret_piece->value.length;
}

/* The '&' in front of what could not be used, or the beginning. */
static const CHAR16 *failed_at(const CHAR16 *start, struct text_slice rest)
{
    return rest.text > start ? rest.text - 1 : start;
}

static void put_slice(struct text_builder *out, struct text_slice slice)
{
    for (size_t i = 0; i < slice.length; i++)
        text_put(out, slice.text[i]);
}

/* As one number, the block's first byte the lowest; only small letters are in the grammar. */
static void put_value(struct text_builder *out, const uint8_t *bytes, uint64_t width)
{
    static const char digits[] = "0123456789abcdef";

    text_put_ascii(out, "&VALUE=");
    while (width--) {
        text_put(out, (uint8_t)digits[bytes[width] >> 4]);
        text_put(out, (uint8_t)digits[bytes[width] & 0xf]);
    }
}

static EFI_STATUS put_piece(struct text_builder *out, struct text_slice *rest, const uint8_t *block,
                            size_t block_bytes)
{
    struct piece piece;

    if (!take_name(rest, &piece))
        return EFI_INVALID_PARAMETER;
    if (piece.offset + piece.width > block_bytes)
        return EFI_DEVICE_ERROR;
    text_put(out, '&');
    put_slice(out, piece.name);
    put_value(out, block + piece.offset, piece.width);
    return EFI_SUCCESS;
}

EFI_STATUS hii_config_from_block(const CHAR16 *request, const uint8_t *block, size_t block_bytes,
                                 CHAR16 **ret_config, const CHAR16 **ret_progress)
{
    struct text_builder out = TEXT_BUILDER(UNITS_MAX);
    struct hii_config_element element;
    EFI_STATUS status = EFI_SUCCESS;
    struct text_slice rest;

    *ret_progress = request;
    if (!hii_config_element_read(request, &element))
        return EFI_INVALID_PARAMETER;
    put_slice(&out, element.header);
    rest = element.body;
    while (rest.length && status == EFI_SUCCESS) {
        *ret_progress = failed_at(request, rest);
        status = put_piece(&out, &rest, block, block_bytes);
    }
    if (status != EFI_SUCCESS) {
        text_drop(&out);
        return status;
    }
    *ret_config = text_take(&out);
    *ret_progress = *ret_config ? rest.text : request;
    return *ret_config ? EFI_SUCCESS : EFI_OUT_OF_RESOURCES;
}

static struct text_slice body_of(const CHAR16 *config)
{
    struct hii_config_element element;

    if (hii_config_element_read(config, &element))
        return element.body;
    return (struct text_slice){config, utf16_length(config, UNITS_MAX)};
}

/* How large the block must be for all pieces up to the end, or to the first one that is none. */
static uint64_t needed_bytes(struct text_slice rest)
{
    struct piece piece;
    uint64_t needed = 0;

    while (rest.length && take_config(&rest, &piece))
        if (piece.offset + piece.width > needed)
            needed = piece.offset + piece.width;
    return needed;
}

static void write_piece(uint8_t *block, const struct piece *piece)
{
    for (uint64_t i = 0; i < piece->width; i++) {
        uint64_t low;
        uint64_t high;

        value_digit(piece->value, 2 * i, &low);
        value_digit(piece->value, 2 * i + 1, &high);
        block[piece->offset + i] = (uint8_t)(high << 4 | low);
    }
}

EFI_STATUS hii_config_to_block(const CHAR16 *config, uint8_t *block, size_t *block_bytes,
                               const CHAR16 **ret_progress)
{
    struct text_slice rest = body_of(config);
    uint64_t needed = needed_bytes(rest);
    struct piece piece;

    *ret_progress = config;
    if (needed > (block ? *block_bytes : 0)) {
        *block_bytes = needed;
        return EFI_BUFFER_TOO_SMALL;
    }
    while (rest.length) {
        *ret_progress = failed_at(config, rest);
        if (!take_config(&rest, &piece))
            return EFI_INVALID_PARAMETER;
        write_piece(block, &piece);
    }
    *block_bytes = needed ? needed - 1 : 0;
    *ret_progress = rest.text;
    return EFI_SUCCESS;
}
