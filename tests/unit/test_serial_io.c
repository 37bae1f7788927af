/* SerialIo on the console (UEFI 2.10 section 12.8). */
#include "shim/console/serial_io.h"

#include <string.h>

#include "shim/protocol/handle.h"
#include "tests/unit/fake_memory.h"
#include "tests/unit/fake_terminal.h"
#include "tests/unit/fake_timer.h"
#include "tests/unit/fake_tsc.h"
#include "tests/unit/fake_typing.h"
#include "tests/unit/isolated.h"

#define NS_PER_US 1000ull
#define POLL_NS   1000000ull /* at most so much later than asked */

static EFI_SERIAL_IO_PROTOCOL *serial;

static int start(void **state)
{
    static const EFI_GUID guid = EFI_SERIAL_IO_PROTOCOL_GUID;
    EFI_HANDLE handle = NULL;

    fake_memory_setup(state);
    if (serial_io_install(&handle) != EFI_SUCCESS)
        return -1;
    serial = handle_get_interface(handle, &guid);
    return !serial;
}

static void assert_mode(UINT64 baud_rate, UINT32 timeout)
{
    assert_int_equal(serial->Mode->BaudRate, baud_rate);
    assert_int_equal(serial->Mode->Timeout, timeout);
    assert_int_equal(serial->Mode->ReceiveFifoDepth, 1);
    assert_int_equal(serial->Mode->DataBits, 8);
    assert_int_equal(serial->Mode->Parity, NoParity);
    assert_int_equal(serial->Mode->StopBits, OneStopBit);
}

static UINT32 control(void)
{
    UINT32 bits = 0;

    assert_int_equal(serial->GetControl(serial, &bits), EFI_SUCCESS);
    assert_int_equal(bits & ~serial->Mode->ControlMask, 0);
    return bits;
}

static void test_defaults(void **state)
{
    (void)state;
    assert_int_equal(serial->Revision, 0x10000);
    assert_mode(115200, 1000000);
    assert_true(serial->Mode->ControlMask & EFI_SERIAL_INPUT_BUFFER_EMPTY);
}

static void test_attributes_that_are_there(void **state)
{
    (void)state;
    assert_int_equal(serial->SetAttributes(serial, 9600, 16, 500, NoParity, 8, OneStopBit),
                     EFI_SUCCESS);
    assert_mode(9600, 500);
    assert_int_equal(serial->SetAttributes(serial, 0, 0, 0, DefaultParity, 0, DefaultStopBits),
                     EFI_SUCCESS);
    assert_mode(115200, 1000000);
}

static void test_attributes_that_are_not(void **state)
{
    static const UINT8 data_bits[] = {1, 5, 7, 9, 255};

    (void)state;
    for (EFI_PARITY_TYPE parity = EvenParity; parity <= SpaceParity + 1; parity++)
        assert_int_equal(serial->SetAttributes(serial, 9600, 0, 1, parity, 8, OneStopBit),
                         EFI_INVALID_PARAMETER);
    for (size_t i = 0; i < sizeof(data_bits); i++)
        assert_int_equal(
            serial->SetAttributes(serial, 9600, 0, 1, NoParity, data_bits[i], OneStopBit),
            EFI_INVALID_PARAMETER);
    for (EFI_STOP_BITS_TYPE stop = OneFiveStopBits; stop <= TwoStopBits + 1; stop++)
        assert_int_equal(serial->SetAttributes(serial, 9600, 0, 1, NoParity, 8, stop),
                         EFI_INVALID_PARAMETER);
    assert_mode(115200, 1000000);
}

static void test_control_bits(void **state)
{
    static const UINT32 settable[] = {0, EFI_SERIAL_DATA_TERMINAL_READY,
                                      EFI_SERIAL_REQUEST_TO_SEND |
                                          EFI_SERIAL_HARDWARE_FLOW_CONTROL_ENABLE};
    UINT32 all = EFI_SERIAL_DATA_TERMINAL_READY | EFI_SERIAL_REQUEST_TO_SEND |
                 EFI_SERIAL_HARDWARE_FLOW_CONTROL_ENABLE;

    (void)state;
    for (size_t i = 0; i < sizeof(settable) / sizeof(settable[0]); i++) {
        assert_int_equal(serial->SetControl(serial, settable[i]), EFI_SUCCESS);
        assert_int_equal(control() & all, settable[i]);
    }
}

static void test_control_bits_that_cannot_be_set(void **state)
{
    UINT32 before = control();

    (void)state;
    for (UINT32 bit = 1; bit; bit <<= 1) {
        if (bit == EFI_SERIAL_DATA_TERMINAL_READY || bit == EFI_SERIAL_REQUEST_TO_SEND ||
            bit == EFI_SERIAL_HARDWARE_FLOW_CONTROL_ENABLE)
            continue;
        assert_int_equal(serial->SetControl(serial, bit), EFI_UNSUPPORTED);
    }
    assert_int_equal(control(), before);
    assert_int_equal(serial->GetControl(serial, NULL), EFI_INVALID_PARAMETER);
}

