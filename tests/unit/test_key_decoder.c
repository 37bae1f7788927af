/* What each thing that a terminal sends is to an EFI program, in whatever portions it comes. */
#include "shim/console/key_decoder.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "tests/unit/key_sequences.h"

#define KEYS_MAX     16
#define COUNT(array) (sizeof(array) / sizeof((array)[0]))
#define BYTES(s)     (s), sizeof(s) - 1

struct typed {
    size_t count;
    EFI_KEY_DATA key[KEYS_MAX];
};

static struct key_decoder decoder;
static uint64_t now;

static int start(void **state)
{
    (void)state;
    decoder = (struct key_decoder){0};
    now = 5000;
    return 0;
}

static void append(struct typed *typed, const struct decoded_keys *keys)
{
    assert_true(keys->count <= KEY_DECODER_KEYS_MAX);
    for (size_t i = 0; i < keys->count; i++) {
        assert_true(typed->count < KEYS_MAX);
        typed->key[typed->count++] = keys->key[i];
    }
}

static void put(struct typed *typed, const char *bytes, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        struct decoded_keys keys = key_decoder_put(&decoder, (uint8_t)bytes[i], now);

        append(typed, &keys);
    }
}

static void wait_ns(struct typed *typed, uint64_t ns)
{
    struct decoded_keys keys;

    now += ns;
    keys = key_decoder_idle(&decoder, now);
    append(typed, &keys);
}

static struct typed type_and_wait(const char *bytes, size_t count)
{
    struct typed typed = {0};

    put(&typed, bytes, count);
    wait_ns(&typed, KEY_DECODER_TIMEOUT_NS);
    return typed;
}

static void assert_key(const EFI_KEY_DATA *key, uint16_t scan_code, CHAR16 character,
                       uint32_t shift)
{
    assert_int_equal(key->Key.ScanCode, scan_code);
    assert_int_equal(key->Key.UnicodeChar, character);
    assert_int_equal(key->KeyState.KeyShiftState, shift ? shift | EFI_SHIFT_STATE_VALID : 0);
    assert_int_equal(key->KeyState.KeyToggleState, 0);
}

static void assert_only(const struct typed *typed, const struct sequence_of_key *expected)
{
    assert_int_equal(typed->count, 1);
    assert_key(&typed->key[0], expected->scan_code, expected->character, expected->shift);
}

static void test_every_sequence_is_one_key_at_once(void **state)
{
    for (size_t i = 0; i < COUNT(sequences); i++) {
        const struct sequence_of_key *expected = &sequences[i];
        struct typed typed = {0};

        start(state);
        put(&typed, expected->bytes, strlen(expected->bytes));
        assert_only(&typed, expected);
        wait_ns(&typed, KEY_DECODER_TIMEOUT_NS);
        assert_int_equal(typed.count, 1);
    }
}

static void test_a_sequence_may_be_split_anywhere(void **state)
{
    for (size_t i = 0; i < COUNT(sequences); i++) {
        const struct sequence_of_key *expected = &sequences[i];
        size_t length = strlen(expected->bytes);

        for (size_t split = 1; split < length; split++) {
            struct typed typed = {0};

            start(state);
            put(&typed, expected->bytes, split);
            wait_ns(&typed, KEY_DECODER_TIMEOUT_NS - 1);
            put(&typed, expected->bytes + split, length - split);
            assert_only(&typed, expected);
        }
    }
}

static void test_no_time_passes_while_bytes_lie_ready(void **state)
{
    for (size_t i = 0; i < COUNT(sequences); i++) {
        const struct sequence_of_key *expected = &sequences[i];
        struct typed typed = {0};

        start(state);
        for (const char *byte = expected->bytes; *byte; byte++) {
            put(&typed, byte, 1);
            now += 100 * KEY_DECODER_TIMEOUT_NS;
        }
        assert_only(&typed, expected);
    }
}

