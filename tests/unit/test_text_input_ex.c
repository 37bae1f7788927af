/* SimpleTextInputEx but for notifications (UEFI 2.10 section 12.2): test_key_notify.c has those. */
#include "shim/console/text_input_ex.h"

#include "shim/console/text_input.h"
#include "shim/event/event.h"
#include "shim/protocol/handle.h"
#include "tests/unit/fake_memory.h"
#include "tests/unit/fake_typing.h"
#include "tests/unit/isolated.h"

static EFI_SIMPLE_TEXT_INPUT_EX_PROTOCOL *in;
static EFI_SIMPLE_TEXT_IN_PROTOCOL *plain_in;
static EFI_HANDLE handle;

static int start(void **state)
{
    static const EFI_GUID guid = EFI_SIMPLE_TEXT_INPUT_EX_PROTOCOL_GUID;

    fake_memory_setup(state);
    if (text_input_install(&handle, &plain_in) != EFI_SUCCESS ||
        text_input_ex_install(&handle) != EFI_SUCCESS)
        return -1;
    in = handle_get_interface(handle, &guid);
    return !in;
}

static void assert_reads(UINT16 scan_code, CHAR16 character, UINT32 shift_state)
{
    EFI_KEY_DATA key = {{0xffff, 0xffff}, {0xffff, 0xff}};

    assert_int_equal(in->ReadKeyStrokeEx(in, &key), EFI_SUCCESS);
    assert_int_equal(key.Key.ScanCode, scan_code);
    assert_int_equal(key.Key.UnicodeChar, character);
    assert_int_equal(key.KeyState.KeyShiftState, shift_state);
    assert_int_equal(key.KeyState.KeyToggleState, 0);
}

static void test_install_without_memory(void **state)
{
    EFI_HANDLE other = NULL;

    (void)state;
    fake_memory_exhaust();
    assert_int_equal(text_input_ex_install(&other), EFI_OUT_OF_RESOURCES);
}

static void test_without_a_key_the_state_is_returned(void **state)
{
    EFI_KEY_DATA key = {{0xffff, 0xffff}, {0xffff, 0xff}};

    (void)state;
    assert_int_equal(in->ReadKeyStrokeEx(in, &key), EFI_NOT_READY);
    assert_int_equal(key.Key.ScanCode, 0);
    assert_int_equal(key.Key.UnicodeChar, 0);
    assert_int_equal(key.KeyState.KeyShiftState, 0);
    assert_int_equal(key.KeyState.KeyToggleState, 0);
}

static void test_key_must_be_given(void **state)
{
    (void)state;
    fake_typing_type("a");
    assert_int_equal(in->ReadKeyStrokeEx(in, NULL), EFI_INVALID_PARAMETER);
    assert_reads(0, 'a', 0);
}

static void test_keys_have_modifiers(void **state)
{
    (void)state;
    fake_typing_type("F\003\033f\033[1;2P");
    assert_reads(0, 'F', 0);
    assert_reads(0, 'c', EFI_SHIFT_STATE_VALID | EFI_LEFT_CONTROL_PRESSED);
    assert_reads(0, 'f', EFI_SHIFT_STATE_VALID | EFI_LEFT_ALT_PRESSED);
    assert_reads(SCAN_F1, 0, EFI_SHIFT_STATE_VALID | EFI_LEFT_SHIFT_PRESSED);
}

static void test_both_protocols_read_the_same_keys(void **state)
{
    EFI_INPUT_KEY key;

    (void)state;
    fake_typing_type("abc");
    assert_int_equal(event_check(plain_in->WaitForKey), EFI_SUCCESS);
    assert_int_equal(event_check(in->WaitForKeyEx), EFI_SUCCESS);
    assert_reads(0, 'a', 0);
    assert_int_equal(plain_in->ReadKeyStroke(plain_in, &key), EFI_SUCCESS);
    assert_int_equal(key.UnicodeChar, 'b');
    assert_reads(0, 'c', 0);
    assert_int_equal(event_check(plain_in->WaitForKey), EFI_NOT_READY);
    assert_int_equal(event_check(in->WaitForKeyEx), EFI_NOT_READY);
}

static void test_reset_drains(void **state)
{
    (void)state;
    fake_typing_type("abc");
    assert_reads(0, 'a', 0);
    assert_int_equal(in->Reset(in, TRUE), EFI_SUCCESS);
    assert_int_equal(event_check(in->WaitForKeyEx), EFI_NOT_READY);
    fake_typing_type("d");
    assert_reads(0, 'd', 0);
}

static EFI_STATUS set_state(EFI_KEY_TOGGLE_STATE toggle_state)
{
    return in->SetState(in, &toggle_state);
}

static void test_set_state(void **state)
{
    (void)state;
    assert_int_equal(in->SetState(in, NULL), EFI_INVALID_PARAMETER);
    assert_int_equal(set_state(EFI_TOGGLE_STATE_VALID), EFI_SUCCESS);
    assert_int_equal(set_state(EFI_TOGGLE_STATE_VALID | EFI_KEY_STATE_EXPOSED), EFI_SUCCESS);
    assert_int_equal(set_state(0), EFI_UNSUPPORTED);
    assert_int_equal(set_state(EFI_KEY_STATE_EXPOSED), EFI_UNSUPPORTED);
    assert_int_equal(set_state(EFI_TOGGLE_STATE_VALID | EFI_SCROLL_LOCK_ACTIVE), EFI_UNSUPPORTED);
    assert_int_equal(set_state(EFI_TOGGLE_STATE_VALID | EFI_NUM_LOCK_ACTIVE), EFI_UNSUPPORTED);
    assert_int_equal(set_state(EFI_TOGGLE_STATE_VALID | EFI_CAPS_LOCK_ACTIVE), EFI_UNSUPPORTED);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup(test_install_without_memory, start),
        cmocka_unit_test_setup(test_without_a_key_the_state_is_returned, start),
        cmocka_unit_test_setup(test_key_must_be_given, start),
        cmocka_unit_test_setup(test_keys_have_modifiers, start),
        cmocka_unit_test_setup(test_both_protocols_read_the_same_keys, start),
        cmocka_unit_test_setup(test_reset_drains, start),
        cmocka_unit_test_setup(test_set_state, start),
    };

    return isolated_run(tests);
}
