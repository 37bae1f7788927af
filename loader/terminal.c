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

static size_t read_nothing(char *ret_text, size_t bytes)
{
    (void)ret_text;
    (void)bytes;
    return 0;
}

static void write_nothing(const char *text, size_t bytes)
{
    (void)text;
    (void)bytes;
}

static const struct terminal debug_port = {.write = debug_port_write, .read = read_nothing};
static const struct terminal nowhere = {.write = write_nothing, .read = read_nothing};

static const struct terminal *terminal;

/* A PV ring is what domUs have; dom0 may use Xen's console in both directions. */
static const struct terminal *find(enum terminal_kind kind)
{
    bool is_domu = xen_detected() && console_open();
    bool is_dom0 = xen_detected() && !is_domu;

    switch (kind) {
    case TERMINAL_PV:
        return is_domu ? &pv_console : NULL;
    case TERMINAL_XEN:
        return is_domu ? &debug_port : is_dom0 ? &xen_console : NULL;
    case TERMINAL_SERIAL:
        return serial_open() ? &serial_port : NULL;
    case TERMINAL_NONE:
        return &nowhere;
    default:
        return find(is_domu ? TERMINAL_PV : is_dom0 ? TERMINAL_XEN : TERMINAL_SERIAL);
    }
}

void terminal_open(void)
{
    terminal = find(TERMINAL_AUTO);
}

bool terminal_choose(enum terminal_kind kind)
{
    const struct terminal *chosen = find(kind);

    if (!chosen)
        return false;
    terminal = chosen;
    return true;
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
    if (xen_detected() && terminal && terminal != &xen_console && terminal != &debug_port)
        debug_port_write(text, bytes);
}

void terminal_close(void)
{
    terminal = NULL;
}
