#include "shim/runtime/variable.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <cmocka.h>

#include "loader/lib/crc32.h"
#include "shim/runtime/state.h"
#include "tests/unit/runtime_fake.h"

#define STORE_BYTES  65536
#define LIMIT_BYTES  32768
#define NAME_LETTERS 64

#define NV       EFI_VARIABLE_NON_VOLATILE
#define BS       EFI_VARIABLE_BOOTSERVICE_ACCESS
#define RT       EFI_VARIABLE_RUNTIME_ACCESS
#define HR       EFI_VARIABLE_HARDWARE_ERROR_RECORD
#define AW       EFI_VARIABLE_AUTHENTICATED_WRITE_ACCESS
#define TA       EFI_VARIABLE_TIME_BASED_AUTHENTICATED_WRITE_ACCESS
#define APPEND   EFI_VARIABLE_APPEND_WRITE
#define EA       0x80u
#define RESERVED 0x100u
#define ALL_BITS 0x1ffu

static EFI_GUID vendor = {.Data1 = 0x12345678, .Data2 = 1};
static EFI_GUID other_vendor = {.Data1 = 0x12345678, .Data2 = 2};
static EFI_GUID global_vendor = EFI_GLOBAL_VARIABLE;
static EFI_GUID security_vendor = {
    0xd719b2cb, 0x3d3a, 0x4596, {0xa3, 0xbc, 0xda, 0xd0, 0x0e, 0x67, 0x65, 0x6f}};

static int start(void **state)
{
    (void)state;
    runtime_fake_start(STORE_BYTES, 0);
    return 0;
}

static int stop(void **state)
{
    (void)state;
    runtime_fake_stop();
    return 0;
}

/* Each service leaves interrupts as it found them. */
static EFI_STATUS balanced(EFI_STATUS status)
{
    assert_int_equal(runtime_fake.mask_depth, 0);
    return status;
}

static EFI_STATUS set_of(EFI_GUID *guid, const char *name, UINT32 attributes, const char *text)
{
    char *copy = strdup(text);
    EFI_STATUS status;

    status = runtime_fake_exports.services->SetVariable(runtime_fake_name(name), guid, attributes,
                                                        strlen(text), copy);
    free(copy);
    return balanced(status);
}

static EFI_STATUS set(const char *name, UINT32 attributes, const char *text)
{
    return set_of(&vendor, name, attributes, text);
}

static EFI_STATUS set_bytes(const char *name, UINT32 attributes, UINTN bytes)
{
    static uint8_t zeros[STORE_BYTES * 2];

    return balanced(runtime_fake_exports.services->SetVariable(runtime_fake_name(name), &vendor,
                                                               attributes, bytes, zeros));
}

static EFI_STATUS get(const char *name, UINT32 *attributes, UINTN *bytes, void *data)
{
    return balanced(runtime_fake_exports.services->GetVariable(runtime_fake_name(name), &vendor,
                                                               attributes, bytes, data));
}

static void assert_value(const char *name, UINT32 attributes, const char *text)
{
    char data[256];
    UINTN bytes = sizeof(data);
    UINT32 found = 0;

    assert_int_equal(get(name, &found, &bytes, data), EFI_SUCCESS);
    assert_int_equal(found, attributes);
    assert_int_equal(bytes, strlen(text));
    assert_memory_equal(data, text, bytes);
}

static void assert_absent(const char *name)
{
    UINTN bytes = 0;

    assert_int_equal(get(name, NULL, &bytes, NULL), EFI_NOT_FOUND);
    assert_int_equal(bytes, 0);
}

/* ---- GetVariable ---- */

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

/* ---- SetVariable: attributes ---- */

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

/* ---- SetVariable: the rest ---- */

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

/* ---- GetNextVariableName ---- */

struct position {
    CHAR16 name[NAME_LETTERS];
    EFI_GUID vendor;
};

static EFI_STATUS next(struct position *position)
{
    UINTN bytes = sizeof(position->name);
    EFI_STATUS status;

    status = balanced(runtime_fake_exports.services->GetNextVariableName(&bytes, position->name,
                                                                         &position->vendor));
    if (status == EFI_SUCCESS) {
        assert_int_equal(bytes % sizeof(CHAR16), 0);
        assert_int_equal(position->name[bytes / sizeof(CHAR16) - 1], 0);
    }
    return status;
}

static void assert_next(struct position *position, const char *name)
{
    const CHAR16 *expected = runtime_fake_name(name);

    assert_int_equal(next(position), EFI_SUCCESS);
    assert_memory_equal(position->name, expected, (strlen(name) + 1) * sizeof(CHAR16));
}

