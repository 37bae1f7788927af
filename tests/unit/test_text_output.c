/* SimpleTextOutput: what reaches the terminal, and where the cursor is then (UEFI 2.10
 * section 12.4). */
#include "shim/console/text_output.h"

#include <stdio.h>
#include <string.h>

#include "shim/protocol/handle.h"
#include "tests/unit/fake_memory.h"
#include "tests/unit/fake_terminal.h"
#include "tests/unit/isolated.h"

#define COLUMNS     80
#define ROWS        25
#define DEFAULT_SGR "\033[0;37;40m"
#define CLEAR       "\033[2J\033[H"

static EFI_SIMPLE_TEXT_OUT_PROTOCOL *out;
static EFI_HANDLE handle;

static int start(void **state)
{
    fake_memory_setup(state);
    return text_output_install(&handle, &out) != EFI_SUCCESS;
}

static EFI_STATUS output(const CHAR16 *text)
{
    CHAR16 copy[512];
    size_t units = 0;

    while (text[units])
        units++;
    memcpy(copy, text, (units + 1) * sizeof(*text));
    return out->OutputString(out, copy);
}

static void assert_sent(const char *expected)
{
    assert_string_equal(fake_terminal_take(), expected);
}

static void assert_cursor(INT32 column, INT32 row)
{
    assert_int_equal(out->Mode->CursorColumn, column);
    assert_int_equal(out->Mode->CursorRow, row);
}

static void go_to(UINTN column, UINTN row)
{
    assert_int_equal(out->SetCursorPosition(out, column, row), EFI_SUCCESS);
    fake_terminal_take();
}

static void test_protocol_is_installed(void **state)
{
    static const EFI_GUID guid = EFI_SIMPLE_TEXT_OUTPUT_PROTOCOL_GUID;

    (void)state;
    assert_ptr_equal(handle_get_interface(handle, &guid), out);
}

static void test_mode_at_first(void **state)
{
    (void)state;
    assert_int_equal(out->Mode->MaxMode, 3);
    assert_int_equal(out->Mode->Mode, 0);
    assert_int_equal(out->Mode->Attribute, 0x07);
    assert_true(out->Mode->CursorVisible);
    assert_cursor(0, 0);
}

static void test_text_is_sent_and_moves_the_cursor(void **state)
{
    (void)state;
    assert_int_equal(output(u"hello"), EFI_SUCCESS);
    assert_sent("hello");
    assert_cursor(5, 0);
}

static void test_text_is_sent_in_one_piece(void **state)
{
    CHAR16 text[402] = {0};
    char expected[512];

    (void)state;
    assert_int_equal(output(u"one, two\r\nthree"), EFI_SUCCESS);
    assert_int_equal(fake_terminal_writes(), 1);
    fake_terminal_take();
    /* Two pieces when it is long; nothing is lost between them. */
    for (size_t i = 0; i < 400; i++)
        text[i] = i % 50 == 49 ? '\r' : (CHAR16)('a' + i % 26);
    for (size_t i = 0; i <= 400; i++)
        expected[i] = (char)text[i];
    assert_int_equal(output(text), EFI_SUCCESS);
    assert_int_equal(fake_terminal_writes(), 3);
    assert_sent(expected);
}

static void test_empty_text_sends_nothing(void **state)
{
    (void)state;
    assert_int_equal(output(u""), EFI_SUCCESS);
    assert_sent("");
}

static void test_text_must_be_given(void **state)
{
    (void)state;
    assert_int_equal(out->OutputString(out, NULL), EFI_INVALID_PARAMETER);
    assert_int_equal(out->TestString(out, NULL), EFI_INVALID_PARAMETER);
    assert_sent("");
}

static void test_characters_are_sent_as_utf_8(void **state)
{
    (void)state;
    assert_int_equal(output(u"\u00fc\u20ac\u2554"), EFI_SUCCESS);
    assert_sent("\xc3\xbc\xe2\x82\xac\xe2\x95\x94");
    assert_cursor(3, 0);
}

static void test_surrogate_pair_is_one_character(void **state)
{
    static const CHAR16 text[] = {'a', 0xd83d, 0xde00, 'b', 0};

    (void)state;
    assert_int_equal(output(text), EFI_SUCCESS);
    assert_sent("a\xf0\x9f\x98\x80"
                "b");
    assert_cursor(3, 0);
}