static void test_nothing_of_a_sequence_that_was_given_up_remains(void **state)
{
    for (size_t i = 0; i < COUNT(sequences); i++) {
        const struct sequence_of_key *expected = &sequences[i];

        for (size_t split = 1; split < strlen(expected->bytes); split++) {
            struct typed typed;
            struct sequence_of_key next = {"x", 0, 'x', 0};

            start(state);
            type_and_wait(expected->bytes, split);
            typed = type_and_wait("x", 1);
            assert_only(&typed, &next);
        }
    }
}

static void test_a_key_follows_every_sequence(void **state)
{
    for (size_t i = 0; i < COUNT(sequences); i++) {
        const struct sequence_of_key *expected = &sequences[i];
        struct typed typed = {0};

        start(state);
        put(&typed, expected->bytes, strlen(expected->bytes));
        put(&typed, "x", 1);
        assert_int_equal(typed.count, 2);
        assert_key(&typed.key[1], 0, 'x', 0);
    }
}

static void test_what_no_key_sends_is_dropped(void **state)
{
    for (size_t i = 0; i < COUNT(dropped); i++) {
        struct typed typed;

        start(state);
        typed = type_and_wait(dropped[i], strlen(dropped[i]));
        assert_int_equal(typed.count, 0);
        typed = type_and_wait("x", 1);
        assert_int_equal(typed.count, 1);
        assert_key(&typed.key[0], 0, 'x', 0);
    }
}

static void test_lone_escape_needs_the_time(void **state)
{
    struct typed typed = {0};

    (void)state;
    put(&typed, "\033", 1);
    wait_ns(&typed, KEY_DECODER_TIMEOUT_NS - 1);
    assert_int_equal(typed.count, 0);
    wait_ns(&typed, 1);
    assert_int_equal(typed.count, 1);
    assert_key(&typed.key[0], SCAN_ESC, 0, 0);
    wait_ns(&typed, KEY_DECODER_TIMEOUT_NS);
    assert_int_equal(typed.count, 1);
}

static void test_escape_pressed_again_and_again(void **state)
{
    struct typed typed = type_and_wait("\033\033\033\033\033", 5);

    (void)state;
    assert_int_equal(typed.count, 5);
    for (size_t i = 0; i < 5; i++)
        assert_key(&typed.key[i], SCAN_ESC, 0, 0);
}

static void test_escape_and_then_a_sequence_of_another_alt_key(void **state)
{
    struct typed typed = type_and_wait(BYTES("\033\033\033[A\033\033x"));

    (void)state;
    assert_int_equal(typed.count, 4);
    assert_key(&typed.key[0], SCAN_ESC, 0, 0);
    assert_key(&typed.key[1], SCAN_UP, 0, ALT);
    assert_key(&typed.key[2], SCAN_ESC, 0, 0);
    assert_key(&typed.key[3], 0, 'x', ALT);
}

static void test_introducer_without_more_was_alt_and_its_character(void **state)
{
    struct typed typed = type_and_wait(BYTES("\033["));

    (void)state;
    assert_only(&typed, &(struct sequence_of_key){NULL, 0, '[', ALT});
    typed = type_and_wait(BYTES("\033O"));
    assert_only(&typed, &(struct sequence_of_key){NULL, 0, 'O', ALT});
    typed = type_and_wait(BYTES("\033\033["));
    assert_int_equal(typed.count, 2);
    assert_key(&typed.key[0], SCAN_ESC, 0, 0);
    assert_key(&typed.key[1], 0, '[', ALT);
}

static void test_one_byte_may_complete_three_keys(void **state)
{
    struct typed typed = {0};

    (void)state;
    put(&typed, BYTES("\033\033["));
    assert_int_equal(typed.count, 0);
    put(&typed, "\r", 1);
    assert_int_equal(typed.count, 3);
    assert_key(&typed.key[0], SCAN_ESC, 0, 0);
    assert_key(&typed.key[1], 0, '[', ALT);
    assert_key(&typed.key[2], 0, CHAR_CARRIAGE_RETURN, 0);
}