static void enumeration_checks_its_parameters(void **state)
{
    EFI_RUNTIME_SERVICES *services = runtime_fake_exports.services;
    struct position position = {0};
    UINTN bytes = sizeof(position.name);

    (void)state;
    assert_int_equal(set("a", BS, "1"), EFI_SUCCESS);
    assert_int_equal(services->GetNextVariableName(NULL, position.name, &position.vendor),
                     EFI_INVALID_PARAMETER);
    assert_int_equal(services->GetNextVariableName(&bytes, NULL, &position.vendor),
                     EFI_INVALID_PARAMETER);
    assert_int_equal(services->GetNextVariableName(&bytes, position.name, NULL),
                     EFI_INVALID_PARAMETER);
    bytes = 0;
    assert_int_equal(services->GetNextVariableName(&bytes, position.name, &position.vendor),
                     EFI_INVALID_PARAMETER);
    bytes = 1;
    assert_int_equal(services->GetNextVariableName(&bytes, position.name, &position.vendor),
                     EFI_INVALID_PARAMETER);
    position.name[0] = 'a';
    bytes = sizeof(CHAR16);
    assert_int_equal(services->GetNextVariableName(&bytes, position.name, &position.vendor),
                     EFI_INVALID_PARAMETER);
    position.name[0] = 'b';
    assert_int_equal(next(&position), EFI_INVALID_PARAMETER);
    position.name[0] = 'a';
    assert_int_equal(next(&position), EFI_INVALID_PARAMETER); /* another vendor's */
}

static void enumeration_of_nothing_ends_at_once(void **state)
{
    struct position position = {.vendor = vendor};

    (void)state;
    assert_int_equal(next(&position), EFI_NOT_FOUND);
}

static void a_small_buffer_is_told_the_size(void **state)
{
    struct position position = {0};
    UINTN bytes = sizeof(CHAR16);

    (void)state;
    assert_int_equal(set("name", BS, "1"), EFI_SUCCESS);
    assert_int_equal(
        runtime_fake_exports.services->GetNextVariableName(&bytes, position.name, &position.vendor),
        EFI_BUFFER_TOO_SMALL);
    assert_int_equal(bytes, 5 * sizeof(CHAR16));
    assert_int_equal(position.name[0], 0);
    assert_int_equal(position.vendor.Data1, 0);
    assert_int_equal(
        runtime_fake_exports.services->GetNextVariableName(&bytes, position.name, &position.vendor),
        EFI_SUCCESS);
    assert_int_equal(bytes, 5 * sizeof(CHAR16));
    assert_memory_equal(&position.vendor, &vendor, sizeof(vendor));
}

static void a_deleted_name_leads_nowhere(void **state)
{
    struct position position = {.name = {'a', 0}, .vendor = vendor};

    (void)state;
    assert_int_equal(set("a", BS, "1"), EFI_SUCCESS);
    assert_int_equal(set("b", BS, "1"), EFI_SUCCESS);
    assert_int_equal(set("a", BS, ""), EFI_SUCCESS);
    assert_int_equal(next(&position), EFI_INVALID_PARAMETER);
}

static void deleting_the_current_one_does_not_end_it(void **state)
{
    struct position position = {0};

    (void)state;
    assert_int_equal(set("a", BS, "1"), EFI_SUCCESS);
    assert_int_equal(set("b", BS, "2"), EFI_SUCCESS);
    assert_int_equal(set("c", BS, "3"), EFI_SUCCESS);
    assert_next(&position, "a");
    assert_int_equal(set("a", BS, ""), EFI_SUCCESS);
    assert_absent("a");
    assert_next(&position, "b");
    assert_int_equal(set("b", 0, ""), EFI_SUCCESS);
    assert_int_equal(set("b", 0, ""), EFI_NOT_FOUND);
    assert_next(&position, "c");
    assert_int_equal(set("c", 0, ""), EFI_SUCCESS);
    assert_int_equal(next(&position), EFI_NOT_FOUND);
    assert_int_equal(next(&position), EFI_INVALID_PARAMETER);
    assert_int_equal(runtime_state.variables->used_bytes, 0);
}

static void changing_the_current_one_visits_none_twice(void **state)
{
    struct position position = {0};

    (void)state;
    assert_int_equal(set("a", BS, "1"), EFI_SUCCESS);
    assert_int_equal(set("b", BS, "2"), EFI_SUCCESS);
    assert_next(&position, "a");
    assert_int_equal(set("a", BS, "a value that is longer than before"), EFI_SUCCESS);
    assert_next(&position, "b");
    assert_int_equal(set("b", BS, ""), EFI_SUCCESS);
    assert_int_equal(set("b", BS | RT, "made again"), EFI_SUCCESS);
    assert_int_equal(next(&position), EFI_NOT_FOUND);
}

