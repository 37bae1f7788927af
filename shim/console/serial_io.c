#include "shim/console/serial_io.h"

#include <stddef.h>

#include "loader/terminal.h"
#include "loader/x86/tsc.h"
#include "shim/console/terminal_input.h"
#include "shim/protocol/handle.h"

#define NS_PER_US 1000ull

/* The defaults of every UART-style device (section 12.8). */
#define DEFAULT_BAUD_RATE  115200u
#define DEFAULT_FIFO_BYTES 1u
#define DEFAULT_TIMEOUT_US 1000000u
#define DATA_BITS          8u

/*
 * What is sent has left at once and somebody always listens. GRUB asks for request-to-send and
 * hardware flow control, which the console's ring has anyway.
 */
#define ALWAYS_ON                                                                       \
    (EFI_SERIAL_CLEAR_TO_SEND | EFI_SERIAL_DATA_SET_READY | EFI_SERIAL_CARRIER_DETECT | \
     EFI_SERIAL_OUTPUT_BUFFER_EMPTY)
#define SETTABLE                                                   \
    (EFI_SERIAL_DATA_TERMINAL_READY | EFI_SERIAL_REQUEST_TO_SEND | \
     EFI_SERIAL_HARDWARE_FLOW_CONTROL_ENABLE)
#define DEFAULT_CONTROL (EFI_SERIAL_DATA_TERMINAL_READY | EFI_SERIAL_REQUEST_TO_SEND)

static UINT32 control_set = DEFAULT_CONTROL;

static SERIAL_IO_MODE mode = {
    .ControlMask = ALWAYS_ON | SETTABLE | EFI_SERIAL_INPUT_BUFFER_EMPTY,
    .Timeout = DEFAULT_TIMEOUT_US,
    .BaudRate = DEFAULT_BAUD_RATE,
    .ReceiveFifoDepth = DEFAULT_FIFO_BYTES,
    .DataBits = DATA_BITS,
    .Parity = NoParity,
    .StopBits = OneStopBit,
};

static EFI_STATUS EFIAPI set_attributes(EFI_SERIAL_IO_PROTOCOL *this, UINT64 baud_rate,
                                        UINT32 fifo_bytes, UINT32 timeout_us,
                                        EFI_PARITY_TYPE parity, UINT8 data_bits,
                                        EFI_STOP_BITS_TYPE stop_bits)
{
    (void)this;
    if ((parity != DefaultParity && parity != NoParity) ||
        (data_bits != 0 && data_bits != DATA_BITS) ||
        (stop_bits != DefaultStopBits && stop_bits != OneStopBit))
        return EFI_INVALID_PARAMETER;
    /* The nearest FIFO that is there and not deeper than `fifo_bytes` is always the same. */
    (void)fifo_bytes;
    mode.BaudRate = baud_rate ? baud_rate : DEFAULT_BAUD_RATE;
    mode.Timeout = timeout_us ? timeout_us : DEFAULT_TIMEOUT_US;
    return EFI_SUCCESS;
}

static EFI_STATUS EFIAPI reset(EFI_SERIAL_IO_PROTOCOL *this)
{
    control_set = DEFAULT_CONTROL;
    return set_attributes(this, 0, 0, 0, DefaultParity, 0, DefaultStopBits);
}

static EFI_STATUS EFIAPI set_control(EFI_SERIAL_IO_PROTOCOL *this, UINT32 control)
{
    (void)this;
    if (control & ~(UINT32)SETTABLE)
        return EFI_UNSUPPORTED;
    control_set = control;
    return EFI_SUCCESS;
}

static EFI_STATUS EFIAPI get_control(EFI_SERIAL_IO_PROTOCOL *this, UINT32 *control)
{
    (void)this;
    if (!control)
        return EFI_INVALID_PARAMETER;
    *control =
        control_set | ALWAYS_ON | (terminal_input_is_ready() ? 0 : EFI_SERIAL_INPUT_BUFFER_EMPTY);
    return EFI_SUCCESS;
}

/* The terminal takes everything; what nobody reads in time it drops, as a line without a listener.
 */
static EFI_STATUS EFIAPI write(EFI_SERIAL_IO_PROTOCOL *this, UINTN *bytes, void *buffer)
{
    (void)this;
    if (!bytes || (!buffer && *bytes))
        return EFI_INVALID_PARAMETER;
    if (*bytes)
        terminal_write(buffer, *bytes);
    return EFI_SUCCESS;
}

/* The timeout is each single byte's. */
static EFI_STATUS EFIAPI read(EFI_SERIAL_IO_PROTOCOL *this, UINTN *bytes, void *buffer)
{
    UINTN wanted;
    UINTN count = 0;

    (void)this;
    if (!bytes || (!buffer && *bytes))
        return EFI_INVALID_PARAMETER;
    wanted = *bytes;
    while (count < wanted && terminal_input_wait(tsc_now_ns() + mode.Timeout * NS_PER_US))
        count += terminal_input_read((char *)buffer + count, wanted - count);
    *bytes = count;
    return count == wanted ? EFI_SUCCESS : EFI_TIMEOUT;
}

static EFI_SERIAL_IO_PROTOCOL protocol = {
    .Revision = SERIAL_IO_INTERFACE_REVISION,
    .Reset = reset,
    .SetAttributes = set_attributes,
    .SetControl = set_control,
    .GetControl = get_control,
    .Write = write,
    .Read = read,
    .Mode = &mode,
};

EFI_STATUS serial_io_install(EFI_HANDLE *handle)
{
    static EFI_GUID guid = EFI_SERIAL_IO_PROTOCOL_GUID;

    return handle_install(handle, &guid, &protocol);
}
