/* RegisterKeyNotify and UnregisterKeyNotify (UEFI 2.10 sections 12.2.5 and 12.2.6). */
#include "shim/console/key_notify.h"

#include <string.h>

#include "shim/console/key_queue.h"
#include "shim/console/text_input_ex.h"
#include "shim/event/event.h"
#include "shim/event/tpl.h"
#include "shim/protocol/handle.h"
#include "tests/unit/fake_memory.h"
#include "tests/unit/fake_tsc.h"
#include "tests/unit/fake_typing.h"
#include "tests/unit/isolated.h"

#define POLL_NS 100000000ull
#define CONTROL (EFI_SHIFT_STATE_VALID | EFI_LEFT_CONTROL_PRESSED)

static EFI_SIMPLE_TEXT_INPUT_EX_PROTOCOL *in;

/* What the functions below were called with, one letter each; the keys; at which level. */
static char calls[64];
static EFI_KEY_DATA last_key;
static EFI_TPL last_level;
static void *to_remove;

static int start(void **state)
{
    static const EFI_GUID guid = EFI_SIMPLE_TEXT_INPUT_EX_PROTOCOL_GUID;
    EFI_HANDLE handle = NULL;

    fake_memory_setup(state);
    if (text_input_ex_install(&handle) != EFI_SUCCESS)
        return -1;
    in = handle_get_interface(handle, &guid);
    return !in;
}

static EFI_STATUS note(char name, const EFI_KEY_DATA *key)
{
    calls[strlen(calls)] = name;
    last_key = *key;
    last_level = tpl_current();
    return EFI_SUCCESS;
}

static EFI_STATUS EFIAPI note_a(EFI_KEY_DATA *key)
{
    return note('a', key);
}

static EFI_STATUS EFIAPI note_b(EFI_KEY_DATA *key)
{
    return note('b', key);
}

static EFI_STATUS EFIAPI note_and_remove(EFI_KEY_DATA *key)
{
    note('r', key);
    return in->UnregisterKeyNotify(in, to_remove);
}

static void *add(UINT16 scan_code, CHAR16 character, UINT32 shift_state,
                 EFI_KEY_NOTIFY_FUNCTION function)
{
    EFI_KEY_DATA key = {{scan_code, character}, {shift_state, 0}};
    void *handle = NULL;

    assert_int_equal(in->RegisterKeyNotify(in, &key, function, &handle), EFI_SUCCESS);
    assert_non_null(handle);
    return handle;
}

static EFI_STATUS EFIAPI note_and_add(EFI_KEY_DATA *key)
{
    note('n', key);
    add(0, 'x', 0, note_a);
    return EFI_SUCCESS;
}

static EFI_STATUS EFIAPI note_and_read(EFI_KEY_DATA *key)
{
    EFI_KEY_DATA read;

    note('q', key);
    fake_typing_type("x");
    while (in->ReadKeyStrokeEx(in, &read) == EFI_SUCCESS)
        continue;
    return EFI_ABORTED;
}

static void assert_calls(const char *expected)
{
    assert_string_equal(calls, expected);
    memset(calls, 0, sizeof(calls));
}

/* Nobody reads: only the timer looks for keys. */
static void type(const char *text)
{
    fake_typing_type(text);
    fake_tsc.now_ns += POLL_NS;
    event_run_timers();
}

static void test_called_without_a_reader(void **state)
{
    (void)state;
    add(0, 'x', 0, note_a);
    type("wxy");
    assert_calls("a");
    assert_int_equal(last_key.Key.ScanCode, 0);
    assert_int_equal(last_key.Key.UnicodeChar, 'x');
    assert_int_equal(last_level, TPL_CALLBACK);
}

static void test_key_can_still_be_read(void **state)
{
    EFI_KEY_DATA key;

    (void)state;
    add(0, 'x', 0, note_a);
    type("x");
    assert_int_equal(in->ReadKeyStrokeEx(in, &key), EFI_SUCCESS);
    assert_int_equal(key.Key.UnicodeChar, 'x');
    assert_calls("a");
}

