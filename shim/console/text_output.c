#include "shim/console/text_output.h"

#include <stdbool.h>
#include <stddef.h>

#include "loader/lib/format.h"
#include "loader/terminal.h"
#include "loader/utf16.h"
#include "shim/event/idle.h"
#include "shim/protocol/handle.h"

#define DEFAULT_ATTRIBUTE EFI_TEXT_ATTR(EFI_LIGHTGRAY, EFI_BLACK)
#define ATTRIBUTE_MASK    0x7fu

struct text_mode {
    UINTN columns;
    UINTN rows;
};

/*
 * A terminal does not tell its size. Mode 0 must be 80×25; mode 1 is 80×50 (UEFI 2.10 section
 * 12.4.3); more is what the user's window may have.
 */
static const struct text_mode modes[] = {{80, 25}, {80, 50}, {100, 31}};

static SIMPLE_TEXT_OUTPUT_MODE state = {
    .MaxMode = sizeof(modes) / sizeof(modes[0]),
    .Attribute = DEFAULT_ATTRIBUTE,
    .CursorVisible = TRUE,
};

/*
 * What a call prints goes to the terminal in one piece: with every write Xen wakes the console's
 * backend. Empty between calls.
 */
static char pending[256];
static size_t pending_bytes;

static void flush(void)
{
    if (pending_bytes)
        terminal_write(pending, pending_bytes);
    pending_bytes = 0;
}

static void send(const char *text)
{
    for (; *text; text++) {
        if (pending_bytes == sizeof(pending))
            flush();
        pending[pending_bytes++] = *text;
    }
}

static const struct text_mode *current_mode(void)
{
    return &modes[state.Mode];
}

/* EFI counts colours in the order blue, green, red; ECMA-48 in red, green, blue. */
static unsigned int ansi_colour(unsigned int efi_colour)
{
    return (efi_colour & EFI_BLUE ? 4 : 0) | (efi_colour & EFI_GREEN ? 2 : 0) |
           (efi_colour & EFI_RED ? 1 : 0);
}

static void send_attribute(unsigned int attribute)
{
    char sequence[24];

    format_string(sequence, sizeof(sequence), "\033[%s;%u;%um",
                  attribute & EFI_BRIGHT ? "0;1" : "0", 30 + ansi_colour(attribute),
                  40 + ansi_colour(attribute >> 4));
    send(sequence);
}

static void send_cursor_position(UINTN column, UINTN row)
{
    char sequence[24];

    format_string(sequence, sizeof(sequence), "\033[%lu;%luH", row + 1, column + 1);
    send(sequence);
}

static void move_to(UINTN column, UINTN row)
{
    state.CursorColumn = (INT32)column;
    state.CursorRow = (INT32)row;
}

static void next_line(void)
{
    if ((UINTN)state.CursorRow + 1 < current_mode()->rows)
        state.CursorRow++;
}

/* Prints one character and moves the cursor as the specification's table of control characters
 * says. */
static void put_character(const CHAR16 *text, size_t units)
{
    CHAR16 unit[3] = {text[0], units == 2 ? text[1] : 0, 0};
    char utf8[8];

    utf8_from_utf16(unit, utf8, sizeof(utf8));
    send(utf8);
    state.CursorColumn++;
    if ((UINTN)state.CursorColumn < current_mode()->columns)
        return;
    /* Terminals put this off until the next character comes; the protocol's cursor has moved. */
    send("\r\n");
    state.CursorColumn = 0;
    next_line();
}

static bool put_control(CHAR16 unit)
{
    switch (unit) {
    case CHAR_CARRIAGE_RETURN:
        state.CursorColumn = 0;
        send("\r");
        return true;
    case CHAR_LINEFEED:
        next_line();
        send("\n");
        return true;
    case CHAR_BACKSPACE:
        if (state.CursorColumn > 0) {
            state.CursorColumn--;
            send("\b");
        }
        return true;
    default:
        return false;
    }
}

static bool is_high_surrogate(CHAR16 unit)
{
    return unit >= 0xd800 && unit < 0xdc00;
}

static bool is_low_surrogate(CHAR16 unit)
{
    return unit >= 0xdc00 && unit < 0xe000;
}