static void test_surrogates_have_exact_limits(void **state)
{
    static const struct {
        CHAR16 text[3];
        EFI_STATUS status;
        const char *sent;
    } cases[] = {
        {{0xd800, 0xdc00}, EFI_SUCCESS, "\xf0\x90\x80\x80"},
        {{0xdbff, 0xdfff}, EFI_SUCCESS, "\xf4\x8f\xbf\xbf"},
        {{0xd7ff, 0xe000}, EFI_SUCCESS, "\xed\x9f\xbf\xee\x80\x80"},
        {{0xdc00, 0xdc00}, EFI_WARN_UNKNOWN_GLYPH, "\xef\xbf\xbd\xef\xbf\xbd"},
        {{0xd800, 0xe000}, EFI_WARN_UNKNOWN_GLYPH, "\xef\xbf\xbd\xee\x80\x80"},
        {{0xdfff, 'x'}, EFI_WARN_UNKNOWN_GLYPH, "\xef\xbf\xbdx"},
    };

    (void)state;
    for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
        CHAR16 text[3];

        memcpy(text, cases[i].text, sizeof(text));
        assert_int_equal(out->OutputString(out, text), cases[i].status);
        assert_sent(cases[i].sent);
        assert_int_equal(out->TestString(out, text),
                         cases[i].status == EFI_SUCCESS ? EFI_SUCCESS : EFI_UNSUPPORTED);
    }
}

static void test_unpaired_surrogates_are_replaced_with_a_warning(void **state)
{
    static const CHAR16 texts[][4] = {
        {'a', 0xd83d, 'b', 0}, {'a', 0xde00, 'b', 0}, {'a', 0xdfff, 'b', 0}, {'a', 0xd800, 'b', 0}};

    (void)state;
    for (size_t i = 0; i < 4; i++) {
        assert_int_equal(output(texts[i]), EFI_WARN_UNKNOWN_GLYPH);
        assert_sent("a\xef\xbf\xbd"
                    "b");
    }
}

static void test_high_surrogate_at_the_end_is_not_read_past(void **state)
{
    static const CHAR16 text[] = {'a', 0xd83d, 0};

    (void)state;
    assert_int_equal(output(text), EFI_WARN_UNKNOWN_GLYPH);
    assert_sent("a\xef\xbf\xbd");
}

static void test_carriage_return_goes_to_the_first_column(void **state)
{
    (void)state;
    go_to(0, 3);
    output(u"abc\rx");
    assert_sent("abc\rx");
    assert_cursor(1, 3);
}

static void test_line_feed_goes_straight_down(void **state)
{
    (void)state;
    output(u"abc\nx");
    assert_sent("abc\nx");
    assert_cursor(4, 1);
}

static void test_line_feed_reaches_the_last_row(void **state)
{
    (void)state;
    go_to(3, ROWS - 2);
    output(u"\n");
    assert_cursor(3, ROWS - 1);
}

static void test_line_feed_in_the_last_row_scrolls(void **state)
{
    (void)state;
    go_to(0, ROWS - 1);
    output(u"a\n\nb");
    assert_sent("a\n\nb");
    assert_cursor(2, ROWS - 1);
}

static void test_backspace_goes_one_left(void **state)
{
    (void)state;
    output(u"ab\b");
    assert_sent("ab\b");
    assert_cursor(1, 0);
}

static void test_backspace_stops_at_the_first_column(void **state)
{
    (void)state;
    go_to(1, 2);
    output(u"\b\b\b");
    assert_sent("\b");
    assert_cursor(0, 2);
}

static void test_full_line_wraps(void **state)
{
    (void)state;
    go_to(COLUMNS - 2, 4);
    output(u"ab");
    assert_sent("ab\r\n");
    assert_cursor(0, 5);
    output(u"c");
    assert_sent("c");
    assert_cursor(1, 5);
}

static void test_full_last_line_wraps_and_scrolls(void **state)
{
    (void)state;
    go_to(COLUMNS - 1, ROWS - 1);
    output(u"ab");
    assert_sent("a\r\nb");
    assert_cursor(1, ROWS - 1);
}

static void test_long_text_fills_line_after_line(void **state)
{
    CHAR16 text[3 * COLUMNS + 1] = {0};

    (void)state;
    for (size_t i = 0; i < 3 * COLUMNS; i++)
        text[i] = 'x';
    output(text);
    assert_int_equal(strlen(fake_terminal_take()), 3 * (COLUMNS + 2));
    assert_cursor(0, 3);
}

static void test_cursor_position_is_sent_row_first_from_1(void **state)
{
    (void)state;
    assert_int_equal(out->SetCursorPosition(out, 5, 7), EFI_SUCCESS);
    assert_sent("\033[8;6H");
    assert_cursor(5, 7);
    assert_int_equal(out->SetCursorPosition(out, COLUMNS - 1, ROWS - 1), EFI_SUCCESS);
    assert_sent("\033[25;80H");
    assert_cursor(COLUMNS - 1, ROWS - 1);
}

