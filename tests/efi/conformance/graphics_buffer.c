/* Blt between the screen and a buffer, with and without a delta. */
#include "loader/lib/string.h"
#include "tests/efi/conformance/check.h"
#include "tests/efi/conformance/graphics.h"
#include "tests/efi/conformance/graphics_screen.h"

#define BUFFER_WIDTH  40
#define BUFFER_HEIGHT 30

static pixel buffer[BUFFER_HEIGHT][BUFFER_WIDTH];

struct copy {
    const char *name;
    UINTN buffer_x;
    UINTN buffer_y;
    UINTN x; /* on the screen */
    UINTN y;
    UINTN width;
    UINTN height;
};

/* Without a delta the buffer is as wide as the rectangle. */
static const struct copy copies[] = {
    {"whole", 0, 0, 3, 2, BUFFER_WIDTH, BUFFER_HEIGHT},
    {"part", 0, 0, 10, 10, 12, 7},
    {"from-inside", 5, 4, 10, 10, 12, 7},
    {"pixel", 39, 29, 63, 47, 1, 1},
    {"column", 17, 0, 0, 0, 1, BUFFER_HEIGHT},
    {"row", 0, 11, 24, 47, BUFFER_WIDTH, 1},
};

static pixel buffer_pixel(UINTN x, UINTN y)
{
    return PIXEL(0x400000 + y * 256 + x * 3);
}

static void fill_buffer(void)
{
    for (UINTN y = 0; y < BUFFER_HEIGHT; y++) {
        for (UINTN x = 0; x < BUFFER_WIDTH; x++)
            buffer[y][x] = buffer_pixel(x, y);
    }
}

static bool to_screen(const struct copy *copy)
{
    fill_buffer();
    area_draw();
    if (graphics_blt(&buffer[0][0], EfiBltBufferToVideo, copy->buffer_x, copy->buffer_y, copy->x,
                     copy->y, copy->width, copy->height, sizeof(buffer[0])) != EFI_SUCCESS)
        return false;
    for (UINTN y = 0; y < copy->height; y++) {
        for (UINTN x = 0; x < copy->width; x++)
            *area_at(copy->x + x, copy->y + y) =
                buffer_pixel(copy->buffer_x + x, copy->buffer_y + y);
    }
    return area_is_right();
}

/* Is a pixel of the buffer what the copy ought to have made of it? */
static bool buffer_is_right(const struct copy *copy, UINTN x, UINTN y)
{
    bool inside = x >= copy->buffer_x && x - copy->buffer_x < copy->width && y >= copy->buffer_y &&
                  y - copy->buffer_y < copy->height;

    return pixel_is(buffer[y][x],
                    inside ? *area_at(copy->x + x - copy->buffer_x, copy->y + y - copy->buffer_y)
                           : buffer_pixel(x, y));
}

static bool from_screen(const struct copy *copy)
{
    bool right = true;

    fill_buffer();
    area_draw();
    if (graphics_blt(&buffer[0][0], EfiBltVideoToBltBuffer, copy->x, copy->y, copy->buffer_x,
                     copy->buffer_y, copy->width, copy->height, sizeof(buffer[0])) != EFI_SUCCESS)
        return false;
    for (UINTN y = 0; y < BUFFER_HEIGHT; y++) {
        for (UINTN x = 0; x < BUFFER_WIDTH; x++)
            right = right && buffer_is_right(copy, x, y);
    }
    return right && area_is_right();
}

/* Delta 0: the buffer's lines are as long as the rectangle is wide. */
static void without_delta(void)
{
    pixel *packed = &buffer[0][0];
    bool right = true;

    area_draw();
    graphics_blt(packed, EfiBltVideoToBltBuffer, 20, 10, 0, 0, 7, 5, 0);
    for (UINTN i = 0; i < 35; i++)
        right = right && pixel_is(packed[i], *area_at(20 + i % 7, 10 + i / 7));
    topic("graphics.from-screen", "12.9.2.3");
    check("no-delta", right, "without a delta lines follow each other");
    graphics_blt(packed, EfiBltBufferToVideo, 0, 0, 40, 30, 7, 5, 0);
    area_move(20, 10, 40, 30, 7, 5);
    topic("graphics.to-screen", "12.9.2.3");
    check("no-delta", area_is_right(), "without a delta lines follow each other");
}

void graphics_buffer_tests(void)
{
    if (!graphics())
        return;
    topic("graphics.to-screen", "12.9.2.3");
    for (UINTN i = 0; i < COUNT_OF(copies); i++)
        check(copies[i].name, to_screen(&copies[i]), "a rectangle of a buffer is drawn");
    topic("graphics.from-screen", "12.9.2.3");
    for (UINTN i = 0; i < COUNT_OF(copies); i++)
        check(copies[i].name, from_screen(&copies[i]), "a rectangle is read into a buffer");
    without_delta();
}
