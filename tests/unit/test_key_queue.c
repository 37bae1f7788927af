/* The queue between the terminal and the two text input protocols. */
#include "shim/console/key_queue.h"

#include <string.h>

#include "shim/console/key_decoder.h"
#include "shim/event/event.h"
#include "tests/unit/fake_memory.h"
#include "tests/unit/fake_tsc.h"
#include "tests/unit/fake_typing.h"
#include "tests/unit/isolated.h"

static void assert_takes(uint16_t scan_code, CHAR16 character, uint32_t shift_state)
{
    EFI_KEY_DATA key;

    assert_true(key_queue_take(&key));
    assert_int_equal(key.Key.ScanCode, scan_code);
    assert_int_equal(key.Key.UnicodeChar, character);
    assert_int_equal(key.KeyState.KeyShiftState, shift_state);
    assert_int_equal(key.KeyState.KeyToggleState, 0);
}

static void assert_takes_plain(uint16_t scan_code, CHAR16 character)
{
    EFI_INPUT_KEY key;

    assert_true(key_queue_take_plain(&key));
    assert_int_equal(key.ScanCode, scan_code);
    assert_int_equal(key.UnicodeChar, character);
}

static void assert_empty(void)
{
    EFI_KEY_DATA key;
    EFI_INPUT_KEY plain;

    assert_false(key_queue_take(&key));
    assert_false(key_queue_take_plain(&plain));
}

static void pass_timeout(void)
{
    fake_tsc.now_ns += KEY_DECODER_TIMEOUT_NS;
}

static void test_empty_at_first(void **state)
{
    (void)state;
    assert_empty();
}

static void test_keys_come_in_order(void **state)
{
    (void)state;
    fake_typing_type("ab\033[A\033[1;5C");
    assert_takes(0, 'a', 0);
    assert_takes(0, 'b', 0);
    assert_takes(SCAN_UP, 0, 0);
    assert_takes(SCAN_RIGHT, 0, EFI_SHIFT_STATE_VALID | EFI_LEFT_CONTROL_PRESSED);
    assert_empty();
}

static void test_asking_takes_nothing_away(void **state)
{
    EFI_EVENT event;

    (void)state;
    assert_int_equal(key_queue_create_event(&event), EFI_SUCCESS);
    assert_int_equal(event_check(event), EFI_NOT_READY);
    fake_typing_type("a");
    assert_int_equal(event_check(event), EFI_SUCCESS);
    assert_int_equal(event_check(event), EFI_SUCCESS);
    assert_takes(0, 'a', 0);
}

static void test_plain_and_other_readers_share_the_keys(void **state)
{
    (void)state;
    fake_typing_type("abc");
    assert_takes_plain(0, 'a');
    assert_takes(0, 'b', 0);
    assert_takes_plain(0, 'c');
    assert_empty();
}

static void test_control_key_with_and_without_modifiers(void **state)
{
    (void)state;
    fake_typing_type("\003\003");
    assert_takes(0, 'c', EFI_SHIFT_STATE_VALID | EFI_LEFT_CONTROL_PRESSED);
    assert_takes_plain(0, 3);
}

static void test_alt_key_is_an_escape_key_before_it_for_plain_readers(void **state)
{
    (void)state;
    fake_typing_type("\033b\033\003\033\033[A");
    assert_takes_plain(SCAN_ESC, 0);
    assert_takes_plain(0, 'b');
    assert_takes_plain(SCAN_ESC, 0);
    assert_takes_plain(0, 3);
    assert_takes_plain(SCAN_UP, 0);
    assert_empty();
}

static void test_partial_sequence_is_no_key_yet(void **state)
{
    (void)state;
    fake_typing_type("\033");
    assert_empty();
    fake_typing_type("[");
    assert_empty();
    fake_typing_type("B");
    assert_takes(SCAN_DOWN, 0, 0);
}

static void test_lone_escape_comes_in_time(void **state)
{
    (void)state;
    fake_typing_type("\033");
    assert_empty();
    pass_timeout();
    assert_takes(SCAN_ESC, 0, 0);
    assert_empty();
}

static void test_sequence_that_is_read_late_is_one_key(void **state)
{
    (void)state;
    fake_typing_type("\033");
    assert_empty();
    fake_typing_type("[B");
    pass_timeout();
    assert_takes(SCAN_DOWN, 0, 0);
}

