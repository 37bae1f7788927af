/* Blt: EfiBltVideoFill. */
#include "tests/efi/conformance/check.h"
#include "tests/efi/conformance/graphics.h"
#include "tests/efi/conformance/graphics_screen.h"

static const struct {
    const char *name;
    UINTN x;
    UINTN y;
    UINTN width;
    UINTN height;
} rectangles[] = {
    {"pixel", 5, 6, 1, 1},
    {"row", 0, 3, AREA_WIDTH, 1},
    {"column", 7, 0, 1, AREA_HEIGHT},
    {"inside", 9, 8, 20, 13},
    {"corner", 0, 0, 4, 4},
    {"odd", 1, 1, 31, 3},
    {"all", 0, 0, AREA_WIDTH, AREA_HEIGHT},
};

static bool fill(UINTN index, pixel colour)
{
    if (graphics_blt(&colour, EfiBltVideoFill, 0, 0, rectangles[index].x, rectangles[index].y,
                     rectangles[index].width, rectangles[index].height, 0) != EFI_SUCCESS)
        return false;
    area_fill(rectangles[index].x, rectangles[index].y, rectangles[index].width,
              rectangles[index].height, colour);
    return area_is_right();
}

void graphics_fill_tests(void)
{
    static const UINT32 colours[] = {0xff0000, 0x00ff00, 0x0000ff, 0xffffff, 0x000000, 0x123456};
    bool all = true;

    if (!graphics())
        return;
    area_draw();
    topic("graphics.fill", "12.9.2.3");
    check("before", area_is_right(), "what is drawn can be read back");
    for (UINTN i = 0; i < COUNT_OF(rectangles); i++)
        check(rectangles[i].name, fill(i, PIXEL(0x800000 + i * 1000)),
              "a rectangle is filled, and nothing else");
    for (UINTN i = 0; i < COUNT_OF(colours); i++)
        all = all && fill(3, PIXEL(colours[i]));
    check("colours", all, "with any colour");
}
