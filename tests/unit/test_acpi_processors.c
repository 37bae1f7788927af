/* Counting processors in a MADT (ACPI 6.5 section 5.2.12). */
#include "tables/acpi_processors.h"

#include <setjmp.h>
#include <stdarg.h>
#include <string.h>

#include <cmocka.h>

#include "tests/unit/acpi_tables_fake.h"

#define ADDRESS_AND_FLAGS 0, 0, 0xe0, 0xfe, 0, 0, 0, 0
#define LAPIC(id, flags)  0, 8, id, id, flags, 0, 0, 0
#define X2APIC(id, flags) 9, 16, 0, 0, id, 0, 0, 0, flags, 0, 0, 0, id, 0, 0, 0
#define IO_APIC           1, 12, 1, 0, 0, 0, 0xc0, 0xfe, 0, 0, 0, 0

static int start(void **state)
{
    (void)state;
    fake_acpi_init();
    return 0;
}

static unsigned int count_in(const uint8_t *body, size_t bytes)
{
    fake_acpi_add("APIC", body, bytes);
    return acpi_processors_count(FAKE_ACPI_RSDP, fake_acpi_window);
}

static void test_enabled_local_apics_count(void **state)
{
    static const uint8_t body[] = {ADDRESS_AND_FLAGS, LAPIC(0, 1), LAPIC(2, 1),
                                   LAPIC(4, 0),       IO_APIC,     LAPIC(6, 1)};

    (void)state;
    assert_int_equal(count_in(body, sizeof(body)), 3);
}

static void test_x2apics_count(void **state)
{
    static const uint8_t body[] = {ADDRESS_AND_FLAGS, LAPIC(0, 1), X2APIC(1, 1), X2APIC(2, 2)};

    (void)state;
    assert_int_equal(count_in(body, sizeof(body)), 2);
}

static void test_no_madt_tells_nothing(void **state)
{
    (void)state;
    assert_int_equal(acpi_processors_count(FAKE_ACPI_RSDP, fake_acpi_window), 0);
    assert_int_equal(acpi_processors_count(0, fake_acpi_window), 0);
}

static void test_madt_without_entries_tells_nothing(void **state)
{
    static const uint8_t body[] = {ADDRESS_AND_FLAGS};

    (void)state;
    assert_int_equal(count_in(body, sizeof(body)), 0);
}

static void test_entry_of_no_length_ends_the_list(void **state)
{
    static const uint8_t body[] = {ADDRESS_AND_FLAGS, LAPIC(0, 1), 0, 0, LAPIC(1, 1)};

    (void)state;
    assert_int_equal(count_in(body, sizeof(body)), 1);
}

static void test_entry_beyond_the_table_does_not_count(void **state)
{
    static const uint8_t body[] = {ADDRESS_AND_FLAGS, LAPIC(0, 1), LAPIC(1, 1)};

    (void)state;
    assert_int_equal(count_in(body, sizeof(body) - 1), 1);
    fake_acpi_init();
    assert_int_equal(count_in(body, sizeof(body) - 7), 1);
}

static void test_entry_too_short_for_flags_does_not_count(void **state)
{
    static const uint8_t body[] = {
        ADDRESS_AND_FLAGS, 0, 7, 0, 0, 1, 0, 0, 9, 11, 0, 0, 0, 0, 0, 0, 1, 0, 0, LAPIC(0, 1)};

    (void)state;
    assert_int_equal(count_in(body, sizeof(body)), 1);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup(test_enabled_local_apics_count, start),
        cmocka_unit_test_setup(test_x2apics_count, start),
        cmocka_unit_test_setup(test_no_madt_tells_nothing, start),
        cmocka_unit_test_setup(test_madt_without_entries_tells_nothing, start),
        cmocka_unit_test_setup(test_entry_of_no_length_ends_the_list, start),
        cmocka_unit_test_setup(test_entry_beyond_the_table_does_not_count, start),
        cmocka_unit_test_setup(test_entry_too_short_for_flags_does_not_count, start),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
