/* QueryMode and SetMode. */
#include "tests/efi/conformance/check.h"
#include "tests/efi/conformance/console.h"
#include "tests/efi/conformance/console_screen.h"

#define MODES_MAX 50

static void query(void)
{
    UINTN columns = 0;
    UINTN rows = 0;
    UINTN modes = (UINTN)screen()->Mode->MaxMode;
    bool sound = true;

    topic("console.query-mode", "12.4.5");
    check_range("modes", modes, 1, MODES_MAX, "there is a mode");
    check_status("mode-0", screen()->QueryMode(screen(), 0, &columns, &rows), EFI_SUCCESS,
                 "mode 0 is there");
    check("mode-0-size", columns == 80 && rows == 25, "it has 80 columns and 25 rows");
    if (modes > 1 && screen()->QueryMode(screen(), 1, &columns, &rows) == EFI_SUCCESS)
        check("mode-1-size", columns == 80 && rows == 50, "mode 1 has 80 columns and 50 rows");
    else
        skip("mode-1-size", "there is no mode 1");
    for (UINTN mode = 2; mode < modes; mode++) {
        EFI_STATUS status = screen()->QueryMode(screen(), mode, &columns, &rows);

        sound = sound && status == EFI_SUCCESS && columns && rows;
    }
    check("others", sound, "all others have a size");
    check_status("too-high", screen()->QueryMode(screen(), modes, &columns, &rows), EFI_UNSUPPORTED,
                 "modes are counted from 0");
    check_status("highest", screen()->QueryMode(screen(), ~(UINTN)0, &columns, &rows),
                 EFI_UNSUPPORTED, "there is no mode -1");
    check("current", screen()->Mode->Mode >= 0 && (UINTN)screen()->Mode->Mode < modes,
          "the current mode is one of them");
}

/* Is it one, and does SetMode make it the current one, with the cursor at the upper left? */
static bool can_be_set(UINTN mode)
{
    UINTN columns;
    UINTN rows;
    struct place place;
    EFI_STATUS status;

    if (screen()->QueryMode(screen(), mode, &columns, &rows) != EFI_SUCCESS)
        return true;
    screen()->SetCursorPosition(screen(), 3, 3);
    status = screen()->SetMode(screen(), mode);
    place = screen_place();
    screen_new_line();
    return status == EFI_SUCCESS && screen()->Mode->Mode == (INT32)mode && place.column == 0 &&
           place.row == 0;
}

static void set(void)
{
    UINTN modes = (UINTN)screen()->Mode->MaxMode;
    bool all = true;

    topic("console.set-mode", "12.4.6");
    for (UINTN mode = modes; mode-- > 0;)
        all = all && can_be_set(mode);
    check("all", all, "each mode can be set, which clears the screen");
    check_number("mode-0", (UINTN)screen()->Mode->Mode, 0, "the last one is set");
    check_status("too-high", screen()->SetMode(screen(), modes), EFI_UNSUPPORTED,
                 "a mode that there is not");
    check_status("highest", screen()->SetMode(screen(), ~(UINTN)0), EFI_UNSUPPORTED, "nor mode -1");
    check_number("kept", (UINTN)screen()->Mode->Mode, 0, "changes nothing");
}

void console_mode_tests(void)
{
    query();
    set();
}
