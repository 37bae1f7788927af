/* Finding tables by signature, and what damaged ones must not do (ACPI 6.5 section 5.2). */
#include "tables/acpi_tables.h"

#include <setjmp.h>
#include <stdarg.h>
#include <string.h>

#include <cmocka.h>

#include "tests/unit/acpi_tables_fake.h"

#define BODY "0123456789"

static int start(void **state)
{
    (void)state;
    fake_acpi_init();
    return 0;
}

static const struct acpi_header *find(const char *signature, uint32_t bytes_min)
{
    return acpi_table_find(FAKE_ACPI_RSDP, signature, bytes_min, fake_acpi_window);
}

static void test_tables_are_found_by_signature(void **state)
{
    uint64_t facp = fake_acpi_add("FACP", BODY, 10);
    uint64_t apic = fake_acpi_add("APIC", BODY, 3);

    (void)state;
    assert_ptr_equal(find("FACP", 0), fake_acpi_at(facp));
    assert_ptr_equal(find("APIC", 0), fake_acpi_at(apic));
    assert_null(find("SSDT", 0));
}

static void test_first_one_that_is_long_enough_counts(void **state)
{
    uint64_t second;

    (void)state;
    fake_acpi_add("SSDT", BODY, 2);
    second = fake_acpi_add("SSDT", BODY, 10);
    assert_ptr_equal(find("SSDT", 46), fake_acpi_at(second));
    assert_null(find("SSDT", 47));
}

static void test_xsdt_comes_before_rsdt(void **state)
{
    struct acpi_root root;

    (void)state;
    fake_acpi_add("FACP", BODY, 10);
    root = acpi_root_at(FAKE_ACPI_RSDP, fake_acpi_window);
    assert_ptr_equal(root.table, fake_acpi_xsdt());
    assert_int_equal(root.entry_bytes, 8);
    assert_int_equal(root.count, 1);
}

static void assert_rsdt_is_used(void)
{
    struct acpi_root root = acpi_root_at(FAKE_ACPI_RSDP, fake_acpi_window);

    assert_ptr_equal(root.table, fake_acpi_rsdt());
    assert_int_equal(root.entry_bytes, 4);
    assert_non_null(find("FACP", 0));
}

static void test_revision_0_has_an_rsdt_only(void **state)
{
    (void)state;
    fake_acpi_add("FACP", BODY, 10);
    fake_acpi_rsdp()->revision = 0;
    fake_acpi_fix_rsdp();
    assert_rsdt_is_used();
}

static void test_xsdt_of_a_damaged_root_pointer_is_not_used(void **state)
{
    (void)state;
    fake_acpi_add("FACP", BODY, 10);
    fake_acpi_rsdp()->extended_checksum++;
    assert_rsdt_is_used();
}

static void test_missing_xsdt_leaves_the_rsdt(void **state)
{
    (void)state;
    fake_acpi_add("FACP", BODY, 10);
    fake_acpi_rsdp()->xsdt_address = 0;
    fake_acpi_fix_rsdp();
    assert_rsdt_is_used();
}

static void test_no_root_has_no_entries(void **state)
{
    (void)state;
    fake_acpi_rsdp()->signature[0] = 'r';
    assert_int_equal(acpi_root_at(FAKE_ACPI_RSDP, fake_acpi_window).count, 0);
    assert_int_equal(acpi_root_at(0, fake_acpi_window).count, 0);
    assert_null(find("FACP", 0));
}

static void test_root_that_is_too_long_for_memory_is_none(void **state)
{
    (void)state;
    fake_acpi_xsdt()->length = FAKE_ACPI_BYTES;
    fake_acpi_rsdt()->length = UINT32_MAX;
    assert_null(acpi_root_at(FAKE_ACPI_RSDP, fake_acpi_window).table);
}

static void test_root_that_is_shorter_than_its_header_is_none(void **state)
{
    (void)state;
    fake_acpi_xsdt()->length = 35;
    fake_acpi_rsdt()->length = 0;
    assert_null(acpi_root_at(FAKE_ACPI_RSDP, fake_acpi_window).table);
}

static void test_number_of_entries_is_bounded(void **state)
{
    (void)state;
    fake_acpi_xsdt()->length = 36 + 8 * (ACPI_ROOT_ENTRIES_MAX + 1);
    assert_int_equal(acpi_root_at(FAKE_ACPI_RSDP, fake_acpi_window).count, ACPI_ROOT_ENTRIES_MAX);
}

static void test_half_an_entry_is_none(void **state)
{
    (void)state;
    fake_acpi_xsdt()->length = 36 + 8 + 7;
    assert_int_equal(acpi_root_at(FAKE_ACPI_RSDP, fake_acpi_window).count, 1);
}

static void test_entries_that_point_nowhere_are_passed_over(void **state)
{
    uint64_t *entry = (void *)(fake_acpi_xsdt() + 1);
    uint64_t wrong[] = {0, UINT64_MAX, 1ull << 40, FAKE_ACPI_START + FAKE_ACPI_BYTES - 8};
    uint64_t facp;

    (void)state;
    for (size_t i = 0; i < 4; i++)
        fake_acpi_add("SSDT", BODY, 10);
    facp = fake_acpi_add("FACP", BODY, 10);
    memcpy(entry, wrong, sizeof(wrong));
    assert_ptr_equal(find("FACP", 0), fake_acpi_at(facp));
}

static void test_table_that_is_too_long_for_memory_is_none(void **state)
{
    struct acpi_header *table = fake_acpi_at(fake_acpi_add("FACP", BODY, 10));

    (void)state;
    table->length = FAKE_ACPI_BYTES;
    assert_null(find("FACP", 0));
    table->length = 35;
    assert_null(find("FACP", 0));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup(test_tables_are_found_by_signature, start),
        cmocka_unit_test_setup(test_first_one_that_is_long_enough_counts, start),
        cmocka_unit_test_setup(test_xsdt_comes_before_rsdt, start),
        cmocka_unit_test_setup(test_revision_0_has_an_rsdt_only, start),
        cmocka_unit_test_setup(test_xsdt_of_a_damaged_root_pointer_is_not_used, start),
        cmocka_unit_test_setup(test_missing_xsdt_leaves_the_rsdt, start),
        cmocka_unit_test_setup(test_no_root_has_no_entries, start),
        cmocka_unit_test_setup(test_root_that_is_too_long_for_memory_is_none, start),
        cmocka_unit_test_setup(test_root_that_is_shorter_than_its_header_is_none, start),
        cmocka_unit_test_setup(test_number_of_entries_is_bounded, start),
        cmocka_unit_test_setup(test_half_an_entry_is_none, start),
        cmocka_unit_test_setup(test_entries_that_point_nowhere_are_passed_over, start),
        cmocka_unit_test_setup(test_table_that_is_too_long_for_memory_is_none, start),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
