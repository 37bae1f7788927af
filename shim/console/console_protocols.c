#include "shim/console/console_protocols.h"

#include <stddef.h>
#include <stdint.h>

#include "shim/console/debug_port_protocol.h"
#include "shim/console/graphics_output.h"
#include "shim/console/serial_io.h"
#include "shim/console/text_input.h"
#include "shim/console/text_input_ex.h"
#include "shim/console/text_output.h"
#include "shim/device_path/device_path.h"
#include "shim/protocol/handle.h"

/* This project's own vendor node: the console, whether a PV ring or a serial port is behind it. */
#define CONSOLE_DEVICE_GUID                                \
    {                                                      \
        0x3f1d6a92, 0x84c7, 0x4e0b,                        \
        {                                                  \
            0x91, 0x2e, 0x70, 0x76, 0x68, 0x65, 0x66, 0x69 \
        }                                                  \
    }

/* gnu-efi's type has padding behind the last field, which is no part of the node. */
struct uart_node {
    EFI_DEVICE_PATH header;
    uint32_t reserved;
    uint64_t baud_rate;
    uint8_t data_bits;
    uint8_t parity;
    uint8_t stop_bits;
} __attribute__((packed));
_Static_assert(sizeof(struct uart_node) == 19, "UEFI 2.10 section 10.3.4: UART");

/* Its terminal speaks VT100 in UTF-8. */
static struct {
    VENDOR_DEVICE_PATH device;
    struct uart_node uart;
    VENDOR_DEVICE_PATH terminal;
    EFI_DEVICE_PATH end;
} __attribute__((packed)) device_path = {
    .device = {.Header =
                   DEVICE_PATH_NODE(HARDWARE_DEVICE_PATH, HW_VENDOR_DP, sizeof(VENDOR_DEVICE_PATH)),
               .Guid = CONSOLE_DEVICE_GUID},
    .uart = {.header =
                 DEVICE_PATH_NODE(MESSAGING_DEVICE_PATH, MSG_UART_DP, sizeof(struct uart_node)),
             .baud_rate = 115200,
             .data_bits = 8,
             .parity = NoParity,
             .stop_bits = OneStopBit},
    .terminal = {.Header = DEVICE_PATH_NODE(MESSAGING_DEVICE_PATH, MSG_VENDOR_DP,
                                            sizeof(VENDOR_DEVICE_PATH)),
                 .Guid = DEVICE_PATH_MESSAGING_VT_UTF8},
    .end = DEVICE_PATH_END,
};

static EFI_STATUS install_device_path(EFI_SYSTEM_TABLE *table)
{
    return handle_install(&table->ConsoleOutHandle, &device_path_protocol_guid, &device_path);
}

/* One handle is the terminal: whoever looks for the keyboard of ConOut finds it there, too. */
static EFI_STATUS install_text(EFI_SYSTEM_TABLE *table)
{
    EFI_STATUS status = text_output_install(&table->ConsoleOutHandle, &table->ConOut);

    if (status != EFI_SUCCESS)
        return status;
    table->StandardErrorHandle = table->ConsoleOutHandle;
    table->StdErr = table->ConOut;
    table->ConsoleInHandle = table->ConsoleOutHandle;
    status = text_input_install(&table->ConsoleInHandle, &table->ConIn);
    return status == EFI_SUCCESS ? text_input_ex_install(&table->ConsoleInHandle) : status;
}

EFI_STATUS console_protocols_install(EFI_SYSTEM_TABLE *table)
{
    EFI_HANDLE screen = NULL;
    EFI_STATUS status = install_text(table);

    if (status == EFI_SUCCESS)
        status = install_device_path(table);
    if (status == EFI_SUCCESS)
        status = serial_io_install(&table->ConsoleOutHandle);
    if (status == EFI_SUCCESS)
        status = debug_port_protocol_install(&table->ConsoleOutHandle);
    return status == EFI_SUCCESS ? graphics_output_install(&screen) : status;
}
