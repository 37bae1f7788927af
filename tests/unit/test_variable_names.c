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
#include "tests/unit/variable_calls.h"

#define NAME_LETTERS 64

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

#define TEST(name) cmocka_unit_test_setup_teardown(name, start, stop)

int main(void)
{
    const struct CMUnitTest tests[] = {
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
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
