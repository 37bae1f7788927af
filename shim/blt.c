#include "shim/blt.h"

#include <stdint.h>

#include "loader/lib/string.h"

#define PIXEL_BYTES sizeof(EFI_GRAPHICS_OUTPUT_BLT_PIXEL)

_Static_assert(PIXEL_BYTES == 4, "a pixel is four bytes");

static size_t buffer_row_bytes(const struct blt *blt)
{
    return blt->delta_bytes ? blt->delta_bytes : blt->width * PIXEL_BYTES;
}

/* After the rectangle's size was checked against the screen's. */
static bool buffer_is_valid(const struct blt *blt, size_t x, size_t y)
{
    size_t rows;
    size_t columns;
    size_t end;

    return blt->buffer && !__builtin_add_overflow(y, blt->height - 1, &rows) &&
           !__builtin_mul_overflow(rows, buffer_row_bytes(blt), &rows) &&
           !__builtin_add_overflow(x, blt->width, &columns) &&
           !__builtin_mul_overflow(columns, PIXEL_BYTES, &columns) &&
           !__builtin_add_overflow(rows, columns, &end) &&
           !__builtin_add_overflow(end, (uintptr_t)blt->buffer, &end);
}

bool blt_is_valid(const struct blt *blt, size_t screen_width, size_t screen_height)
{
    bool source_on_screen;
    bool destination_on_screen;

    if (blt->width == 0 || blt->height == 0 || blt->width > screen_width ||
        blt->height > screen_height)
        return false;
    source_on_screen = blt->source_x <= screen_width - blt->width &&
                       blt->source_y <= screen_height - blt->height;
    destination_on_screen = blt->destination_x <= screen_width - blt->width &&
                            blt->destination_y <= screen_height - blt->height;
    switch (blt->operation) {
    case EfiBltVideoFill:
        return destination_on_screen && blt->buffer;
    case EfiBltVideoToBltBuffer:
        return source_on_screen && buffer_is_valid(blt, blt->destination_x, blt->destination_y);
    case EfiBltBufferToVideo:
        return destination_on_screen && buffer_is_valid(blt, blt->source_x, blt->source_y);
    case EfiBltVideoToVideo:
        return source_on_screen && destination_on_screen;
    default:
        return false;
    }
}

/* Rows of `width` pixels, from the first to the last or, for a negative stride, back. */
static void copy_rows(const struct blt *blt, uint8_t *to, size_t to_stride, const uint8_t *from,
                      size_t from_stride)
{
    for (size_t row = 0; row < blt->height; row++)
        memmove(to + row * to_stride, from + row * from_stride, blt->width * PIXEL_BYTES);
}

static void fill(const struct blt *blt, uint8_t *to, size_t stride)
{
    for (size_t column = 0; column < blt->width; column++)
        memcpy(to + column * PIXEL_BYTES, blt->buffer, PIXEL_BYTES);
    for (size_t row = 1; row < blt->height; row++)
        memcpy(to + row * stride, to, blt->width * PIXEL_BYTES);
}

/* Down the screen the last row goes first, or it would be overwritten before it is read. */
static void move(const struct blt *blt, uint8_t *to, const uint8_t *from, size_t stride)
{
    size_t last_row = (blt->height - 1) * stride;

    if (to > from)
        copy_rows(blt, to + last_row, -stride, from + last_row, -stride);
    else
        copy_rows(blt, to, stride, from, stride);
}

void blt_run(const struct blt *blt, EFI_GRAPHICS_OUTPUT_BLT_PIXEL *screen, size_t screen_width)
{
    size_t stride = screen_width * PIXEL_BYTES;
    size_t delta = buffer_row_bytes(blt);
    uint8_t *screen_source =
        (uint8_t *)(screen + blt->source_y * screen_width + blt->source_x);
    uint8_t *screen_destination =
        (uint8_t *)(screen + blt->destination_y * screen_width + blt->destination_x);
    uint8_t *buffer = (uint8_t *)blt->buffer;

    switch (blt->operation) {
    case EfiBltVideoFill:
        fill(blt, screen_destination, stride);
        break;
    case EfiBltVideoToBltBuffer:
        copy_rows(blt, buffer + blt->destination_y * delta + blt->destination_x * PIXEL_BYTES,
                  delta, screen_source, stride);
        break;
    case EfiBltBufferToVideo:
        copy_rows(blt, screen_destination, stride,
                  buffer + blt->source_y * delta + blt->source_x * PIXEL_BYTES, delta);
        break;
    default:
        move(blt, screen_destination, screen_source, stride);
    }
}
