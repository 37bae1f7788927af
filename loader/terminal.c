#include "loader/terminal.h"

#include "hypercall/console.h"
#include "hypercall/console_io.h"
#include "hypercall/detect.h"
#include "loader/x86/debug_port.h"
#include "loader/x86/serial.h"

struct terminal {
    void (*write)(const char *text, size_t bytes);
    size_t (*read)(char *ret_text, size_t bytes);
    bool (*wait)(uint64_t deadline_ns); /* may be NULL */
};

static const struct terminal pv_console = {
    .write = console_write, .read = console_read, .wait = console_wait};
static const struct terminal xen_console = {.write = console_io_write, .read = console_io_read};
static const struct terminal serial_port = {.write = serial_write, .read = serial_read};

static const struct terminal *terminal;

void terminal_open(void)
{
    if (xen_detected())
        terminal = console_open() ? &pv_console : &xen_console;
    else if (serial_open())
        terminal = &serial_port;
}

void terminal_write(const char *text, size_t bytes)
{
    if (terminal)
        terminal->write(text, bytes);
}

size_t terminal_read(char *ret_text, size_t bytes)
{
    return terminal ? terminal->read(ret_text, bytes) : 0;
}

bool terminal_wait(uint64_t deadline_ns)
{
    return terminal && terminal->wait && terminal->wait(deadline_ns);
}

void terminal_write_to_host(const char *text, size_t bytes)
{
    if (terminal == &pv_console)
        debug_port_write(text, bytes);
}

void terminal_close(void)
{
    terminal = NULL;
}