static void test_cursor_position_outside_the_screen_is_unsupported(void **state)
{
    static const struct {
        UINTN column;
        UINTN row;
    } cases[] = {
        {COLUMNS, 0}, {0, ROWS}, {UINT64_MAX, 0}, {0, UINT64_MAX}, {1ull << 32, 0}, {0, 1ull << 32},
    };

    (void)state;
    go_to(3, 4);
    for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++)
        assert_int_equal(out->SetCursorPosition(out, cases[i].column, cases[i].row),
                         EFI_UNSUPPORTED);
    assert_sent("");
    assert_cursor(3, 4);
}

/* EFI counts black, blue, green, cyan, red, magenta, brown, grey. */
static void test_colours_are_those_of_the_terminal(void **state)
{
    static const int ansi[] = {0, 4, 2, 6, 1, 5, 3, 7};

    (void)state;
    out->SetAttribute(out, 0x7f);
    fake_terminal_take();
    for (unsigned int attribute = 0; attribute < 0x80; attribute++) {
        char expected[24];

        snprintf(expected, sizeof(expected), "\033[%s;%d;%dm", attribute & 8 ? "0;1" : "0",
                 30 + ansi[attribute & 7], 40 + ansi[attribute >> 4]);
        assert_int_equal(out->SetAttribute(out, attribute), EFI_SUCCESS);
        assert_sent(expected);
        assert_int_equal(out->Mode->Attribute, attribute);
    }
}

static void test_same_colour_is_not_sent_again(void **state)
{
    (void)state;
    assert_int_equal(out->SetAttribute(out, 0x1f), EFI_SUCCESS);
    fake_terminal_take();
    assert_int_equal(out->SetAttribute(out, 0x1f), EFI_SUCCESS);
    assert_sent("");
}

static void test_other_attribute_bits_are_unsupported(void **state)
{
    (void)state;
    assert_int_equal(out->SetAttribute(out, 0x80), EFI_UNSUPPORTED);
    assert_int_equal(out->SetAttribute(out, 0x107), EFI_UNSUPPORTED);
    assert_int_equal(out->SetAttribute(out, 1ull << 32), EFI_UNSUPPORTED);
    assert_sent("");
    assert_int_equal(out->Mode->Attribute, 0x07);
}

static void test_clear_screen_fills_with_the_colour_and_goes_home(void **state)
{
    (void)state;
    out->SetAttribute(out, 0x1f);
    go_to(5, 5);
    assert_int_equal(out->ClearScreen(out), EFI_SUCCESS);
    assert_sent("\033[0;1;37;44m" CLEAR);
    assert_cursor(0, 0);
}

static void test_modes_have_their_sizes(void **state)
{
    static const struct {
        UINTN columns;
        UINTN rows;
    } sizes[] = {{80, 25}, {80, 50}, {100, 31}};

    (void)state;
    for (UINTN mode = 0; mode < 3; mode++) {
        UINTN columns = 0;
        UINTN rows = 0;

        assert_int_equal(out->QueryMode(out, mode, &columns, &rows), EFI_SUCCESS);
        assert_int_equal(columns, sizes[mode].columns);
        assert_int_equal(rows, sizes[mode].rows);
    }
}

static void test_query_mode_needs_its_parameters(void **state)
{
    UINTN size;

    (void)state;
    assert_int_equal(out->QueryMode(out, 0, NULL, &size), EFI_INVALID_PARAMETER);
    assert_int_equal(out->QueryMode(out, 0, &size, NULL), EFI_INVALID_PARAMETER);
}

static void test_mode_is_set_with_a_clear_screen(void **state)
{
    (void)state;
    go_to(5, 5);
    assert_int_equal(out->SetMode(out, 2), EFI_SUCCESS);
    assert_sent(DEFAULT_SGR CLEAR);
    assert_int_equal(out->Mode->Mode, 2);
    assert_cursor(0, 0);
    assert_int_equal(out->SetCursorPosition(out, 99, 30), EFI_SUCCESS);
    assert_int_equal(out->SetCursorPosition(out, 100, 30), EFI_UNSUPPORTED);
    assert_int_equal(out->SetCursorPosition(out, 99, 31), EFI_UNSUPPORTED);
}

static void test_lines_wrap_where_the_mode_says(void **state)
{
    (void)state;
    out->SetMode(out, 2);
    go_to(COLUMNS - 1, 0);
    output(u"ab");
    assert_sent("ab");
    go_to(99, 0);
    output(u"ab");
    assert_sent("a\r\nb");
}

static void test_unknown_modes_are_unsupported(void **state)
{
    UINTN columns;
    UINTN rows;

    (void)state;
    assert_int_equal(out->QueryMode(out, 3, &columns, &rows), EFI_UNSUPPORTED);
    assert_int_equal(out->QueryMode(out, UINT64_MAX, &columns, &rows), EFI_UNSUPPORTED);
    assert_int_equal(out->SetMode(out, 3), EFI_UNSUPPORTED);
    assert_int_equal(out->SetMode(out, 1ull << 32), EFI_UNSUPPORTED);
    assert_sent("");
    assert_int_equal(out->Mode->Mode, 0);
}