static void test_unfinished_sequence_is_dropped_in_time(void **state)
{
    static const char *const unfinished[] = {"\033[1", "\033[1;", "\033[1;5",  "\033[[",
                                             "\033O5", "\033[?",  "\033\033[3"};

    for (size_t i = 0; i < COUNT(unfinished); i++) {
        start(state);
        assert_int_equal(type_and_wait(unfinished[i], strlen(unfinished[i])).count, 0);
    }
}

static void test_control_character_breaks_a_sequence(void **state)
{
    static const char *const broken[] = {"\033[1;5\rA", "\033O5\rA", "\033[[\rA"};

    for (size_t i = 0; i < COUNT(broken); i++) {
        struct typed typed;

        start(state);
        typed = type_and_wait(broken[i], strlen(broken[i]));
        assert_int_equal(typed.count, 2);
        assert_key(&typed.key[0], 0, CHAR_CARRIAGE_RETURN, 0);
        assert_key(&typed.key[1], 0, 'A', 0);
    }
}

static void test_escape_character_begins_anew(void **state)
{
    static const char *const broken[] = {"\033[1;5\033[B", "\033O5\033[B", "\033[[\033[B",
                                         "\033\033[3\033[B"};

    for (size_t i = 0; i < COUNT(broken); i++) {
        struct typed typed;

        start(state);
        typed = type_and_wait(broken[i], strlen(broken[i]));
        assert_only(&typed, &(struct sequence_of_key){NULL, SCAN_DOWN, 0, 0});
    }
}

static void test_other_bytes_break_a_sequence(void **state)
{
    struct typed typed = type_and_wait(BYTES("\033[1;\xc3\xa4"));

    (void)state;
    assert_only(&typed, &(struct sequence_of_key){NULL, 0, 0xe4, 0});
    typed = type_and_wait(BYTES("\033[1;\177"));
    assert_only(&typed, &(struct sequence_of_key){NULL, 0, CHAR_BACKSPACE, 0});
}

static void test_truncated_character_is_replaced(void **state)
{
    struct typed typed = type_and_wait(BYTES("\xe2\x82x"));

    (void)state;
    assert_int_equal(typed.count, 2);
    assert_key(&typed.key[0], 0, 0xfffd, 0);
    assert_key(&typed.key[1], 0, 'x', 0);
    typed = type_and_wait(BYTES("\xe2\xe2\x82\xac"));
    assert_int_equal(typed.count, 2);
    assert_key(&typed.key[0], 0, 0xfffd, 0);
    assert_key(&typed.key[1], 0, 0x20ac, 0);
    typed = type_and_wait(BYTES("\xf0\x9f\x98\033[A"));
    assert_int_equal(typed.count, 2);
    assert_key(&typed.key[0], 0, 0xfffd, 0);
    assert_key(&typed.key[1], SCAN_UP, 0, 0);
}

static void test_character_without_its_end_is_replaced_in_time(void **state)
{
    struct typed typed = {0};

    (void)state;
    put(&typed, BYTES("\xe2\x82"));
    wait_ns(&typed, KEY_DECODER_TIMEOUT_NS - 1);
    assert_int_equal(typed.count, 0);
    wait_ns(&typed, 1);
    assert_only(&typed, &(struct sequence_of_key){NULL, 0, 0xfffd, 0});
}

static void test_nul_is_nothing(void **state)
{
    struct typed typed = type_and_wait(BYTES("\0\r\0\n\0\033\0[\0A\0"));

    (void)state;
    assert_int_equal(typed.count, 2);
    assert_key(&typed.key[0], 0, CHAR_CARRIAGE_RETURN, 0);
    assert_key(&typed.key[1], SCAN_UP, 0, 0);
}

static void test_two_enters_are_two(void **state)
{
    (void)state;
    assert_int_equal(type_and_wait(BYTES("\r\r")).count, 2);
    assert_int_equal(type_and_wait(BYTES("\n\n")).count, 2);
    assert_int_equal(type_and_wait(BYTES("\r\n\r\n")).count, 2);
    assert_int_equal(type_and_wait(BYTES("\r\n\n")).count, 2);
    assert_int_equal(type_and_wait(BYTES("\n\r")).count, 2);
}