#define MANY 200

/* Whichever variables there are and whatever was deleted or changed: each is visited once. */
static void enumeration_visits_each_exactly_once(void **state)
{
    bool exists[MANY] = {false};
    char name[16];

    (void)state;
    srand(7);
    for (int round = 0; round < 50; round++) {
        unsigned int visits[MANY] = {0};
        struct position position = {0};
        unsigned int index;

        for (int change = 0; change < 40; change++) {
            index = (unsigned int)rand() % MANY;
            snprintf(name, sizeof(name), "%u", index);
            exists[index] = rand() % 3 != 0;
            set_bytes(name, BS, exists[index] ? (UINTN)(1 + rand() % 100) : 0);
        }
        while (next(&position) == EFI_SUCCESS) {
            for (size_t i = 0; i == 0 || position.name[i - 1] != 0; i++)
                name[i] = (char)position.name[i];
            assert_int_equal(sscanf(name, "%u", &index), 1);
            visits[index]++;
        }
        for (index = 0; index < MANY; index++)
            assert_int_equal(visits[index], exists[index]);
    }
}

/* ---- After ExitBootServices ---- */

static void runtime_sees_only_runtime_variables(void **state)
{
    struct position position = {0};
    struct position hidden = {.name = {'n', 'b', 0}, .vendor = vendor};

    (void)state;
    assert_int_equal(set("b", BS, "1"), EFI_SUCCESS);
    assert_int_equal(set("br", BS | RT, "2"), EFI_SUCCESS);
    assert_int_equal(set("nb", NV | BS, "3"), EFI_SUCCESS);
    assert_int_equal(set("nbr", NV | BS | RT, "4"), EFI_SUCCESS);
    runtime_fake_exports.leave_boot();
    assert_absent("b");
    assert_absent("nb");
    assert_value("br", BS | RT, "2");
    assert_value("nbr", NV | BS | RT, "4");
    assert_next(&position, "br");
    assert_next(&position, "nbr");
    assert_int_equal(next(&position), EFI_NOT_FOUND);
    assert_int_equal(next(&hidden), EFI_INVALID_PARAMETER);
}

static void boot_secrets_are_wiped(void **state)
{
    const uint8_t *bytes = (const uint8_t *)runtime_state.variables;
    struct position position = {0};

    (void)state;
    assert_int_equal(set("b", BS, "secret1"), EFI_SUCCESS);
    assert_int_equal(set("c", BS, "secret2"), EFI_SUCCESS);
    assert_next(&position, "b"); /* a place that is held for nobody */
    runtime_fake_exports.leave_boot();
    for (size_t i = 0; i < STORE_BYTES - 6; i++)
        assert_memory_not_equal(bytes + i, "secret", 6);
    assert_int_equal(runtime_state.variables->used_bytes, 0);
}

static void leaving_boot_checks_the_system_table_again(void **state)
{
    EFI_TABLE_HEADER *header = &runtime_fake_system_table.Hdr;
    uint32_t crc;

    (void)state;
    runtime_fake_system_table.FirmwareRevision = 1;
    runtime_fake_exports.leave_boot();
    crc = header->CRC32;
    header->CRC32 = 0;
    assert_int_equal(crc, crc32_compute(header, sizeof(runtime_fake_system_table)));
}

/* ---- QueryVariableInfo ---- */

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
        TEST(get_tells_size_and_attributes),
        TEST(get_checks_its_parameters),
        TEST(get_takes_any_length_of_name),
        TEST(every_attribute_on_every_kind),
        TEST(set_checks_its_parameters),
        TEST(name_and_vendor_tell_variables_apart),
        TEST(a_variable_has_a_largest_size),
        TEST(a_full_store_keeps_what_it_has),
        TEST(a_tiny_store_refuses),
        TEST(the_global_name_space_is_closed),
        TEST(enumeration_checks_its_parameters),
        TEST(enumeration_of_nothing_ends_at_once),
        TEST(a_small_buffer_is_told_the_size),
        TEST(a_deleted_name_leads_nowhere),
        TEST(deleting_the_current_one_does_not_end_it),
        TEST(changing_the_current_one_visits_none_twice),
        TEST(enumeration_visits_each_exactly_once),
        TEST(runtime_sees_only_runtime_variables),
        TEST(boot_secrets_are_wiped),
        TEST(leaving_boot_checks_the_system_table_again),
        TEST(query_checks_every_attribute),
        TEST(query_checks_its_parameters),
        TEST(query_tells_the_truth),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