static void test_terminal_is_read_only_on_demand(void **state)
{
    (void)state;
    fake_typing_type("abc");
    assert_int_equal(fake_typing_left(), 3);
    key_queue_poll();
    assert_int_equal(fake_typing_left(), 0);
    fake_typing_type("d");
    assert_takes(0, 'a', 0);
    assert_int_equal(fake_typing_left(), 1);
}

static void type_digits_and_poll(unsigned int count)
{
    for (unsigned int i = 0; i < count; i++)
        fake_typing_type_bytes(&"0123456789"[i % 10], 1);
    for (unsigned int i = 0; i < count; i++)
        key_queue_poll();
}

static void assert_takes_digits(unsigned int count)
{
    for (unsigned int i = 0; i < count; i++)
        assert_takes(0, (CHAR16)('0' + i % 10), 0);
}

static void test_full_queue_leaves_the_rest_in_the_terminal(void **state)
{
    (void)state;
    type_digits_and_poll(1000);
    assert_in_range(1000 - fake_typing_left(), 100, 128);
    assert_takes_digits(1000);
    assert_empty();
}

static void test_a_byte_of_three_keys_finds_room_for_all(void **state)
{
    (void)state;
    type_digits_and_poll(127);
    fake_typing_type("\033\033[\r");
    for (unsigned int i = 0; i < 10; i++)
        key_queue_poll();
    assert_takes_digits(127);
    assert_takes(SCAN_ESC, 0, 0);
    assert_takes(0, '[', EFI_SHIFT_STATE_VALID | EFI_LEFT_ALT_PRESSED);
    assert_takes(0, CHAR_CARRIAGE_RETURN, 0);
    assert_empty();
}

static void test_no_time_passes_while_the_queue_is_full(void **state)
{
    (void)state;
    type_digits_and_poll(125);
    fake_typing_type("\xe2\033[A");
    key_queue_poll();
    key_queue_poll();
    assert_int_equal(fake_typing_left(), 2);
    pass_timeout();
    key_queue_poll();
    assert_takes_digits(125);
    assert_takes(0, 0xfffd, 0);
    assert_takes(SCAN_UP, 0, 0);
    assert_empty();
}

static void test_indices_wrap(void **state)
{
    (void)state;
    for (unsigned int i = 0; i < 100; i++) {
        fake_typing_type("abcdefg");
        for (CHAR16 c = 'a'; c <= 'g'; c++)
            assert_takes(0, c, 0);
    }
    assert_empty();
}

static void test_reset_forgets_everything(void **state)
{
    (void)state;
    type_digits_and_poll(1000);
    key_queue_reset();
    assert_int_equal(fake_typing_left(), 0);
    assert_empty();
    fake_typing_type("\033[");
    assert_empty();
    key_queue_reset();
    fake_typing_type("A");
    assert_takes(0, 'A', 0);
}

static void test_reset_ends_although_typing_does_not(void **state)
{
    (void)state;
    fake_typing_flood(1000000);
    key_queue_reset();
    assert_in_range(fake_typing_flood_left(), 900000, 1000000);
}

static void test_poll_ends_although_typing_does_not(void **state)
{
    (void)state;
    fake_typing_flood(1000000);
    key_queue_poll();
    assert_in_range(fake_typing_flood_left(), 999990, 1000000);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_empty_at_first),
        cmocka_unit_test(test_keys_come_in_order),
        cmocka_unit_test_setup(test_asking_takes_nothing_away, fake_memory_setup),
        cmocka_unit_test(test_plain_and_other_readers_share_the_keys),
        cmocka_unit_test(test_control_key_with_and_without_modifiers),
        cmocka_unit_test(test_alt_key_is_an_escape_key_before_it_for_plain_readers),
        cmocka_unit_test(test_partial_sequence_is_no_key_yet),
        cmocka_unit_test(test_lone_escape_comes_in_time),
        cmocka_unit_test(test_sequence_that_is_read_late_is_one_key),
        cmocka_unit_test(test_terminal_is_read_only_on_demand),
        cmocka_unit_test(test_full_queue_leaves_the_rest_in_the_terminal),
        cmocka_unit_test(test_a_byte_of_three_keys_finds_room_for_all),
        cmocka_unit_test(test_no_time_passes_while_the_queue_is_full),
        cmocka_unit_test(test_indices_wrap),
        cmocka_unit_test(test_reset_forgets_everything),
        cmocka_unit_test(test_reset_ends_although_typing_does_not),
        cmocka_unit_test(test_poll_ends_although_typing_does_not),
    };

    return isolated_run(tests);
}