static void test_line_feed_later_is_a_key_of_its_own(void **state)
{
    (void)state;
    assert_int_equal(type_and_wait("\r", 1).count, 1);
    assert_int_equal(type_and_wait("\n", 1).count, 1);
}

static void test_pasted_text(void **state)
{
    static const char text[] = "fs0:\\\xc3\xa4\r\033[A";
    static const CHAR16 characters[] = {'f', 's', '0', ':', '\\', 0xe4, CHAR_CARRIAGE_RETURN};
    struct typed typed = type_and_wait(BYTES(text));

    (void)state;
    assert_int_equal(typed.count, 8);
    for (size_t i = 0; i < 7; i++)
        assert_key(&typed.key[i], 0, characters[i], 0);
    assert_key(&typed.key[7], SCAN_UP, 0, 0);
}

static void test_plain_keys(void **state)
{
    static const struct plain_key {
        const char *bytes;
        uint16_t scan_code;
        CHAR16 character;
    } plain[] = {
        {"\003", 0, 3},
        {"\032", 0, 26},
        {"\034", 0, 28},
        {"\037", 0, 31},
        {"c", 0, 'c'},
        {"\033b", 0, 'b'},
        {"\033\003", 0, 3},
        {"\033[1;5A", SCAN_UP, 0},
        {"\033[Z", 0, CHAR_TAB},
        {"\033O5j", 0, '*'},
        {"\033[1;5Z", 0, CHAR_TAB},
        {"\033O5M", 0, CHAR_CARRIAGE_RETURN},
        {"\xc3\xbc", 0, 0xfc},
    };

    for (size_t i = 0; i < COUNT(plain); i++) {
        const struct plain_key *expected = &plain[i];
        struct typed typed;
        EFI_INPUT_KEY key;

        start(state);
        typed = type_and_wait(expected->bytes, strlen(expected->bytes));
        assert_int_equal(typed.count, 1);
        key = key_decoder_plain(&typed.key[0]);
        assert_int_equal(key.ScanCode, expected->scan_code);
        assert_int_equal(key.UnicodeChar, expected->character);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup(test_every_sequence_is_one_key_at_once, start),
        cmocka_unit_test_setup(test_a_sequence_may_be_split_anywhere, start),
        cmocka_unit_test_setup(test_no_time_passes_while_bytes_lie_ready, start),
        cmocka_unit_test_setup(test_nothing_of_a_sequence_that_was_given_up_remains, start),
        cmocka_unit_test_setup(test_a_key_follows_every_sequence, start),
        cmocka_unit_test_setup(test_what_no_key_sends_is_dropped, start),
        cmocka_unit_test_setup(test_lone_escape_needs_the_time, start),
        cmocka_unit_test_setup(test_escape_pressed_again_and_again, start),
        cmocka_unit_test_setup(test_escape_and_then_a_sequence_of_another_alt_key, start),
        cmocka_unit_test_setup(test_introducer_without_more_was_alt_and_its_character, start),
        cmocka_unit_test_setup(test_one_byte_may_complete_three_keys, start),
        cmocka_unit_test_setup(test_unfinished_sequence_is_dropped_in_time, start),
        cmocka_unit_test_setup(test_control_character_breaks_a_sequence, start),
        cmocka_unit_test_setup(test_escape_character_begins_anew, start),
        cmocka_unit_test_setup(test_other_bytes_break_a_sequence, start),
        cmocka_unit_test_setup(test_truncated_character_is_replaced, start),
        cmocka_unit_test_setup(test_character_without_its_end_is_replaced_in_time, start),
        cmocka_unit_test_setup(test_nul_is_nothing, start),
        cmocka_unit_test_setup(test_two_enters_are_two, start),
        cmocka_unit_test_setup(test_line_feed_later_is_a_key_of_its_own, start),
        cmocka_unit_test_setup(test_pasted_text, start),
        cmocka_unit_test_setup(test_plain_keys, start),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
