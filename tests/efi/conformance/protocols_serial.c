/* SerialIo on the console. What is sent nobody could check here. */
#include "tests/efi/conformance/check.h"
#include "tests/efi/conformance/protocols.h"

#define NO_PARITY_THERE_IS ((EFI_PARITY_TYPE)(SpaceParity + 1))
#define NO_STOP_THERE_IS   ((EFI_STOP_BITS_TYPE)(TwoStopBits + 1))

static SERIAL_IO_INTERFACE *serial;

static void control(void)
{
    UINT32 bits = 0;

    topic("protocols.serial-control", "12.8");
    check_status("get", serial->GetControl(serial, &bits), EFI_SUCCESS, "control bits are read");
    check_number("known", bits & ~serial->Mode->ControlMask, 0, "only such as there are");
    check("input-empty", (bits & EFI_SERIAL_INPUT_BUFFER_EMPTY) != 0, "nobody has typed");
    topic("protocols.serial-control", "12.8");
    check_status("set", serial->SetControl(serial, bits & EFI_SERIAL_REQUEST_TO_SEND), EFI_SUCCESS,
                 "those that can be set are");
    check_status("read-only", serial->SetControl(serial, EFI_SERIAL_CLEAR_TO_SEND), EFI_UNSUPPORTED,
                 "those of the other side cannot be");
}

static EFI_STATUS set(EFI_PARITY_TYPE parity, UINT8 data_bits, EFI_STOP_BITS_TYPE stop_bits)
{
    return serial->SetAttributes(serial, 0, 0, 0, parity, data_bits, stop_bits);
}

static void attributes(void)
{
    topic("protocols.serial-attributes", "12.8");
    check_status("default", set(DefaultParity, 0, DefaultStopBits), EFI_SUCCESS,
                 "the defaults are there");
    check_number("baud-rate", serial->Mode->BaudRate, 115200, "they are these");
    check_number("data-bits", serial->Mode->DataBits, 8, "they are these");
    check_number("parity", serial->Mode->Parity, NoParity, "they are these");
    check_number("stop-bits", serial->Mode->StopBits, OneStopBit, "they are these");
    check_status("same", set(NoParity, 8, OneStopBit), EFI_SUCCESS, "so is the same by name");
    check_status("no-such-parity", set(NO_PARITY_THERE_IS, 8, OneStopBit), EFI_INVALID_PARAMETER,
                 "a parity that there is not");
    check_status("data-bits-9", set(NoParity, 9, OneStopBit), EFI_INVALID_PARAMETER,
                 "bytes of nine bits");
    check_status("data-bits-4", set(NoParity, 4, OneStopBit), EFI_INVALID_PARAMETER, "or of four");
    check_status("no-such-stop", set(NoParity, 8, NO_STOP_THERE_IS), EFI_INVALID_PARAMETER,
                 "stop bits that there are not");
}

static void transfer(void)
{
    char byte = '\r';
    UINTN bytes = 1;

    topic("protocols.serial-write", "12.8");
    check_status("byte", serial->Write(serial, &bytes, &byte), EFI_SUCCESS, "a byte is sent");
    check_number("byte-count", bytes, 1, "one");
    bytes = 0;
    check_status("nothing", serial->Write(serial, &bytes, &byte), EFI_SUCCESS,
                 "nothing can be sent, too");
    topic("protocols.serial-read", "12.8");
    bytes = 1;
    check_status("timeout", serial->Read(serial, &bytes, &byte), EFI_TIMEOUT,
                 "nothing comes in time");
    check_number("timeout-count", bytes, 0, "which is no byte");
}

void protocols_serial_tests(void)
{
    static EFI_GUID guid = SERIAL_IO_PROTOCOL;
    void *found = NULL;

    topic("protocols.serial", "12.8");
    if (boot->LocateProtocol(&guid, NULL, &found) != EFI_SUCCESS) {
        skip_topic("no serial port");
        return;
    }
    serial = found;
    check("mode", serial->Mode != NULL, "it has a mode");
    check_status("reset", serial->Reset(serial), EFI_SUCCESS, "it is reset");
    attributes();
    control();
    transfer();
}
