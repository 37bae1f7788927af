/* The screen as a whole, and the way tests print on it. */
#include "tests/efi/conformance/console_screen.h"

#include "tests/efi/conformance/check.h"
#include "tests/efi/conformance/console.h"

SIMPLE_TEXT_OUTPUT_INTERFACE *screen(void)
{
    return system_table->ConOut;
}

struct place screen_place(void)
{
    return (struct place){screen()->Mode->CursorColumn, screen()->Mode->CursorRow};
}

void screen_new_line(void)
{
    screen()->OutputString(screen(), L"\r\n");
}

struct place screen_print_at(INT32 column, INT32 row, const CHAR16 *text)
{
    struct place place;

    screen()->SetCursorPosition(screen(), (UINTN)column, (UINTN)row);
    screen()->OutputString(screen(), (CHAR16 *)(UINTN)text);
    place = screen_place();
    screen_new_line();
    return place;
}

static void cleared(const char *id, const char *section, EFI_STATUS status)
{
    struct place place = screen_place();

    screen_new_line();
    topic(id, section);
    check_status("status", status, EFI_SUCCESS, "the screen is cleared");
    check_number("column", (UINTN)place.column, 0, "the cursor is in the first column");
    check_number("row", (UINTN)place.row, 0, "of the first row");
}

static void elsewhere(void)
{
    screen()->SetCursorPosition(screen(), 7, 7);
}

static void reset(void)
{
    screen()->SetAttribute(screen(), EFI_TEXT_ATTR(EFI_YELLOW, EFI_BLUE));
    elsewhere();
    cleared("console.reset", "12.4.2", screen()->Reset(screen(), FALSE));
    elsewhere();
    cleared("console.reset-extended", "12.4.2", screen()->Reset(screen(), TRUE));
}

static void clear(void)
{
    UINTN attribute = EFI_TEXT_ATTR(EFI_WHITE, EFI_RED);
    INT32 after;

    screen()->SetAttribute(screen(), attribute);
    elsewhere();
    cleared("console.clear", "12.4.8", screen()->ClearScreen(screen()));
    after = screen()->Mode->Attribute;
    screen()->SetAttribute(screen(), EFI_TEXT_ATTR(EFI_LIGHTGRAY, EFI_BLACK));
    check_number("attribute", (UINTN)after, attribute, "the attribute stays");
}

static void error_output(void)
{
    SIMPLE_TEXT_OUTPUT_INTERFACE *error = system_table->StdErr;
    EFI_STATUS status = error->OutputString(error, L"standard error\r\n");

    topic("console.error", "4.3");
    check_status("print", status, EFI_SUCCESS, "standard error takes text");
    check("mode", error->Mode && error->Mode->MaxMode >= 1, "and has a mode");
}

void console_screen_tests(void)
{
    reset();
    clear();
    error_output();
}
