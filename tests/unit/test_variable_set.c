#include "shim/runtime/variable.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

#include <cmocka.h>

#include "shim/runtime/variable_store.h"
#include "tests/unit/runtime_fake.h"
#include "tests/unit/variable_calls.h"

static EFI_GUID global_vendor = EFI_GLOBAL_VARIABLE;
static EFI_GUID security_vendor = {
    0xd719b2cb, 0x3d3a, 0x4596, {0xa3, 0xbc, 0xda, 0xd0, 0x0e, 0x67, 0x65, 0x6f}};

/* What the specification says of attributes alone; EFI_SUCCESS where the rest of the call decides.
 */
static EFI_STATUS attributes_verdict(UINT32 attributes)
{
    if (attributes & RESERVED)
        return EFI_INVALID_PARAMETER;
    if (attributes & AW)
        return EFI_UNSUPPORTED;
    if ((attributes & RT) && !(attributes & BS))
        return EFI_INVALID_PARAMETER;
    if (attributes == NV || (attributes & HR) || ((attributes & TA) && (attributes & EA)))
        return EFI_INVALID_PARAMETER;
    return attributes & (TA | EA) ? EFI_UNSUPPORTED : EFI_SUCCESS;
}

static bool call_deletes(UINT32 attributes, const char *text)
{
    return !(attributes & (BS | RT)) || (*text == '\0' && !(attributes & APPEND));
}

/* What SetVariable owes for a variable of this kind, 0 for none. */
static EFI_STATUS verdict(UINT32 kind, UINT32 attributes, const char *text, bool at_runtime)
{
    EFI_STATUS status = attributes_verdict(attributes);

    if (EFI_ERROR(status))
        return status;
    if (kind == 0 && call_deletes(attributes, text))
        return EFI_NOT_FOUND;
    if (kind == 0 && *text == '\0')
        return EFI_SUCCESS;
    if (kind == 0)
        return at_runtime && (attributes & (NV | RT)) != (NV | RT) ? EFI_INVALID_PARAMETER
                                                                   : EFI_SUCCESS;
    if (at_runtime && !(kind & RT))
        return EFI_WRITE_PROTECTED;
    if ((attributes & (BS | RT)) && (attributes & ~(UINT32)APPEND) != kind)
        return EFI_INVALID_PARAMETER;
    return at_runtime && !(kind & NV) ? EFI_WRITE_PROTECTED : EFI_SUCCESS;
}

static void assert_value_or_absent(const char *name, UINT32 attributes, const char *text)
{
    if (attributes != 0)
        assert_value(name, attributes, text);
    else
        assert_absent(name);
}

/* A variable of the kind, with value "old", is written to. */
static void assert_change(UINT32 kind, UINT32 attributes, const char *text, bool at_runtime)
{
    UINT32 visible = at_runtime && !(kind & RT) ? 0 : kind;
    UINT32 existing = at_runtime && kind == BS ? 0 : kind;
    EFI_STATUS expected = verdict(existing, attributes, text, at_runtime);
    char value[16];

    assert_int_equal(set("a", attributes, text), expected);
    snprintf(value, sizeof(value), "%s%s", existing != 0 && attributes & APPEND ? "old" : "", text);
    if (expected != EFI_SUCCESS)
        assert_value_or_absent("a", visible, "old");
    else if (call_deletes(attributes, text) || *value == '\0')
        assert_absent("a");
    else
        assert_value("a", attributes & ~(UINT32)APPEND, value);
}

static void assert_change_of_fresh(UINT32 kind, UINT32 attributes, const char *text,
                                   bool at_runtime)
{
    runtime_fake_start(STORE_BYTES, 0);
    if (kind != 0)
        assert_int_equal(set("a", kind, "old"), EFI_SUCCESS);
    assert_int_equal(set("b", NV | BS | RT, "other"), EFI_SUCCESS);
    if (at_runtime)
        runtime_fake_exports.leave_boot();
    assert_change(kind, attributes, text, at_runtime);
    assert_value("b", NV | BS | RT, "other");
}

static void every_attribute_on_every_kind(void **state)
{
    static const UINT32 kinds[] = {0, BS, BS | RT, NV | BS, NV | BS | RT};

    (void)state;
    for (size_t k = 0; k < sizeof(kinds) / sizeof(kinds[0]); k++) {
        for (UINT32 attributes = 0; attributes <= ALL_BITS; attributes++) {
            for (int at_runtime = 0; at_runtime < 2; at_runtime++) {
                assert_change_of_fresh(kinds[k], attributes, "new", at_runtime);
                assert_change_of_fresh(kinds[k], attributes, "", at_runtime);
            }
        }
    }
}

static void set_checks_its_parameters(void **state)
{
    EFI_RUNTIME_SERVICES *services = runtime_fake_exports.services;
    char data[] = "value";

    (void)state;
    assert_int_equal(services->SetVariable(NULL, &vendor, BS, 1, data), EFI_INVALID_PARAMETER);
    assert_int_equal(services->SetVariable(runtime_fake_name(""), &vendor, BS, 1, data),
                     EFI_INVALID_PARAMETER);
    assert_int_equal(services->SetVariable(runtime_fake_name("a"), NULL, BS, 1, data),
                     EFI_INVALID_PARAMETER);
    assert_int_equal(services->SetVariable(runtime_fake_name("a"), &vendor, BS, 1, NULL),
                     EFI_INVALID_PARAMETER);
    assert_int_equal(services->SetVariable(runtime_fake_name("a"), &vendor, BS, 0, NULL),
                     EFI_NOT_FOUND);
}

