/* SimpleTextOutput: what reaches the terminal of a text, and where the cursor is then (UEFI 2.10
 * section 12.4). */
#include "shim/console/text_output.h"

#include <string.h>

#include "shim/protocol/handle.h"
#include "tests/unit/fake_terminal.h"
#include "tests/unit/isolated.h"
#include "tests/unit/text_output_fixture.h"

static EFI_STATUS output(const CHAR16 *text)
{
    CHAR16 copy[512];
    size_t units = 0;

    while (text[units])
        units++;
    memcpy(copy, text, (units + 1) * sizeof(*text));
    return out->OutputString(out, copy);
}

static void test_protocol_is_installed(void **state)
{
    static const EFI_GUID guid = EFI_SIMPLE_TEXT_OUTPUT_PROTOCOL_GUID;

    (void)state;
    assert_ptr_equal(handle_get_interface(console, &guid), out);
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
        cmocka_unit_test_setup(test_protocol_is_installed, text_output_fixture_start),
        cmocka_unit_test_setup(test_text_is_sent_and_moves_the_cursor, text_output_fixture_start),
        cmocka_unit_test_setup(test_text_is_sent_in_one_piece, text_output_fixture_start),
        cmocka_unit_test_setup(test_empty_text_sends_nothing, text_output_fixture_start),
        cmocka_unit_test_setup(test_text_must_be_given, text_output_fixture_start),
        cmocka_unit_test_setup(test_characters_are_sent_as_utf_8, text_output_fixture_start),
        cmocka_unit_test_setup(test_surrogate_pair_is_one_character, text_output_fixture_start),
        cmocka_unit_test_setup(test_surrogates_have_exact_limits, text_output_fixture_start),
        cmocka_unit_test_setup(test_unpaired_surrogates_are_replaced_with_a_warning,
                               text_output_fixture_start),
        cmocka_unit_test_setup(test_high_surrogate_at_the_end_is_not_read_past,
                               text_output_fixture_start),
        cmocka_unit_test_setup(test_carriage_return_goes_to_the_first_column,
                               text_output_fixture_start),
        cmocka_unit_test_setup(test_line_feed_goes_straight_down, text_output_fixture_start),
        cmocka_unit_test_setup(test_line_feed_reaches_the_last_row, text_output_fixture_start),
        cmocka_unit_test_setup(test_line_feed_in_the_last_row_scrolls, text_output_fixture_start),
        cmocka_unit_test_setup(test_backspace_goes_one_left, text_output_fixture_start),
        cmocka_unit_test_setup(test_backspace_stops_at_the_first_column, text_output_fixture_start),
        cmocka_unit_test_setup(test_full_line_wraps, text_output_fixture_start),
        cmocka_unit_test_setup(test_full_last_line_wraps_and_scrolls, text_output_fixture_start),
        cmocka_unit_test_setup(test_long_text_fills_line_after_line, text_output_fixture_start),
        cmocka_unit_test_setup(test_test_string_knows_what_can_be_printed,
                               text_output_fixture_start),
    };

    return isolated_run(tests);
}