static void test_called_when_the_client_reads(void **state)
{
    EFI_KEY_DATA key;

    (void)state;
    add(0, 'x', 0, note_a);
    fake_typing_type("x");
    assert_int_equal(in->ReadKeyStrokeEx(in, &key), EFI_SUCCESS);
    assert_calls("a");
}

static void test_called_later_above_callback_level(void **state)
{
    EFI_KEY_DATA key;
    EFI_TPL level = tpl_raise(TPL_NOTIFY);

    (void)state;
    add(0, 'x', 0, note_a);
    fake_typing_type("xx");
    assert_int_equal(in->ReadKeyStrokeEx(in, &key), EFI_SUCCESS);
    assert_calls("");
    tpl_restore(level);
    assert_calls("aa");
    assert_int_equal(last_level, TPL_CALLBACK);
}

static void test_nobody_registered_nothing_read(void **state)
{
    (void)state;
    type("x");
    assert_int_equal(fake_typing_left(), 1);
    assert_int_equal(in->UnregisterKeyNotify(in, add(0, 'x', 0, note_a)), EFI_SUCCESS);
    type("x");
    assert_int_equal(fake_typing_left(), 2);
    assert_calls("");
}

static void test_all_that_match_are_called_in_order(void **state)
{
    (void)state;
    add(0, 'x', 0, note_a);
    add(0, 'y', 0, note_a);
    add(0, 'x', 0, note_b);
    add(0, 'x', 0, note_a);
    type("x");
    assert_calls("aba");
}

static void test_scan_code_and_character_must_be_the_same(void **state)
{
    (void)state;
    add(SCAN_UP, 0, 0, note_a);
    add(SCAN_UP, 'x', 0, note_b);
    type("x");
    assert_calls("");
    type("\033[A");
    assert_calls("a");
}

static void test_shift_state_must_be_the_same(void **state)
{
    (void)state;
    add(0, 'c', CONTROL, note_a);
    add(0, 'c', EFI_SHIFT_STATE_VALID | EFI_RIGHT_CONTROL_PRESSED, note_b);
    add(0, 'c', CONTROL | EFI_LEFT_ALT_PRESSED, note_b);
    add(0, 3, CONTROL, note_b);
    type("c");
    assert_calls("");
    type("\003");
    assert_calls("a");
    assert_int_equal(last_key.KeyState.KeyShiftState, CONTROL);
}

static void test_shift_state_0_means_any(void **state)
{
    (void)state;
    add(SCAN_UP, 0, 0, note_a);
    type("\033[A\033[1;5A\033[1;3A");
    assert_calls("aaa");
}

static void test_shift_state_0_means_the_key_of_plain_input(void **state)
{
    (void)state;
    add(0, 3, 0, note_a);
    add(0, 'c', 0, note_b);
    type("\003");
    assert_calls("a");
    type("c");
    assert_calls("b");
}

/* A terminal never tells a toggle state. */
static void test_toggle_state_must_be_the_same(void **state)
{
    EFI_KEY_DATA key = {{0, 'x'}, {0, EFI_TOGGLE_STATE_VALID | EFI_CAPS_LOCK_ACTIVE}};
    void *handle;

    (void)state;
    assert_int_equal(in->RegisterKeyNotify(in, &key, note_a, &handle), EFI_SUCCESS);
    type("x");
    assert_calls("");
}

/* All zero stands for keystrokes that are only modifiers: there are none. */
static void test_incomplete_keystrokes_never_come(void **state)
{
    (void)state;
    add(0, 0, 0, note_a);
    type("x\033[A\003");
    assert_calls("");
}

static void test_errors_of_register(void **state)
{
    EFI_KEY_DATA key = {{0, 'x'}, {0, 0}};
    void *handle;

    (void)state;
    assert_int_equal(in->RegisterKeyNotify(in, NULL, note_a, &handle), EFI_INVALID_PARAMETER);
    assert_int_equal(in->RegisterKeyNotify(in, &key, NULL, &handle), EFI_INVALID_PARAMETER);
    assert_int_equal(in->RegisterKeyNotify(in, &key, note_a, NULL), EFI_INVALID_PARAMETER);
    fake_memory_exhaust();
    assert_int_equal(in->RegisterKeyNotify(in, &key, note_a, &handle), EFI_OUT_OF_RESOURCES);
    type("x");
    assert_calls("");
}

