/* Blt: EfiBltVideoToVideo, in every direction and over itself. */
#include "tests/efi/conformance/check.h"
#include "tests/efi/conformance/graphics.h"
#include "tests/efi/conformance/graphics_screen.h"

static const struct {
    const char *name;
    UINTN from_x;
    UINTN from_y;
    UINTN x;
    UINTN y;
    UINTN width;
    UINTN height;
} moves[] = {
    {"apart", 0, 0, 40, 30, 15, 10},
    {"down", 10, 10, 10, 13, 20, 20},
    {"up", 10, 13, 10, 10, 20, 20},
    {"right", 10, 10, 13, 10, 20, 20},
    {"left", 13, 10, 10, 10, 20, 20},
    {"down-right", 10, 10, 12, 13, 20, 20},
    {"up-left", 12, 13, 10, 10, 20, 20},
    {"down-left", 12, 10, 10, 13, 20, 20},
    {"up-right", 10, 13, 12, 10, 20, 20},
    {"same", 10, 10, 10, 10, 20, 20},
    {"scroll", 0, 16, 0, 0, AREA_WIDTH, AREA_HEIGHT - 16},
    {"scroll-down", 0, 0, 0, 16, AREA_WIDTH, AREA_HEIGHT - 16},
};

static bool move(UINTN index)
{
    area_draw();
    if (graphics_blt(NULL, EfiBltVideoToVideo, moves[index].from_x, moves[index].from_y,
                     moves[index].x, moves[index].y, moves[index].width, moves[index].height,
                     0) != EFI_SUCCESS)
        return false;
    area_move(moves[index].from_x, moves[index].from_y, moves[index].x, moves[index].y,
              moves[index].width, moves[index].height);
    return area_is_right();
}

void graphics_move_tests(void)
{
    if (!graphics())
        return;
    topic("graphics.move", "12.9.2.3");
    for (UINTN i = 0; i < COUNT_OF(moves); i++)
        check(moves[i].name, move(i), "a rectangle is copied on the screen");
}
