/* Which of a machine's consoles text goes to: in a domU, in dom0, without Xen, and when one is
 * asked for. */
#include "loader/terminal.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "hypercall/console.h"
#include "hypercall/console_io.h"
#include "hypercall/detect.h"
#include "loader/x86/debug_port.h"
#include "loader/x86/serial.h"

static bool has_xen;
static bool has_ring;
static bool has_uart;
/* Who was written to, in order. */
static char written[64];

static void note(const char *device, const char *text, size_t bytes)
{
    size_t used = strlen(written);

    snprintf(written + used, sizeof(written) - used, "%s:%.*s ", device, (int)bytes, text);
}

bool xen_detected(void)
{
    return has_xen;
}

bool console_open(void)
{
    return has_ring;
}

void console_write(const char *text, size_t bytes)
{
    note("pv", text, bytes);
}

size_t console_read(char *ret_text, size_t bytes)
{
    (void)bytes;
    *ret_text = 'p';
    return 1;
}

bool console_wait(uint64_t deadline_ns)
{
    return deadline_ns != 0;
}

void console_io_write(const char *text, size_t bytes)
{
    note("xen", text, bytes);
}

size_t console_io_read(char *ret_text, size_t bytes)
{
    (void)bytes;
    *ret_text = 'x';
    return 1;
}

bool serial_open(void)
{
    return has_uart;
}

void serial_write(const char *text, size_t bytes)
{
    note("serial", text, bytes);
}

size_t serial_read(char *ret_text, size_t bytes)
{
    (void)bytes;
    *ret_text = 's';
    return 1;
}

void debug_port_write(const char *text, size_t bytes)
{
    note("port", text, bytes);
}

static void open_on(bool xen, bool ring, bool uart)
{
    has_xen = xen;
    has_ring = ring;
    has_uart = uart;
    terminal_open();
}

static void open_domu(void)
{
    open_on(true, true, false);
}

static void open_dom0(void)
{
    open_on(true, false, true);
}

static void open_without_xen(void)
{
    open_on(false, false, true);
}

/* An ordinary text, then an error's copy. */
static void assert_written(const char *expected)
{
    written[0] = '\0';
    terminal_write("a", 1);
    terminal_write_to_host("e", 1);
    assert_string_equal(written, expected);
}

static void assert_key(char expected)
{
    char key = '?';

    assert_int_equal(terminal_read(&key, 1), expected ? 1 : 0);
    assert_int_equal(key, expected ? expected : '?');
}

static void test_first_choice_is_what_is_there(void **state)
{
    (void)state;
    open_domu();
    assert_written("pv:a port:e ");
    assert_key('p');
    open_dom0();
    assert_written("xen:a ");
    assert_key('x');
    open_without_xen();
    assert_written("serial:a ");
    assert_key('s');
}

static void test_only_the_pv_console_wakes(void **state)
{
    (void)state;
    open_domu();
    assert_true(terminal_wait(1));
    assert_true(terminal_choose(TERMINAL_XEN));
    assert_false(terminal_wait(1));
    assert_true(terminal_choose(TERMINAL_NONE));
    assert_false(terminal_wait(1));
    open_dom0();
    assert_false(terminal_wait(1));
    open_without_xen();
    assert_false(terminal_wait(1));
}

static void test_nothing_there_is_silent(void **state)
{
    (void)state;
    open_on(false, false, false);
    assert_written("");
    assert_key('\0');
}

static void test_xen_console_of_a_domu_is_its_debug_port(void **state)
{
    (void)state;
    open_domu();
    assert_true(terminal_choose(TERMINAL_XEN));
    assert_written("port:a ");
    assert_key('\0');
    open_dom0();
    assert_true(terminal_choose(TERMINAL_XEN));
    assert_written("xen:a ");
}

static void test_none_keeps_errors_for_the_host(void **state)
{
    (void)state;
    open_domu();
    assert_true(terminal_choose(TERMINAL_NONE));
    assert_written("port:e ");
    assert_key('\0');
    open_without_xen();
    assert_true(terminal_choose(TERMINAL_NONE));
    assert_written("");
}

static void test_serial_port_of_a_domain(void **state)
{
    (void)state;
    open_on(true, true, true);
    assert_true(terminal_choose(TERMINAL_SERIAL));
    assert_written("serial:a port:e ");
    assert_key('s');
}

static void test_missing_one_changes_nothing(void **state)
{
    (void)state;
    open_domu();
    assert_false(terminal_choose(TERMINAL_SERIAL));
    assert_written("pv:a port:e ");
    open_dom0();
    assert_false(terminal_choose(TERMINAL_PV));
    assert_written("xen:a ");
    open_without_xen();
    assert_false(terminal_choose(TERMINAL_PV));
    assert_false(terminal_choose(TERMINAL_XEN));
    assert_written("serial:a ");
}

static void test_auto_is_what_was_there_first(void **state)
{
    (void)state;
    open_domu();
    assert_true(terminal_choose(TERMINAL_NONE));
    assert_true(terminal_choose(TERMINAL_AUTO));
    assert_written("pv:a port:e ");
}

static void test_closed_one_is_silent(void **state)
{
    (void)state;
    open_domu();
    terminal_close();
    assert_written("");
    assert_key('\0');
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_first_choice_is_what_is_there),
        cmocka_unit_test(test_only_the_pv_console_wakes),
        cmocka_unit_test(test_nothing_there_is_silent),
        cmocka_unit_test(test_xen_console_of_a_domu_is_its_debug_port),
        cmocka_unit_test(test_none_keeps_errors_for_the_host),
        cmocka_unit_test(test_serial_port_of_a_domain),
        cmocka_unit_test(test_missing_one_changes_nothing),
        cmocka_unit_test(test_auto_is_what_was_there_first),
        cmocka_unit_test(test_closed_one_is_silent),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
