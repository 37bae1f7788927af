#include "tests/unit/blt_model.h"

#include <string.h>

int blt_model_on_screen(size_t x, size_t y, size_t width, size_t height)
{
    return x < BLT_MODEL_WIDTH && y < BLT_MODEL_HEIGHT && width <= BLT_MODEL_WIDTH - x &&
           height <= BLT_MODEL_HEIGHT - y;
}

static uint32_t *screen_pixel(uint32_t *screen, size_t x, size_t y)
{
    return &screen[y * BLT_MODEL_WIDTH + x];
}

/* Rows of the buffer may begin anywhere. */
static uint8_t *buffer_pixel(const struct blt *blt, size_t x, size_t y)
{
    size_t row_bytes = blt->delta_bytes ? blt->delta_bytes : blt->width * sizeof(uint32_t);

    return (uint8_t *)blt->buffer + y * row_bytes + x * sizeof(uint32_t);
}

static void run_pixel(const struct blt *blt, uint32_t *screen, uint32_t *before, size_t x, size_t y)
{
    size_t from_x = blt->source_x + x;
    size_t from_y = blt->source_y + y;
    size_t to_x = blt->destination_x + x;
    size_t to_y = blt->destination_y + y;

    switch (blt->operation) {
    case EfiBltVideoFill:
        memcpy(screen_pixel(screen, to_x, to_y), blt->buffer, sizeof(uint32_t));
        break;
    case EfiBltVideoToBltBuffer:
        memcpy(buffer_pixel(blt, to_x, to_y), screen_pixel(before, from_x, from_y),
               sizeof(uint32_t));
        break;
    case EfiBltBufferToVideo:
        memcpy(screen_pixel(screen, to_x, to_y), buffer_pixel(blt, from_x, from_y),
               sizeof(uint32_t));
        break;
    default:
        *screen_pixel(screen, to_x, to_y) = *screen_pixel(before, from_x, from_y);
    }
}

void blt_model_run(const struct blt *blt, uint32_t *screen)
{
    uint32_t before[BLT_MODEL_PIXELS];

    memcpy(before, screen, sizeof(before));
    for (size_t y = 0; y < blt->height; y++)
        for (size_t x = 0; x < blt->width; x++)
            run_pixel(blt, screen, before, x, y);
}
