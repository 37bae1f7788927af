/* Variables of the firmware's own: clients read them and nothing else. */
#include "shim/runtime/variable.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "tests/unit/runtime_fake.h"
#include "tests/unit/variable_calls.h"

static EFI_STATUS define(const char *name, const char *text)
{
    return balanced(runtime_fake_exports.define_variable(runtime_fake_name(name), &vendor, text,
                                                         (uint32_t)strlen(text)));
}

static void test_it_is_read_in_both_phases(void **state)
{
    (void)state;
    assert_int_equal(define("Own", "value"), EFI_SUCCESS);
    assert_value("Own", BS | RT, "value");
    runtime_fake_exports.leave_boot();
    assert_value("Own", BS | RT, "value");
}

static void assert_protected(void)
{
    assert_int_equal(set("Own", BS | RT, "other"), EFI_WRITE_PROTECTED);
    assert_int_equal(set("Own", BS | RT | APPEND, "more"), EFI_WRITE_PROTECTED);
    assert_int_equal(set("Own", NV | BS | RT, "other"), EFI_WRITE_PROTECTED);
    assert_int_equal(set("Own", BS | RT, ""), EFI_WRITE_PROTECTED);
    assert_int_equal(set("Own", 0, ""), EFI_WRITE_PROTECTED);
    assert_value("Own", BS | RT, "value");
}

static void test_clients_cannot_change_or_delete_it(void **state)
{
    (void)state;
    define("Own", "value");
    assert_protected();
    runtime_fake_exports.leave_boot();
    assert_protected();
}

static void test_firmware_can_change_it(void **state)
{
    (void)state;
    define("Own", "first");
    assert_int_equal(define("Own", "a longer second value"), EFI_SUCCESS);
    assert_value("Own", BS | RT, "a longer second value");
    assert_int_equal(set("Own", BS | RT, "other"), EFI_WRITE_PROTECTED);
}

static void test_it_takes_a_clients_place(void **state)
{
    (void)state;
    set("Own", NV | BS | RT, "a client's");
    assert_int_equal(define("Own", "value"), EFI_SUCCESS);
    assert_protected();
}

static void test_other_variables_stay_writable(void **state)
{
    (void)state;
    define("Own", "value");
    assert_int_equal(set("Other", BS | RT, "value"), EFI_SUCCESS);
    assert_int_equal(set_of(&other_vendor, "Own", BS | RT, "value"), EFI_SUCCESS);
    assert_int_equal(set("Other", BS | RT, "new"), EFI_SUCCESS);
}

static void test_deleted_variable_of_that_name_does_not_matter(void **state)
{
    (void)state;
    set("Own", BS | RT, "a client's");
    set("Own", 0, "");
    define("Own", "value");
    assert_protected();
}

static void test_it_must_have_a_value_that_fits(void **state)
{
    static char data[STORE_BYTES];

    (void)state;
    assert_int_equal(define("Own", ""), EFI_INVALID_PARAMETER);
    memset(data, 'x', LIMIT_BYTES);
    assert_int_equal(define("Own", data), EFI_INVALID_PARAMETER);
    assert_absent("Own");
}

static void test_full_store_is_out_of_resources(void **state)
{
    (void)state;
    assert_int_equal(set_bytes("A", BS, LIMIT_BYTES - 8), EFI_SUCCESS);
    assert_int_equal(set_bytes("B", BS, LIMIT_BYTES - 256), EFI_SUCCESS);
    while (set_bytes("C", BS | APPEND, 8) == EFI_SUCCESS)
        ;
    assert_int_equal(define("Own", "value"), EFI_OUT_OF_RESOURCES);
    assert_absent("Own");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(test_it_is_read_in_both_phases, start, stop),
        cmocka_unit_test_setup_teardown(test_clients_cannot_change_or_delete_it, start, stop),
        cmocka_unit_test_setup_teardown(test_firmware_can_change_it, start, stop),
        cmocka_unit_test_setup_teardown(test_it_takes_a_clients_place, start, stop),
        cmocka_unit_test_setup_teardown(test_other_variables_stay_writable, start, stop),
        cmocka_unit_test_setup_teardown(test_deleted_variable_of_that_name_does_not_matter, start,
                                        stop),
        cmocka_unit_test_setup_teardown(test_it_must_have_a_value_that_fits, start, stop),
        cmocka_unit_test_setup_teardown(test_full_store_is_out_of_resources, start, stop),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
