#include "tests/efi/conformance/report.h"

#include <stdbool.h>
#include <stdint.h>

#include "tests/efi/conformance/check.h"

#define SERIAL_DATA        0x3f8
#define SERIAL_LINE_STATUS 0x3fd
#define SERIAL_SCRATCH     0x3ff
#define SERIAL_ROOM        0x20
#define DEBUG_CONSOLE      0xe9
/* A serial port that takes longer for one byte is none. */
#define SERIAL_POLLS_MAX 1000000

static bool boot_is_over;
static bool has_serial;

static void port_write(uint16_t port, uint8_t value)
{
    __asm__ volatile("outb %0, %1" : : "a"(value), "Nd"(port));
}

static uint8_t port_read(uint16_t port)
{
    uint8_t value;

    __asm__ volatile("inb %1, %0" : "=a"(value) : "Nd"(port));
    return value;
}

static void serial_write(uint8_t byte)
{
    for (unsigned int i = 0; i < SERIAL_POLLS_MAX; i++) {
        if (port_read(SERIAL_LINE_STATUS) & SERIAL_ROOM)
            break;
    }
    port_write(SERIAL_DATA, byte);
}

static void byte_to_ports(uint8_t byte)
{
    if (has_serial)
        serial_write(byte);
    port_write(DEBUG_CONSOLE, byte);
}

static void line_to_ports(const char *line)
{
    for (; *line; line++)
        byte_to_ports((uint8_t)*line);
    byte_to_ports('\r');
    byte_to_ports('\n');
}

static void line_to_console(const char *line)
{
    SIMPLE_TEXT_OUTPUT_INTERFACE *out = system_table->ConOut;
    CHAR16 text[256];
    UINTN length = 0;

    if (out->Mode->CursorColumn)
        out->OutputString(out, L"\r\n");
    for (; *line; line++) {
        text[length++] = (CHAR16)*line;
        if (length == COUNT_OF(text) - 1) {
            text[length] = 0;
            out->OutputString(out, text);
            length = 0;
        }
    }
    text[length] = 0;
    out->OutputString(out, text);
    out->OutputString(out, L"\r\n");
}

void report_line(const char *line)
{
    if (boot_is_over)
        line_to_ports(line);
    else
        line_to_console(line);
}

/* Ports that nobody listens at read as all ones, so they do not remember what was written. */
static bool find_serial(void)
{
    port_write(SERIAL_SCRATCH, 0x5a);
    if (port_read(SERIAL_SCRATCH) != 0x5a)
        return false;
    port_write(SERIAL_SCRATCH, 0xa5);
    return port_read(SERIAL_SCRATCH) == 0xa5;
}

void report_leave_boot(void)
{
    boot_is_over = true;
    has_serial = find_serial();
}
