#include "loader/x86/serial.h"

#include <stdint.h>

#include "loader/x86/cpu.h"

#define COM1 0x3f8

#define UART_DATA         (COM1 + 0)
#define UART_DIVISOR_LOW  (COM1 + 0)
#define UART_INTERRUPTS   (COM1 + 1)
#define UART_DIVISOR_HIGH (COM1 + 1)
#define UART_FIFO         (COM1 + 2)
#define UART_LINE         (COM1 + 3)
#define UART_MODEM        (COM1 + 4)
#define UART_STATUS       (COM1 + 5)
#define UART_SCRATCH      (COM1 + 7)

#define LINE_8N1           0x03
#define LINE_DIVISOR       0x80
#define FIFO_ENABLE_CLEAR  0x07
#define MODEM_DTR_RTS      0x03
#define STATUS_INPUT_READY 0x01
#define STATUS_OUTPUT_FREE 0x20

#define POLLS_MAX 1000000u

bool serial_open(void)
{
    outb(UART_SCRATCH, 0x5a);
    if (inb(UART_SCRATCH) != 0x5a)
        return false;
    outb(UART_INTERRUPTS, 0);
    outb(UART_LINE, LINE_DIVISOR);
    outb(UART_DIVISOR_LOW, 1);
    outb(UART_DIVISOR_HIGH, 0);
    outb(UART_LINE, LINE_8N1);
    outb(UART_FIFO, FIFO_ENABLE_CLEAR);
    outb(UART_MODEM, MODEM_DTR_RTS);
    return true;
}

void serial_write(const char *text, size_t bytes)
{
    for (size_t i = 0; i < bytes; i++) {
        for (unsigned int polls = 0; !(inb(UART_STATUS) & STATUS_OUTPUT_FREE); polls++) {
            if (polls == POLLS_MAX)
                return;
        }
        outb(UART_DATA, (uint8_t)text[i]);
    }
}

size_t serial_read(char *ret_text, size_t bytes)
{
    size_t count = 0;

    while (count < bytes && inb(UART_STATUS) & STATUS_INPUT_READY)
        ret_text[count++] = (char)inb(UART_DATA);
    return count;
}
