/* Blt at the screen's edges and beyond, and with operations that there are not. */
#include "tests/efi/conformance/check.h"
#include "tests/efi/conformance/graphics.h"
#include "tests/efi/conformance/graphics_screen.h"

static pixel colour;

static EFI_STATUS fill(UINTN x, UINTN y, UINTN width, UINTN height)
{
    colour = PIXEL(0x00ff00);
    return graphics_blt(&colour, EfiBltVideoFill, 0, 0, x, y, width, height, 0);
}

static EFI_STATUS read(UINTN x, UINTN y, UINTN width, UINTN height)
{
    return graphics_blt(area_at(0, 0), EfiBltVideoToBltBuffer, x, y, 0, 0, width, height, 0);
}

static EFI_STATUS move(UINTN from_x, UINTN from_y, UINTN x, UINTN y)
{
    return graphics_blt(NULL, EfiBltVideoToVideo, from_x, from_y, x, y, 8, 8, 0);
}

static void at_the_edge(UINTN width, UINTN height)
{
    topic("graphics.edge", "12.9.2.3");
    check_status("fill-corner", fill(width - 1, height - 1, 1, 1), EFI_SUCCESS,
                 "the last pixel is on the screen");
    check_status("fill-all", fill(0, 0, width, height), EFI_SUCCESS, "the whole screen is");
    check_status("read-corner", read(width - 8, height - 8, 8, 8), EFI_SUCCESS,
                 "the lower right corner can be read");
    check("read-corner-colour", pixel_is(*area_at(7, 0), PIXEL(0x00ff00)), "it was filled");
    check_status("move-corner", move(0, 0, width - 8, height - 8), EFI_SUCCESS, "and copied to");
}

/* What wraps around is so small that a careless firmware survives it. */
static void beyond(UINTN width, UINTN height)
{
    topic("graphics.beyond", "12.9.2.3");
    check_status("fill-right", fill(width - 4, 0, 8, 8), EFI_INVALID_PARAMETER,
                 "a rectangle that goes over the right edge");
    check_status("fill-bottom", fill(0, height - 4, 8, 8), EFI_INVALID_PARAMETER,
                 "or over the lower one");
    check_status("fill-outside", fill(width, height, 1, 1), EFI_INVALID_PARAMETER, "or is outside");
    check_status("fill-wide", fill(0, 0, width + 1, 1), EFI_INVALID_PARAMETER, "or is too wide");
    check_status("fill-wraps", fill(~(UINTN)0 - 3, 0, 8, 8), EFI_INVALID_PARAMETER,
                 "or would wrap around");
    check_status("fill-wraps-rows", fill(0, 8, 8, ~(UINTN)0 - 4), EFI_INVALID_PARAMETER,
                 "in whichever direction");
    check_status("read-right", read(width - 4, 0, 8, 8), EFI_INVALID_PARAMETER,
                 "it cannot be read");
    check_status("read-wraps", read(~(UINTN)0 - 3, 0, 8, 8), EFI_INVALID_PARAMETER,
                 "nor wrap around");
    check_status("move-from", move(width - 4, 0, 0, 0), EFI_INVALID_PARAMETER,
                 "it cannot be copied from");
    check_status("move-to", move(0, 0, 0, height - 4), EFI_INVALID_PARAMETER, "nor to");
}

static void no_rectangle(void)
{
    topic("graphics.beyond", "12.9.2.3");
    check_status("operation",
                 graphics_blt(&colour, EfiGraphicsOutputBltOperationMax, 0, 0, 0, 0, 1, 1, 0),
                 EFI_INVALID_PARAMETER, "an operation that there is not");
    check_status("operation-huge",
                 graphics_blt(&colour, (EFI_GRAPHICS_OUTPUT_BLT_OPERATION)-1, 0, 0, 0, 0, 1, 1, 0),
                 EFI_INVALID_PARAMETER, "nor with number -1");
    check_status("width-0", fill(0, 0, 0, 8), EFI_INVALID_PARAMETER, "a rectangle without width");
    check_status("height-0", fill(0, 0, 8, 0), EFI_INVALID_PARAMETER, "or height");
}

void graphics_edge_tests(void)
{
    if (!graphics())
        return;
    at_the_edge(graphics_width(), graphics_height());
    area_draw();
    beyond(graphics_width(), graphics_height());
    no_rectangle();
    area_draw();
    topic("graphics.beyond", "12.9.2.3");
    check("afterwards", area_is_right(), "after all that drawing still works");
}