static void name_and_vendor_tell_variables_apart(void **state)
{
    (void)state;
    assert_int_equal(set("a", BS, "1"), EFI_SUCCESS);
    assert_int_equal(set("A", BS, "2"), EFI_SUCCESS);
    assert_int_equal(set("ab", BS, "3"), EFI_SUCCESS);
    assert_int_equal(set_of(&other_vendor, "a", BS, "4"), EFI_SUCCESS);
    assert_value("a", BS, "1");
    assert_value("A", BS, "2");
    assert_value("ab", BS, "3");
}

static void a_variable_has_a_largest_size(void **state)
{
    UINTN largest = LIMIT_BYTES - 2 * sizeof(CHAR16);

    (void)state;
    assert_int_equal(set_bytes("a", BS, largest + 1), EFI_INVALID_PARAMETER);
    assert_int_equal(set_bytes("a", BS, UINT64_MAX), EFI_INVALID_PARAMETER);
    assert_int_equal(set_bytes("a", BS, (UINT64)1 << 32), EFI_INVALID_PARAMETER);
    assert_absent("a");
    assert_int_equal(set_bytes("a", BS, largest), EFI_SUCCESS);
    assert_int_equal(set("a", BS | APPEND, "x"), EFI_INVALID_PARAMETER);
    assert_int_equal(set("a", BS | APPEND, ""), EFI_SUCCESS);
    assert_int_equal(set_bytes("a", BS, 1), EFI_SUCCESS);
    assert_int_equal(set_bytes("a", BS | APPEND, largest - 1), EFI_SUCCESS);
}

static void a_full_store_keeps_what_it_has(void **state)
{
    (void)state;
    assert_int_equal(set("a", NV | BS, "value"), EFI_SUCCESS);
    assert_int_equal(set_bytes("b", BS, 30000), EFI_SUCCESS);
    assert_int_equal(set_bytes("c", BS, 30000), EFI_SUCCESS);
    assert_int_equal(set_bytes("d", BS, 30000), EFI_OUT_OF_RESOURCES);
    assert_int_equal(set_bytes("a", NV | BS, 30000), EFI_OUT_OF_RESOURCES);
    assert_int_equal(set_bytes("a", NV | BS | APPEND, 30000), EFI_OUT_OF_RESOURCES);
    assert_absent("d");
    assert_value("a", NV | BS, "value");
    assert_int_equal(set("b", BS, ""), EFI_SUCCESS);
    assert_int_equal(set_bytes("d", BS, 30000), EFI_SUCCESS);
}

static void a_tiny_store_refuses(void **state)
{
    UINTN bytes = 0;

    (void)state;
    runtime_fake_start(sizeof(struct variable_store), 0);
    assert_int_equal(set("a", BS, "value"), EFI_INVALID_PARAMETER);
    assert_int_equal(get("a", NULL, &bytes, NULL), EFI_NOT_FOUND);
}

static void assert_global(const char *name, UINT32 attributes, EFI_STATUS expected)
{
    assert_int_equal(set_of(&global_vendor, name, attributes, "x"), expected);
}

static void the_global_name_space_is_closed(void **state)
{
    (void)state;
    assert_global("BootOrder", NV | BS | RT, EFI_SUCCESS);
    assert_global("BootOrder", NV | BS | RT | APPEND, EFI_SUCCESS);
    assert_global("BootNext", BS | RT, EFI_INVALID_PARAMETER);
    assert_global("Boot00AF", NV | BS | RT, EFI_SUCCESS);
    assert_global("Boot00af", NV | BS | RT, EFI_INVALID_PARAMETER);
    assert_global("Boot001", NV | BS | RT, EFI_INVALID_PARAMETER);
    assert_global("Boot00011", NV | BS | RT, EFI_INVALID_PARAMETER);
    assert_global("Boot000G", NV | BS | RT, EFI_INVALID_PARAMETER);
    assert_global("BootCurrent", BS | RT, EFI_SUCCESS);
    assert_global("CryptoIndicationsSupported", BS | RT, EFI_SUCCESS);
    assert_global("NobodyDefinedThis", NV | BS | RT, EFI_INVALID_PARAMETER);
    assert_global("SecureBoot", BS | RT, EFI_INVALID_PARAMETER);
    assert_global("NobodyDefinedThis", 0, EFI_NOT_FOUND);
    assert_int_equal(set_of(&security_vendor, "db", NV | BS | RT, "x"), EFI_INVALID_PARAMETER);
    assert_int_equal(set_of(&security_vendor, "db", NV | BS | RT | TA, "x"), EFI_UNSUPPORTED);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, start, stop)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(every_attribute_on_every_kind),        TEST(set_checks_its_parameters),
        TEST(name_and_vendor_tell_variables_apart), TEST(a_variable_has_a_largest_size),
        TEST(a_full_store_keeps_what_it_has),       TEST(a_tiny_store_refuses),
        TEST(the_global_name_space_is_closed),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
