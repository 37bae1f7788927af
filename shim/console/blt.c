#include "shim/console/blt.h"

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
           !__builtin_add_overflow(rows, columns, &end) && end <= PTRDIFF_MAX &&
           !__builtin_add_overflow(end, (uintptr_t)blt->buffer, &end);
}

bool blt_is_valid(const struct blt *blt, size_t screen_width, size_t screen_height)
{
    bool source_on_screen;
    bool destination_on_screen;

    if (blt->width == 0 || blt->height == 0 || blt->width > screen_width ||
        blt->height > screen_height)
        return false;
    source_on_screen =
        blt->source_x <= screen_width - blt->width && blt->source_y <= screen_height - blt->height;
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

/* A negative stride goes up. */
static void copy_rows(const struct blt *blt, uint8_t *to, ptrdiff_t to_stride, const uint8_t *from,
                      ptrdiff_t from_stride)
{
    for (ptrdiff_t row = 0; row < (ptrdiff_t)blt->height; row++)
        memmove(to + row * to_stride, from + row * from_stride, blt->width * PIXEL_BYTES);
}

static void fill(const struct blt *blt, uint8_t *to, size_t stride)
{
    for (size_t column = 0; column < blt->width; column++)
        memcpy(to + column * PIXEL_BYTES, blt->buffer, PIXEL_BYTES);
    for (size_t row = 1; row < blt->height; row++)
        memcpy(to + row * stride, to, blt->width * PIXEL_BYTES);
}

/* What moves down goes last row first, or it would be overwritten before it is read. */
static void move(const struct blt *blt, uint8_t *to, const uint8_t *from, ptrdiff_t stride)
{
    ptrdiff_t last_row = ((ptrdiff_t)blt->height - 1) * stride;

    if (to > from)
        copy_rows(blt, to + last_row, -stride, from + last_row, -stride);
    else
        copy_rows(blt, to, stride, from, stride);
}

static uint8_t *pixel_at(void *pixels, size_t stride, size_t x, size_t y)
{
    return (uint8_t *)pixels + y * stride + x * PIXEL_BYTES;
}

void blt_run(const struct blt *blt, EFI_GRAPHICS_OUTPUT_BLT_PIXEL *screen, size_t screen_width)
{
    size_t stride = screen_width * PIXEL_BYTES;
    size_t delta = buffer_row_bytes(blt);

    switch (blt->operation) {
    case EfiBltVideoFill:
        fill(blt, pixel_at(screen, stride, blt->destination_x, blt->destination_y), stride);
        break;
    case EfiBltVideoToBltBuffer:
        copy_rows(blt, pixel_at(blt->buffer, delta, blt->destination_x, blt->destination_y),
                  (ptrdiff_t)delta, pixel_at(screen, stride, blt->source_x, blt->source_y),
                  (ptrdiff_t)stride);
        break;
    case EfiBltBufferToVideo:
        copy_rows(blt, pixel_at(screen, stride, blt->destination_x, blt->destination_y),
                  (ptrdiff_t)stride, pixel_at(blt->buffer, delta, blt->source_x, blt->source_y),
                  (ptrdiff_t)delta);
        break;
    default:
        move(blt, pixel_at(screen, stride, blt->destination_x, blt->destination_y),
             pixel_at(screen, stride, blt->source_x, blt->source_y), (ptrdiff_t)stride);
    }
}
