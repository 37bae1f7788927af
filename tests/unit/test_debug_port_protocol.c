/* EFI_DEBUGPORT_PROTOCOL on the console (UEFI 2.10 section 18.3). */
#include "shim/console/debug_port_protocol.h"

#include <string.h>

#include "shim/protocol/handle.h"
#include "tests/unit/fake_memory.h"
#include "tests/unit/fake_terminal.h"
#include "tests/unit/fake_tsc.h"
#include "tests/unit/fake_typing.h"
#include "tests/unit/isolated.h"

#define NS_PER_US 1000ull
#define POLL_NS   1000000ull /* at most so much later than asked */

static EFI_DEBUGPORT_PROTOCOL *port;

static int start(void **state)
{
    static const EFI_GUID guid = EFI_DEBUGPORT_PROTOCOL_GUID;
    EFI_HANDLE handle = NULL;

    fake_memory_setup(state);
    if (debug_port_protocol_install(&handle) != EFI_SUCCESS)
        return -1;
    port = handle_get_interface(handle, &guid);
    return !port;
}

static void test_reset(void **state)
{
    (void)state;
    assert_int_equal(port->Reset(port), EFI_SUCCESS);
}

static void test_poll_takes_nothing_away(void **state)
{
    char byte = 0;
    UINTN bytes = 1;

    (void)state;
    assert_int_equal(port->Poll(port), EFI_NOT_READY);
    fake_typing_type("$");
    assert_int_equal(port->Poll(port), EFI_SUCCESS);
    assert_int_equal(port->Poll(port), EFI_SUCCESS);
    assert_int_equal(port->Read(port, 0, &bytes, &byte), EFI_SUCCESS);
    assert_int_equal(byte, '$');
    assert_int_equal(port->Poll(port), EFI_NOT_READY);
}

static void test_write(void **state)
{
    char text[] = "$OK#9a";
    UINTN bytes = strlen(text);

    (void)state;
    assert_int_equal(port->Write(port, 1000, &bytes, text), EFI_SUCCESS);
    assert_int_equal(bytes, strlen(text));
    assert_string_equal(fake_terminal_take(), text);
}

static void test_read_more_than_once(void **state)
{
    char text[] = "........";
    UINTN bytes = 2;

    (void)state;
    fake_typing_type("abcd");
    assert_int_equal(port->Read(port, 0, &bytes, text), EFI_SUCCESS);
    assert_int_equal(bytes, 2);
    assert_int_equal(port->Read(port, 0, &bytes, text + 2), EFI_SUCCESS);
    assert_string_equal(text, "abcd....");
}

static void test_timeout_is_the_whole_buffers(void **state)
{
    char text[] = "........";
    UINTN bytes = 8;

    (void)state;
    fake_typing_type("ab");
    assert_int_equal(port->Read(port, 20000, &bytes, text), EFI_TIMEOUT);
    assert_int_equal(bytes, 2);
    assert_string_equal(text, "ab......");
    assert_in_range(fake_tsc.now_ns, 20000 * NS_PER_US, 20000 * NS_PER_US + POLL_NS);
}

static void test_timeout_0_does_not_wait(void **state)
{
    char text[1];
    UINTN bytes = 1;

    (void)state;
    assert_int_equal(port->Read(port, 0, &bytes, text), EFI_TIMEOUT);
    assert_int_equal(bytes, 0);
    assert_int_equal(fake_tsc.now_ns, 0);
}

static void test_longest_timeout(void **state)
{
    char text[1];
    UINTN bytes = 1;

    (void)state;
    assert_int_equal(port->Read(port, UINT32_MAX, &bytes, text), EFI_TIMEOUT);
    assert_in_range(fake_tsc.now_ns, UINT32_MAX * NS_PER_US, UINT32_MAX * NS_PER_US + POLL_NS);
}

static void test_buffers_must_be_given(void **state)
{
    char text[1];
    UINTN bytes = 1;

    (void)state;
    assert_int_equal(port->Read(port, 0, NULL, text), EFI_INVALID_PARAMETER);
    assert_int_equal(port->Read(port, 0, &bytes, NULL), EFI_INVALID_PARAMETER);
    assert_int_equal(port->Write(port, 0, NULL, text), EFI_INVALID_PARAMETER);
    assert_int_equal(port->Write(port, 0, &bytes, NULL), EFI_INVALID_PARAMETER);
    bytes = 0;
    assert_int_equal(port->Read(port, 0, &bytes, NULL), EFI_SUCCESS);
    assert_int_equal(port->Write(port, 0, &bytes, NULL), EFI_SUCCESS);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup(test_reset, start),
        cmocka_unit_test_setup(test_poll_takes_nothing_away, start),
        cmocka_unit_test_setup(test_write, start),
        cmocka_unit_test_setup(test_read_more_than_once, start),
        cmocka_unit_test_setup(test_timeout_is_the_whole_buffers, start),
        cmocka_unit_test_setup(test_timeout_0_does_not_wait, start),
        cmocka_unit_test_setup(test_longest_timeout, start),
        cmocka_unit_test_setup(test_buffers_must_be_given, start),
    };

    return isolated_run(tests);
}
