#include "tests/efi/conformance/graphics_screen.h"

#include "loader/lib/string.h"
#include "tests/efi/conformance/check.h"

static pixel expected[AREA_HEIGHT][AREA_WIDTH];
static pixel found[AREA_HEIGHT][AREA_WIDTH];

EFI_GRAPHICS_OUTPUT_PROTOCOL *graphics(void)
{
    static EFI_GUID guid = EFI_GRAPHICS_OUTPUT_PROTOCOL_GUID;
    void *protocol;

    return boot->LocateProtocol(&guid, NULL, &protocol) == EFI_SUCCESS ? protocol : NULL;
}

UINTN graphics_width(void)
{
    return graphics()->Mode->Info->HorizontalResolution;
}

UINTN graphics_height(void)
{
    return graphics()->Mode->Info->VerticalResolution;
}

EFI_STATUS graphics_blt(pixel *buffer, EFI_GRAPHICS_OUTPUT_BLT_OPERATION operation, UINTN source_x,
                        UINTN source_y, UINTN x, UINTN y, UINTN width, UINTN height,
                        UINTN delta_bytes)
{
    EFI_GRAPHICS_OUTPUT_PROTOCOL *output = graphics();

    return output->Blt(output, buffer, operation, source_x, source_y, x, y, width, height,
                       delta_bytes);
}

void area_draw(void)
{
    for (UINTN y = 0; y < AREA_HEIGHT; y++) {
        for (UINTN x = 0; x < AREA_WIDTH; x++)
            expected[y][x] = PIXEL(x << 16 | y << 8 | ((x ^ y) & 0xff));
    }
    graphics_blt(&expected[0][0], EfiBltBufferToVideo, 0, 0, 0, 0, AREA_WIDTH, AREA_HEIGHT, 0);
}

pixel *area_at(UINTN x, UINTN y)
{
    return &expected[y][x];
}

void area_fill(UINTN x, UINTN y, UINTN width, UINTN height, pixel colour)
{
    for (UINTN row = y; row < y + height; row++) {
        for (UINTN column = x; column < x + width; column++)
            expected[row][column] = colour;
    }
}

void area_move(UINTN from_x, UINTN from_y, UINTN x, UINTN y, UINTN width, UINTN height)
{
    static pixel before[AREA_HEIGHT][AREA_WIDTH];

    memcpy(before, expected, sizeof(before));
    for (UINTN row = 0; row < height; row++) {
        for (UINTN column = 0; column < width; column++)
            expected[y + row][x + column] = before[from_y + row][from_x + column];
    }
}

bool pixel_is(pixel a, pixel b)
{
    return a.Blue == b.Blue && a.Green == b.Green && a.Red == b.Red;
}

bool area_is_right(void)
{
    memset(found, 0xa5, sizeof(found));
    if (graphics_blt(&found[0][0], EfiBltVideoToBltBuffer, 0, 0, 0, 0, AREA_WIDTH, AREA_HEIGHT,
                     0) != EFI_SUCCESS)
        return false;
    for (UINTN y = 0; y < AREA_HEIGHT; y++) {
        for (UINTN x = 0; x < AREA_WIDTH; x++) {
            if (!pixel_is(found[y][x], expected[y][x]))
                return false;
        }
    }
    return true;
}
