#include "shim/runtime/reset.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

#include <xen/sched.h>
#include <xen/xen.h>

#include "shim/runtime/state.h"
#include "tests/unit/runtime_fake.h"

#define STORE_BYTES       4096
#define PLATFORM_SPECIFIC 3

static const struct runtime_port_write power_off_write = {
    .port = 0x604, .width = 2, .value = 0x2000};
static const struct runtime_port_write reset_write = {.port = 0xcf9, .width = 1, .value = 0xf};

static int start_xen(void **state)
{
    (void)state;
    runtime_fake_start(STORE_BYTES, 0);
    return 0;
}

static int start_ports(void **state)
{
    (void)state;
    runtime_fake_start(STORE_BYTES, 0);
    runtime_state.parameters.platform = RUNTIME_PLATFORM_PORTS;
    runtime_state.parameters.power_off = power_off_write;
    runtime_state.parameters.reset = reset_write;
    return 0;
}

static int stop(void **state)
{
    (void)state;
    runtime_fake_stop();
    return 0;
}

/* Comes back when the service stopped the CPU, with interrupts off. */
static void reset_until_stopped(unsigned int type, EFI_STATUS status)
{
    static CHAR16 reason[] = {'o', 'u', 'c', 'h', 0};

    runtime_fake.mask_depth = 0;
    if (setjmp(runtime_fake.stopped) == 0) {
        runtime_fake_exports.services->ResetSystem((EFI_RESET_TYPE)type, status, sizeof(reason),
                                                   reason);
        fail_msg("ResetSystem(%u) returned", type);
    }
    assert_int_equal(runtime_fake.mask_depth, 1);
}

static void assert_xen_reason(unsigned int type, EFI_STATUS status, unsigned int reason)
{
    unsigned int before = runtime_fake.hypercalls;

    runtime_fake.shutdown_reason = ~0u;
    reset_until_stopped(type, status);
    assert_int_equal(runtime_fake.hypercalls, before + 1);
    assert_int_equal(runtime_fake.operation, __HYPERVISOR_sched_op);
    assert_int_equal(runtime_fake.command, SCHEDOP_shutdown);
    assert_int_equal(runtime_fake.shutdown_reason, reason);
    assert_int_equal(runtime_fake.port_writes, 0);
}

static void xen_gets_the_reason(void **state)
{
    (void)state;
    assert_xen_reason(EfiResetShutdown, EFI_SUCCESS, SHUTDOWN_poweroff);
    assert_xen_reason(EfiResetShutdown, EFI_WARN_WRITE_FAILURE, SHUTDOWN_poweroff);
    assert_xen_reason(EfiResetShutdown, EFI_SECURITY_VIOLATION, SHUTDOWN_crash);
    assert_xen_reason(EfiResetCold, EFI_SUCCESS, SHUTDOWN_reboot);
    assert_xen_reason(EfiResetWarm, EFI_SUCCESS, SHUTDOWN_reboot);
    assert_xen_reason(EfiResetCold, EFI_DEVICE_ERROR, SHUTDOWN_reboot);
    assert_xen_reason(PLATFORM_SPECIFIC, EFI_SUCCESS, SHUTDOWN_reboot);
    assert_xen_reason(0x7fffffff, EFI_SUCCESS, SHUTDOWN_reboot);
}

static void xen_is_told_at_runtime_too(void **state)
{
    (void)state;
    runtime_fake_exports.leave_boot();
    assert_xen_reason(EfiResetShutdown, EFI_SUCCESS, SHUTDOWN_poweroff);
}

static void assert_port_write(unsigned int type, const struct runtime_port_write *expected)
{
    unsigned int before = runtime_fake.port_writes;

    reset_until_stopped(type, EFI_SUCCESS);
    assert_int_equal(runtime_fake.port_writes, before + 1);
    assert_int_equal(runtime_fake.port_write.port, expected->port);
    assert_int_equal(runtime_fake.port_write.width, expected->width);
    assert_int_equal(runtime_fake.port_write.value, expected->value);
    assert_int_equal(runtime_fake.hypercalls, 0);
}

static void ports_are_written(void **state)
{
    (void)state;
    assert_port_write(EfiResetShutdown, &power_off_write);
    assert_port_write(EfiResetCold, &reset_write);
    assert_port_write(EfiResetWarm, &reset_write);
    assert_port_write(PLATFORM_SPECIFIC, &reset_write);
}

static void shutdown_without_a_register_resets(void **state)
{
    (void)state;
    runtime_state.parameters.power_off.width = 0;
    assert_port_write(EfiResetShutdown, &reset_write);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(xen_gets_the_reason, start_xen, stop),
        cmocka_unit_test_setup_teardown(xen_is_told_at_runtime_too, start_xen, stop),
        cmocka_unit_test_setup_teardown(ports_are_written, start_ports, stop),
        cmocka_unit_test_setup_teardown(shutdown_without_a_register_resets, start_ports, stop),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