static void test_input_buffer_empty(void **state)
{
    char byte = 0;
    UINTN bytes = 1;

    (void)state;
    assert_true(control() & EFI_SERIAL_INPUT_BUFFER_EMPTY);
    fake_typing_type("a");
    assert_false(control() & EFI_SERIAL_INPUT_BUFFER_EMPTY);
    assert_false(control() & EFI_SERIAL_INPUT_BUFFER_EMPTY);
    assert_int_equal(serial->Read(serial, &bytes, &byte), EFI_SUCCESS);
    assert_int_equal(byte, 'a');
    assert_true(control() & EFI_SERIAL_INPUT_BUFFER_EMPTY);
    assert_true(control() & EFI_SERIAL_OUTPUT_BUFFER_EMPTY);
}

static void test_reset(void **state)
{
    UINT32 before = control();

    (void)state;
    serial->SetAttributes(serial, 9600, 0, 500, NoParity, 8, OneStopBit);
    serial->SetControl(serial, EFI_SERIAL_HARDWARE_FLOW_CONTROL_ENABLE);
    assert_int_equal(serial->Reset(serial), EFI_SUCCESS);
    assert_mode(115200, 1000000);
    assert_int_equal(control(), before);
}

static void test_write(void **state)
{
    char text[] = "\033[1mhello\r\n";
    UINTN bytes = strlen(text);

    (void)state;
    assert_int_equal(serial->Write(serial, &bytes, text), EFI_SUCCESS);
    assert_int_equal(bytes, strlen(text));
    assert_string_equal(fake_terminal_take(), text);
    bytes = 0;
    assert_int_equal(serial->Write(serial, &bytes, NULL), EFI_SUCCESS);
    assert_string_equal(fake_terminal_take(), "");
}

static void test_read_as_much_as_asked(void **state)
{
    char text[8] = "........";
    UINTN bytes = 3;

    (void)state;
    fake_typing_type("\033[Ax");
    assert_int_equal(serial->Read(serial, &bytes, text), EFI_SUCCESS);
    assert_int_equal(bytes, 3);
    assert_memory_equal(text, "\033[A.....", 8);
    assert_int_equal(fake_tsc.now_ns, 0);
}

static void test_read_times_out(void **state)
{
    char text[8] = "........";
    UINTN bytes = 8;

    (void)state;
    serial->SetAttributes(serial, 0, 0, 20000, NoParity, 8, OneStopBit);
    fake_typing_type("ab");
    assert_int_equal(serial->Read(serial, &bytes, text), EFI_TIMEOUT);
    assert_int_equal(bytes, 2);
    assert_memory_equal(text, "ab......", 8);
    assert_in_range(fake_tsc.now_ns, 20000 * NS_PER_US, 20000 * NS_PER_US + POLL_NS);
}

static void test_read_nothing(void **state)
{
    UINTN bytes = 0;

    (void)state;
    assert_int_equal(serial->Read(serial, &bytes, NULL), EFI_SUCCESS);
    assert_int_equal(fake_tsc.now_ns, 0);
}

static void test_buffers_must_be_given(void **state)
{
    char text[1];
    UINTN bytes = 1;

    (void)state;
    assert_int_equal(serial->Read(serial, NULL, text), EFI_INVALID_PARAMETER);
    assert_int_equal(serial->Read(serial, &bytes, NULL), EFI_INVALID_PARAMETER);
    assert_int_equal(serial->Write(serial, NULL, text), EFI_INVALID_PARAMETER);
    assert_int_equal(serial->Write(serial, &bytes, NULL), EFI_INVALID_PARAMETER);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup(test_defaults, start),
        cmocka_unit_test_setup(test_attributes_that_are_there, start),
        cmocka_unit_test_setup(test_attributes_that_are_not, start),
        cmocka_unit_test_setup(test_control_bits, start),
        cmocka_unit_test_setup(test_control_bits_that_cannot_be_set, start),
        cmocka_unit_test_setup(test_input_buffer_empty, start),
        cmocka_unit_test_setup(test_reset, start),
        cmocka_unit_test_setup(test_write, start),
        cmocka_unit_test_setup(test_read_as_much_as_asked, start),
        cmocka_unit_test_setup(test_read_times_out, start),
        cmocka_unit_test_setup(test_read_nothing, start),
        cmocka_unit_test_setup(test_buffers_must_be_given, start),
    };

    return isolated_run(tests);
}
