/* SimpleTextInput (UEFI 2.10 section 12.3). */
#include "shim/console/text_input.h"

#include "shim/console/key_decoder.h"
#include "shim/event/event.h"
#include "shim/protocol/handle.h"
#include "tests/unit/fake_memory.h"
#include "tests/unit/fake_tsc.h"
#include "tests/unit/fake_typing.h"
#include "tests/unit/isolated.h"

static EFI_SIMPLE_TEXT_IN_PROTOCOL *in;
static EFI_HANDLE handle;

static int start(void **state)
{
    fake_memory_setup(state);
    return text_input_install(&handle, &in) != EFI_SUCCESS;
}

static void assert_reads(UINT16 scan_code, CHAR16 character)
{
    EFI_INPUT_KEY key = {0xffff, 0xffff};

    assert_int_equal(in->ReadKeyStroke(in, &key), EFI_SUCCESS);
    assert_int_equal(key.ScanCode, scan_code);
    assert_int_equal(key.UnicodeChar, character);
}

static void assert_reads_nothing(void)
{
    EFI_INPUT_KEY key;

    assert_int_equal(in->ReadKeyStroke(in, &key), EFI_NOT_READY);
}

static void test_protocol_is_installed(void **state)
{
    static const EFI_GUID guid = EFI_SIMPLE_TEXT_INPUT_PROTOCOL_GUID;

    (void)state;
    assert_non_null(in);
    assert_ptr_equal(handle_get_interface(handle, &guid), in);
}

static void test_install_without_memory(void **state)
{
    EFI_HANDLE other = NULL;

    (void)state;
    fake_memory_exhaust();
    assert_int_equal(text_input_install(&other, &in), EFI_OUT_OF_RESOURCES);
}

static void test_nothing_typed(void **state)
{
    (void)state;
    assert_reads_nothing();
    assert_int_equal(event_check(in->WaitForKey), EFI_NOT_READY);
}

static void test_key_must_be_given(void **state)
{
    (void)state;
    fake_typing_type("a");
    assert_int_equal(in->ReadKeyStroke(in, NULL), EFI_INVALID_PARAMETER);
    assert_reads(0, 'a');
}

static void test_keys_are_read_one_by_one(void **state)
{
    (void)state;
    fake_typing_type("a\033[5~\r\003");
    assert_reads(0, 'a');
    assert_reads(SCAN_PAGE_UP, 0);
    assert_reads(0, CHAR_CARRIAGE_RETURN);
    assert_reads(0, 3);
    assert_reads_nothing();
}

static void test_event_is_signalled_while_there_is_a_key(void **state)
{
    (void)state;
    fake_typing_type("ab");
    assert_int_equal(event_check(in->WaitForKey), EFI_SUCCESS);
    assert_int_equal(event_check(in->WaitForKey), EFI_SUCCESS);
    assert_reads(0, 'a');
    assert_int_equal(event_check(in->WaitForKey), EFI_SUCCESS);
    assert_reads(0, 'b');
    assert_int_equal(event_check(in->WaitForKey), EFI_NOT_READY);
}

static void test_event_waits_for_the_escape_key(void **state)
{
    (void)state;
    fake_typing_type("\033");
    assert_int_equal(event_check(in->WaitForKey), EFI_NOT_READY);
    fake_tsc.now_ns += KEY_DECODER_TIMEOUT_NS;
    assert_int_equal(event_check(in->WaitForKey), EFI_SUCCESS);
    assert_reads(SCAN_ESC, 0);
}

static void test_reset_drains(void **state)
{
    (void)state;
    fake_typing_type("ab");
    assert_reads(0, 'a');
    fake_typing_type("cd");
    assert_int_equal(in->Reset(in, FALSE), EFI_SUCCESS);
    assert_reads_nothing();
    fake_typing_type("ef");
    assert_int_equal(in->Reset(in, TRUE), EFI_SUCCESS);
    assert_reads_nothing();
    assert_int_equal(event_check(in->WaitForKey), EFI_NOT_READY);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup(test_protocol_is_installed, start),
        cmocka_unit_test_setup(test_install_without_memory, start),
        cmocka_unit_test_setup(test_nothing_typed, start),
        cmocka_unit_test_setup(test_key_must_be_given, start),
        cmocka_unit_test_setup(test_keys_are_read_one_by_one, start),
        cmocka_unit_test_setup(test_event_is_signalled_while_there_is_a_key, start),
        cmocka_unit_test_setup(test_event_waits_for_the_escape_key, start),
        cmocka_unit_test_setup(test_reset_drains, start),
    };

    return isolated_run(tests);
}