static void test_handles_are_unique(void **state)
{
    void *first = add(0, 'x', 0, note_a);

    (void)state;
    assert_ptr_not_equal(add(0, 'x', 0, note_a), first);
    assert_int_equal(in->UnregisterKeyNotify(in, first), EFI_SUCCESS);
    type("x");
    assert_calls("a");
}

static void test_errors_of_unregister(void **state)
{
    void *handle = add(0, 'x', 0, note_a);

    (void)state;
    assert_int_equal(in->UnregisterKeyNotify(in, NULL), EFI_INVALID_PARAMETER);
    assert_int_equal(in->UnregisterKeyNotify(in, &handle), EFI_INVALID_PARAMETER);
    assert_int_equal(in->UnregisterKeyNotify(in, handle), EFI_SUCCESS);
    assert_int_equal(in->UnregisterKeyNotify(in, handle), EFI_INVALID_PARAMETER);
}

static void test_notification_removes_itself(void **state)
{
    (void)state;
    add(0, 'x', 0, note_a);
    to_remove = add(0, 'x', 0, note_and_remove);
    add(0, 'x', 0, note_b);
    type("x");
    assert_calls("arb");
    type("x");
    assert_calls("ab");
}

static void test_notification_removes_the_next(void **state)
{
    (void)state;
    add(0, 'x', 0, note_and_remove);
    to_remove = add(0, 'x', 0, note_a);
    add(0, 'x', 0, note_b);
    type("x");
    assert_calls("rb");
}

static void test_notification_adds_one_for_the_next_key(void **state)
{
    (void)state;
    add(0, 'x', 0, note_and_add);
    type("x");
    assert_calls("n");
    type("x");
    assert_calls("na");
}

static void test_notification_reads_keys(void **state)
{
    (void)state;
    add(0, 'k', 0, note_and_read);
    add(0, 'x', 0, note_a);
    type("k");
    assert_calls("qa");
}

static void test_too_many_at_once_are_forgotten(void **state)
{
    EFI_TPL level = tpl_raise(TPL_NOTIFY);

    (void)state;
    add(0, 'x', 0, note_a);
    fake_typing_type("xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx");
    key_queue_poll();
    tpl_restore(level);
    assert_in_range(strlen(calls), 8, 31);
    memset(calls, 0, sizeof(calls));
    type("x");
    assert_calls("a");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup(test_called_without_a_reader, start),
        cmocka_unit_test_setup(test_key_can_still_be_read, start),
        cmocka_unit_test_setup(test_called_when_the_client_reads, start),
        cmocka_unit_test_setup(test_called_later_above_callback_level, start),
        cmocka_unit_test_setup(test_nobody_registered_nothing_read, start),
        cmocka_unit_test_setup(test_all_that_match_are_called_in_order, start),
        cmocka_unit_test_setup(test_scan_code_and_character_must_be_the_same, start),
        cmocka_unit_test_setup(test_shift_state_must_be_the_same, start),
        cmocka_unit_test_setup(test_shift_state_0_means_any, start),
        cmocka_unit_test_setup(test_shift_state_0_means_the_key_of_plain_input, start),
        cmocka_unit_test_setup(test_toggle_state_must_be_the_same, start),
        cmocka_unit_test_setup(test_incomplete_keystrokes_never_come, start),
        cmocka_unit_test_setup(test_errors_of_register, start),
        cmocka_unit_test_setup(test_handles_are_unique, start),
        cmocka_unit_test_setup(test_errors_of_unregister, start),
        cmocka_unit_test_setup(test_notification_removes_itself, start),
        cmocka_unit_test_setup(test_notification_removes_the_next, start),
        cmocka_unit_test_setup(test_notification_adds_one_for_the_next_key, start),
        cmocka_unit_test_setup(test_notification_reads_keys, start),
        cmocka_unit_test_setup(test_too_many_at_once_are_forgotten, start),
    };

    return isolated_run(tests);
}