static EFI_STATUS EFIAPI output_string(EFI_SIMPLE_TEXT_OUT_PROTOCOL *this, CHAR16 *text)
{
    EFI_STATUS status = EFI_SUCCESS;

    (void)this;
    if (!text)
        return EFI_INVALID_PARAMETER;
    idle_work_done();
    for (; *text; text++) {
        if (put_control(*text))
            continue;
        if (is_high_surrogate(text[0]) && is_low_surrogate(text[1])) {
            put_character(text, 2);
            text++;
            continue;
        }
        if (is_high_surrogate(text[0]) || is_low_surrogate(text[0]))
            status = EFI_WARN_UNKNOWN_GLYPH;
        put_character(text, 1);
    }
    flush();
    return status;
}

static EFI_STATUS EFIAPI test_string(EFI_SIMPLE_TEXT_OUT_PROTOCOL *this, CHAR16 *text)
{
    (void)this;
    if (!text)
        return EFI_INVALID_PARAMETER;
    for (; *text; text++) {
        if (is_high_surrogate(text[0]) && is_low_surrogate(text[1]))
            text++;
        else if (is_high_surrogate(text[0]) || is_low_surrogate(text[0]))
            return EFI_UNSUPPORTED;
    }
    return EFI_SUCCESS;
}

static EFI_STATUS EFIAPI query_mode(EFI_SIMPLE_TEXT_OUT_PROTOCOL *this, UINTN mode, UINTN *columns,
                                    UINTN *rows)
{
    (void)this;
    if (mode >= sizeof(modes) / sizeof(modes[0]))
        return EFI_UNSUPPORTED;
    if (!columns || !rows)
        return EFI_INVALID_PARAMETER;
    *columns = modes[mode].columns;
    *rows = modes[mode].rows;
    return EFI_SUCCESS;
}

static EFI_STATUS EFIAPI clear_screen(EFI_SIMPLE_TEXT_OUT_PROTOCOL *this)
{
    (void)this;
    send_attribute((unsigned int)state.Attribute);
    send("\033[2J\033[H");
    flush();
    move_to(0, 0);
    return EFI_SUCCESS;
}

static EFI_STATUS EFIAPI set_mode(EFI_SIMPLE_TEXT_OUT_PROTOCOL *this, UINTN mode)
{
    if (mode >= sizeof(modes) / sizeof(modes[0]))
        return EFI_UNSUPPORTED;
    state.Mode = (INT32)mode;
    return clear_screen(this);
}

static EFI_STATUS EFIAPI set_attribute(EFI_SIMPLE_TEXT_OUT_PROTOCOL *this, UINTN attribute)
{
    (void)this;
    if (attribute & ~(UINTN)ATTRIBUTE_MASK)
        return EFI_UNSUPPORTED;
    if ((INT32)attribute != state.Attribute) {
        state.Attribute = (INT32)attribute;
        send_attribute((unsigned int)attribute);
        flush();
    }
    return EFI_SUCCESS;
}

static EFI_STATUS EFIAPI set_cursor_position(EFI_SIMPLE_TEXT_OUT_PROTOCOL *this, UINTN column,
                                             UINTN row)
{
    (void)this;
    if (column >= current_mode()->columns || row >= current_mode()->rows)
        return EFI_UNSUPPORTED;
    send_cursor_position(column, row);
    flush();
    move_to(column, row);
    return EFI_SUCCESS;
}

static EFI_STATUS EFIAPI enable_cursor(EFI_SIMPLE_TEXT_OUT_PROTOCOL *this, BOOLEAN visible)
{
    (void)this;
    state.CursorVisible = visible ? TRUE : FALSE;
    send(visible ? "\033[?25h" : "\033[?25l");
    flush();
    return EFI_SUCCESS;
}

static EFI_STATUS EFIAPI reset(EFI_SIMPLE_TEXT_OUT_PROTOCOL *this, BOOLEAN extended)
{
    (void)extended;
    state.Attribute = DEFAULT_ATTRIBUTE;
    clear_screen(this);
    return enable_cursor(this, TRUE);
}

static EFI_SIMPLE_TEXT_OUT_PROTOCOL protocol = {
    .Reset = reset,
    .OutputString = output_string,
    .TestString = test_string,
    .QueryMode = query_mode,
    .SetMode = set_mode,
    .SetAttribute = set_attribute,
    .ClearScreen = clear_screen,
    .SetCursorPosition = set_cursor_position,
    .EnableCursor = enable_cursor,
    .Mode = &state,
};

EFI_STATUS text_output_install(EFI_HANDLE *ret_handle, EFI_SIMPLE_TEXT_OUT_PROTOCOL **ret_protocol)
{
    static EFI_GUID guid = EFI_SIMPLE_TEXT_OUTPUT_PROTOCOL_GUID;
    EFI_STATUS status = handle_install(ret_handle, &guid, &protocol);

    *ret_protocol = &protocol;
    return status;
}
