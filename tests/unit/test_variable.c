#include "shim/runtime/variable.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

#include "tests/unit/runtime_fake.h"
#include "tests/unit/variable_calls.h"

static void get_tells_size_and_attributes(void **state)
{
    char data[8] = "unread";
    UINTN bytes = 0;
    UINT32 attributes = 0;

    (void)state;
    assert_int_equal(set("a", BS | RT, "value"), EFI_SUCCESS);
    assert_int_equal(get("a", &attributes, &bytes, NULL), EFI_BUFFER_TOO_SMALL);
    assert_int_equal(bytes, 5);
    assert_int_equal(attributes, BS | RT);
    bytes = 4;
    attributes = 0;
    assert_int_equal(get("a", &attributes, &bytes, data), EFI_BUFFER_TOO_SMALL);
    assert_int_equal(bytes, 5);
    assert_int_equal(attributes, BS | RT);
    assert_string_equal(data, "unread");
    assert_int_equal(get("a", NULL, &bytes, data), EFI_SUCCESS);
    assert_memory_equal(data, "valued", 6);
}

static void get_checks_its_parameters(void **state)
{
    EFI_RUNTIME_SERVICES *services = runtime_fake_exports.services;
    UINTN bytes = 8;
    char data[8];

    (void)state;
    assert_int_equal(set("a", BS, "value"), EFI_SUCCESS);
    assert_int_equal(services->GetVariable(NULL, &vendor, NULL, &bytes, data),
                     EFI_INVALID_PARAMETER);
    assert_int_equal(services->GetVariable(runtime_fake_name("a"), NULL, NULL, &bytes, data),
                     EFI_INVALID_PARAMETER);
    assert_int_equal(services->GetVariable(runtime_fake_name("a"), &vendor, NULL, NULL, data),
                     EFI_INVALID_PARAMETER);
    assert_int_equal(get("a", NULL, &bytes, NULL), EFI_INVALID_PARAMETER);
    assert_int_equal(bytes, 8);
    assert_int_equal(get("b", NULL, &bytes, NULL), EFI_NOT_FOUND);
    assert_int_equal(get("", NULL, &bytes, data), EFI_NOT_FOUND);
}

static void get_takes_any_length_of_name(void **state)
{
    static CHAR16 name[LIMIT_BYTES];
    UINTN bytes = 0;

    (void)state;
    for (size_t i = 0; i < LIMIT_BYTES; i++)
        name[i] = 'x';
    assert_int_equal(runtime_fake_exports.services->GetVariable(name, &vendor, NULL, &bytes, NULL),
                     EFI_NOT_FOUND);
    assert_int_equal(
        runtime_fake_exports.services->SetVariable(name, &vendor, BS, sizeof(bytes), &bytes),
        EFI_INVALID_PARAMETER);
}

static EFI_STATUS query(UINT32 attributes, UINT64 *remaining, UINT64 *largest)
{
    UINT64 storage = 0;
    EFI_STATUS status;

    status =
        runtime_fake_exports.services->QueryVariableInfo(attributes, &storage, remaining, largest);
    if (status == EFI_SUCCESS) {
        assert_true(storage <= STORE_BYTES);
        assert_true(*remaining <= storage);
    }
    return status;
}

static EFI_STATUS query_verdict(UINT32 attributes, bool at_runtime)
{
    if (attributes == 0)
        return EFI_INVALID_PARAMETER;
    if (attributes & (RESERVED | AW))
        return EFI_UNSUPPORTED;
    if (!(attributes & BS) || ((attributes & TA) && (attributes & EA)))
        return EFI_INVALID_PARAMETER;
    if (attributes & (HR | TA | EA))
        return EFI_UNSUPPORTED;
    return at_runtime && !(attributes & RT) ? EFI_INVALID_PARAMETER : EFI_SUCCESS;
}

static void query_checks_every_attribute(void **state)
{
    UINT64 remaining;
    UINT64 largest;

    (void)state;
    for (int at_runtime = 0; at_runtime < 2; at_runtime++) {
        for (UINT32 attributes = 0; attributes <= ALL_BITS; attributes++)
            assert_int_equal(query(attributes, &remaining, &largest),
                             query_verdict(attributes, at_runtime));
        runtime_fake_exports.leave_boot();
    }
}

static void query_checks_its_parameters(void **state)
{
    EFI_RUNTIME_SERVICES *services = runtime_fake_exports.services;
    UINT64 value;

    (void)state;
    assert_int_equal(services->QueryVariableInfo(BS, NULL, &value, &value), EFI_INVALID_PARAMETER);
    assert_int_equal(services->QueryVariableInfo(BS, &value, NULL, &value), EFI_INVALID_PARAMETER);
    assert_int_equal(services->QueryVariableInfo(BS, &value, &value, NULL), EFI_INVALID_PARAMETER);
}

/* What is promised can be written, and not a byte more. */
static void query_tells_the_truth(void **state)
{
    UINT64 remaining = 0;
    UINT64 before = 0;
    UINT64 largest = 0;

    (void)state;
    assert_int_equal(query(BS, &before, &largest), EFI_SUCCESS);
    assert_int_equal(largest, LIMIT_BYTES);
    assert_int_equal(set_bytes("a", BS, largest - 4), EFI_SUCCESS);
    assert_int_equal(query(BS, &remaining, &largest), EFI_SUCCESS);
    assert_true(remaining < before);
    assert_true(largest < LIMIT_BYTES);
    assert_int_equal(set_bytes("b", BS, largest - 4 + 1), EFI_OUT_OF_RESOURCES);
    assert_int_equal(set_bytes("b", BS, largest - 4), EFI_SUCCESS);
    assert_int_equal(query(BS, &remaining, &largest), EFI_SUCCESS);
    assert_int_equal(remaining, 0);
    assert_int_equal(largest, 0);
    assert_int_equal(set("a", BS, ""), EFI_SUCCESS);
    assert_int_equal(set("b", BS, ""), EFI_SUCCESS);
    assert_int_equal(query(BS, &remaining, &largest), EFI_SUCCESS);
    assert_int_equal(remaining, before);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, start, stop)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(get_tells_size_and_attributes), TEST(get_checks_its_parameters),
        TEST(get_takes_any_length_of_name),  TEST(query_checks_every_attribute),
        TEST(query_checks_its_parameters),   TEST(query_tells_the_truth),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
