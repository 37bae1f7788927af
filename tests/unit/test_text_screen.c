/* SimpleTextOutput: modes, colours, cursor, reset (UEFI 2.10 sections 12.4.5 to 12.4.10). */
#include <stdio.h>

#include "tests/unit/fake_terminal.h"
#include "tests/unit/isolated.h"
#include "tests/unit/text_output_fixture.h"

#define DEFAULT_SGR "\033[0;37;40m"
#define CLEAR       "\033[2J\033[H"

static void test_mode_at_first(void **state)
{
    (void)state;
    assert_int_equal(out->Mode->MaxMode, 3);
    assert_int_equal(out->Mode->Mode, 0);
    assert_int_equal(out->Mode->Attribute, 0x07);
    assert_true(out->Mode->CursorVisible);
    assert_cursor(0, 0);
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
    CHAR16 text[] = u"ab";

    (void)state;
    out->SetMode(out, 2);
    go_to(COLUMNS - 1, 0);
    out->OutputString(out, text);
    assert_sent("ab");
    go_to(99, 0);
    out->OutputString(out, text);
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

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup(test_mode_at_first, text_output_fixture_start),
        cmocka_unit_test_setup(test_cursor_position_is_sent_row_first_from_1,
                               text_output_fixture_start),
        cmocka_unit_test_setup(test_cursor_position_outside_the_screen_is_unsupported,
                               text_output_fixture_start),
        cmocka_unit_test_setup(test_colours_are_those_of_the_terminal, text_output_fixture_start),
        cmocka_unit_test_setup(test_same_colour_is_not_sent_again, text_output_fixture_start),
        cmocka_unit_test_setup(test_other_attribute_bits_are_unsupported,
                               text_output_fixture_start),
        cmocka_unit_test_setup(test_clear_screen_fills_with_the_colour_and_goes_home,
                               text_output_fixture_start),
        cmocka_unit_test_setup(test_modes_have_their_sizes, text_output_fixture_start),
        cmocka_unit_test_setup(test_query_mode_needs_its_parameters, text_output_fixture_start),
        cmocka_unit_test_setup(test_mode_is_set_with_a_clear_screen, text_output_fixture_start),
        cmocka_unit_test_setup(test_lines_wrap_where_the_mode_says, text_output_fixture_start),
        cmocka_unit_test_setup(test_unknown_modes_are_unsupported, text_output_fixture_start),
        cmocka_unit_test_setup(test_cursor_is_shown_and_hidden, text_output_fixture_start),
        cmocka_unit_test_setup(test_reset_goes_back_to_the_beginning, text_output_fixture_start),
    };

    return isolated_run(tests);
}
