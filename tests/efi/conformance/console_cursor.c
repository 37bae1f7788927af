/* Where the cursor is, after it was set and after text was printed. Mode 0 is set. */
#include "tests/efi/conformance/check.h"
#include "tests/efi/conformance/console.h"
#include "tests/efi/conformance/console_screen.h"

#define LAST_COLUMN 79
#define LAST_ROW    24

static void set(void)
{
    static const struct {
        const char *name;
        struct place place;
    } places[] = {
        {"first", {0, 0}},
        {"last-column", {LAST_COLUMN, 0}},
        {"last-row", {0, LAST_ROW}},
        {"middle", {33, 12}},
    };

    topic("console.cursor", "12.4.9");
    for (UINTN i = 0; i < COUNT_OF(places); i++) {
        struct place place = screen_print_at(places[i].place.column, places[i].place.row, L"");

        check(places[i].name,
              place.column == places[i].place.column && place.row == places[i].place.row,
              "the cursor is where it was set");
    }
}

static void set_outside(void)
{
    static const struct {
        const char *name;
        UINTN column;
        UINTN row;
    } places[] = {
        {"column-80", LAST_COLUMN + 1, 0},
        {"row-25", 0, LAST_ROW + 1},
        {"column-huge", ~(UINTN)0, 0},
        {"row-huge", 0, ~(UINTN)0},
    };
    EFI_STATUS statuses[COUNT_OF(places)];
    struct place place;

    screen()->SetCursorPosition(screen(), 5, 6);
    for (UINTN i = 0; i < COUNT_OF(places); i++)
        statuses[i] = screen()->SetCursorPosition(screen(), places[i].column, places[i].row);
    place = screen_place();
    screen_new_line();
    topic("console.cursor", "12.4.9");
    for (UINTN i = 0; i < COUNT_OF(places); i++)
        check_status(places[i].name, statuses[i], EFI_UNSUPPORTED, "a place outside of the screen");
    check("outside-kept", place.column == 5 && place.row == 6, "does not move the cursor");
}

static void printed(void)
{
    static const struct {
        const char *name;
        struct place from;
        const CHAR16 *text;
        struct place to;
        const char *what;
    } samples[] = {
        {"nothing", {4, 5}, L"", {4, 5}, "no text does not move the cursor"},
        {"letters", {4, 5}, L"abc", {7, 5}, "letters move it to the right"},
        {"return", {4, 5}, L"\r", {0, 5}, "a carriage return to the first column"},
        {"line-feed", {4, 5}, L"\n", {4, 6}, "a line feed down, in its column"},
        {"new-line", {4, 5}, L"\r\n", {0, 6}, "both to the next line"},
        {"backspace", {4, 5}, L"\b", {3, 5}, "a backspace to the left"},
        {"backspace-twice", {4, 5}, L"\b\b", {2, 5}, "as often as it comes"},
        {"backspace-first", {0, 5}, L"\b", {0, 5}, "but not beyond the first column"},
        {"last-column",
         {LAST_COLUMN, 5},
         L"x",
         {0, 6},
         "after the last column comes the next line"},
        {"over-the-edge", {LAST_COLUMN - 1, 5}, L"abcd", {2, 6}, "where it goes on"},
        {"whole-line",
         {0, 5},
         L"0123456789012345678901234567890123456789"
         L"0123456789012345678901234567890123456789",
         {0, 6},
         "a line of 80 letters fills the row"},
        {"line-feed-last-row",
         {4, LAST_ROW},
         L"\n",
         {4, LAST_ROW},
         "in the last row a line feed scrolls"},
        {"corner", {LAST_COLUMN, LAST_ROW}, L"x", {0, LAST_ROW}, "so does the last letter of it"},
        {"many-lines",
         {0, LAST_ROW - 1},
         L"a\r\nb\r\nc\r\nd",
         {1, LAST_ROW},
         "and every further line"},
    };

    topic("console.print", "12.4.3");
    for (UINTN i = 0; i < COUNT_OF(samples); i++) {
        struct place to =
            screen_print_at(samples[i].from.column, samples[i].from.row, samples[i].text);

        check(samples[i].name, to.column == samples[i].to.column && to.row == samples[i].to.row,
              samples[i].what);
    }
}

/* A terminal that cannot hide its cursor says so. */
static void visible(void)
{
    EFI_STATUS status = screen()->EnableCursor(screen(), FALSE);

    topic("console.cursor", "12.4.10");
    check_status_either("hide", status, EFI_SUCCESS, EFI_UNSUPPORTED,
                        "the cursor is hidden, or cannot be");
    check("hide-mode", screen()->Mode->CursorVisible == (status != EFI_SUCCESS),
          "the mode tells which");
    check_status("show", screen()->EnableCursor(screen(), TRUE), EFI_SUCCESS, "it is shown");
    check("show-mode", screen()->Mode->CursorVisible == TRUE, "the mode says so");
}

void console_cursor_tests(void)
{
    screen()->SetMode(screen(), 0);
    set();
    set_outside();
    printed();
    visible();
}