static void test_cursor_is_shown_and_hidden(void **state)
{
    (void)state;
    assert_int_equal(out->EnableCursor(out, FALSE), EFI_SUCCESS);
    assert_sent("\033[?25l");
    assert_false(out->Mode->CursorVisible);
    assert_int_equal(out->EnableCursor(out, TRUE), EFI_SUCCESS);
    assert_sent("\033[?25h");
    assert_true(out->Mode->CursorVisible);
}

static void test_reset_goes_back_to_the_beginning(void **state)
{
    (void)state;
    out->SetAttribute(out, 0x1f);
    out->EnableCursor(out, FALSE);
    go_to(5, 5);
    assert_int_equal(out->Reset(out, FALSE), EFI_SUCCESS);
    assert_sent(DEFAULT_SGR CLEAR "\033[?25h");
    assert_int_equal(out->Mode->Attribute, 0x07);
    assert_true(out->Mode->CursorVisible);
    assert_cursor(0, 0);
}

static void test_test_string_knows_what_can_be_printed(void **state)
{
    CHAR16 sound[] = {'a', 0x20ac, 0xd83d, 0xde00, 'b', 0};
    CHAR16 high_alone[] = {0xd83d, 'b', 0};
    CHAR16 low_alone[] = {'a', 0xde00, 0};

    (void)state;
    assert_int_equal(out->TestString(out, sound), EFI_SUCCESS);
    assert_int_equal(out->TestString(out, high_alone), EFI_UNSUPPORTED);
    assert_int_equal(out->TestString(out, low_alone), EFI_UNSUPPORTED);
    assert_sent("");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup(test_protocol_is_installed, start),
        cmocka_unit_test_setup(test_mode_at_first, start),
        cmocka_unit_test_setup(test_text_is_sent_and_moves_the_cursor, start),
        cmocka_unit_test_setup(test_text_is_sent_in_one_piece, start),
        cmocka_unit_test_setup(test_empty_text_sends_nothing, start),
        cmocka_unit_test_setup(test_text_must_be_given, start),
        cmocka_unit_test_setup(test_characters_are_sent_as_utf_8, start),
        cmocka_unit_test_setup(test_surrogate_pair_is_one_character, start),
        cmocka_unit_test_setup(test_surrogates_have_exact_limits, start),
        cmocka_unit_test_setup(test_unpaired_surrogates_are_replaced_with_a_warning, start),
        cmocka_unit_test_setup(test_high_surrogate_at_the_end_is_not_read_past, start),
        cmocka_unit_test_setup(test_carriage_return_goes_to_the_first_column, start),
        cmocka_unit_test_setup(test_line_feed_goes_straight_down, start),
        cmocka_unit_test_setup(test_line_feed_reaches_the_last_row, start),
        cmocka_unit_test_setup(test_line_feed_in_the_last_row_scrolls, start),
        cmocka_unit_test_setup(test_backspace_goes_one_left, start),
        cmocka_unit_test_setup(test_backspace_stops_at_the_first_column, start),
        cmocka_unit_test_setup(test_full_line_wraps, start),
        cmocka_unit_test_setup(test_full_last_line_wraps_and_scrolls, start),
        cmocka_unit_test_setup(test_long_text_fills_line_after_line, start),
        cmocka_unit_test_setup(test_cursor_position_is_sent_row_first_from_1, start),
        cmocka_unit_test_setup(test_cursor_position_outside_the_screen_is_unsupported, start),
        cmocka_unit_test_setup(test_colours_are_those_of_the_terminal, start),
        cmocka_unit_test_setup(test_same_colour_is_not_sent_again, start),
        cmocka_unit_test_setup(test_other_attribute_bits_are_unsupported, start),
        cmocka_unit_test_setup(test_clear_screen_fills_with_the_colour_and_goes_home, start),
        cmocka_unit_test_setup(test_modes_have_their_sizes, start),
        cmocka_unit_test_setup(test_query_mode_needs_its_parameters, start),
        cmocka_unit_test_setup(test_mode_is_set_with_a_clear_screen, start),
        cmocka_unit_test_setup(test_lines_wrap_where_the_mode_says, start),
        cmocka_unit_test_setup(test_unknown_modes_are_unsupported, start),
        cmocka_unit_test_setup(test_cursor_is_shown_and_hidden, start),
        cmocka_unit_test_setup(test_reset_goes_back_to_the_beginning, start),
        cmocka_unit_test_setup(test_test_string_knows_what_can_be_printed, start),
    };

    return isolated_run(tests);
}
