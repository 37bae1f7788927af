/* A second root with one table more; what the domain builder made stays as it is. */
#include "tables/acpi_extension.h"

#include <setjmp.h>
#include <stdarg.h>
#include <string.h>

#include <cmocka.h>

#include "tests/unit/acpi_tables_fake.h"

#define BODY "0123456789"

static struct acpi_header extra = {.signature = {'F', 'P', 'D', 'T'}, .length = sizeof(extra)};
static uint8_t copy[FAKE_ACPI_BYTES]; /* of all tables before */
static _Alignas(16) uint8_t memory[4096];

static int start(void **state)
{
    (void)state;
    fake_acpi_init();
    fake_acpi_add("FACP", BODY, 10);
    fake_acpi_add("APIC", BODY, 10);
    memset(memory, 0xee, sizeof(memory));
    return 0;
}

static size_t bytes(void)
{
    return acpi_extension_bytes(FAKE_ACPI_RSDP, "FPDT", fake_acpi_window);
}

static const struct acpi_rsdp *build(void)
{
    memcpy(copy, fake_acpi_at(FAKE_ACPI_START), sizeof(copy));
    assert_true(acpi_extension_build(FAKE_ACPI_RSDP, &extra, fake_acpi_window, memory));
    return (const void *)memory;
}

static const void *host_window(uint64_t paddr, uint64_t size)
{
    (void)size;
    return paddr >= FAKE_ACPI_START && paddr < FAKE_ACPI_START + FAKE_ACPI_BYTES
               ? fake_acpi_at(paddr)
               : (const void *)(uintptr_t)paddr;
}

static void test_new_root_leads_to_all_tables_and_one_more(void **state)
{
    struct acpi_root root;

    (void)state;
    assert_ptr_equal(build(), memory);
    assert_non_null(acpi_rsdp_at((uintptr_t)memory, host_window));
    root = acpi_root_at((uintptr_t)memory, host_window);
    assert_int_equal(root.entry_bytes, 8);
    assert_int_equal(root.count, 3);
    assert_int_equal(acpi_root_entry(&root, 2), (uintptr_t)&extra);
    for (unsigned int i = 0; i < 2; i++) {
        const struct acpi_header *xsdt = fake_acpi_xsdt();
        struct acpi_root before = {.table = xsdt, .entry_bytes = 8, .count = 2};

        assert_int_equal(acpi_root_entry(&root, i), acpi_root_entry(&before, i));
    }
}

static void test_checksums_are_right(void **state)
{
    const struct acpi_rsdp *rsdp = build();
    const struct acpi_header *xsdt = (const void *)(uintptr_t)rsdp->xsdt_address;

    (void)state;
    assert_int_equal(acpi_byte_sum(rsdp, 20), 0);
    assert_int_equal(acpi_byte_sum(rsdp, sizeof(*rsdp)), 0);
    assert_int_equal(acpi_byte_sum(xsdt, xsdt->length), 0);
}

static void test_what_stands_in_the_root_pointer_and_xsdt_is_kept(void **state)
{
    const struct acpi_rsdp *rsdp = build();
    const struct acpi_header *xsdt = (const void *)(uintptr_t)rsdp->xsdt_address;

    (void)state;
    assert_memory_equal(rsdp->oem_id, "Xen", 3);
    assert_int_equal(rsdp->rsdt_address, fake_acpi_rsdp()->rsdt_address);
    assert_int_equal(rsdp->revision, 2);
    assert_int_equal(rsdp->length, 36);
    assert_memory_equal(xsdt->oem_table_id, "HVM", 3);
    assert_memory_equal(xsdt->creator_id, "HVML", 4);
}

static void test_original_tables_are_untouched(void **state)
{
    (void)state;
    build();
    assert_memory_equal(copy, fake_acpi_at(FAKE_ACPI_START), sizeof(copy));
}

static void test_build_fills_what_was_asked_for(void **state)
{
    size_t size = bytes();
    const struct acpi_rsdp *rsdp = build();
    const struct acpi_header *xsdt = (const void *)(uintptr_t)rsdp->xsdt_address;

    (void)state;
    assert_ptr_equal((const uint8_t *)xsdt + xsdt->length, memory + size);
    assert_int_equal(memory[size], 0xee);
    assert_int_equal(rsdp->xsdt_address % 16, 0);
}

static void test_empty_xsdt_can_be_extended(void **state)
{
    (void)state;
    fake_acpi_init();
    assert_int_equal(bytes(), 48 + 36 + 8);
    build();
    assert_int_equal(acpi_root_at((uintptr_t)memory, host_window).count, 1);
}

static void test_acpi_1_0_cannot_be_extended(void **state)
{
    (void)state;
    fake_acpi_rsdp()->revision = 0;
    fake_acpi_fix_rsdp();
    assert_int_equal(bytes(), 0);
}

static void test_no_tables_cannot_be_extended(void **state)
{
    (void)state;
    assert_int_equal(acpi_extension_bytes(0, "FPDT", fake_acpi_window), 0);
    fake_acpi_rsdp()->checksum++;
    assert_int_equal(bytes(), 0);
    assert_false(acpi_extension_build(FAKE_ACPI_RSDP, &extra, fake_acpi_window, memory));
    assert_int_equal(memory[0], 0xee);
}

static void test_damaged_xsdt_is_left_alone(void **state)
{
    (void)state;
    fake_acpi_xsdt()->checksum++;
    assert_int_equal(bytes(), 0);
}

static void test_table_that_is_there_is_not_added(void **state)
{
    (void)state;
    fake_acpi_add("FPDT", BODY, 10);
    assert_int_equal(bytes(), 0);
}

static void test_overlong_xsdt_is_left_alone(void **state)
{
    (void)state;
    fake_acpi_xsdt()->length = 36 + 8 * (ACPI_ROOT_ENTRIES_MAX - 1);
    fake_acpi_fix(fake_acpi_xsdt());
    assert_int_not_equal(bytes(), 0);
    fake_acpi_xsdt()->length = 36 + 8 * ACPI_ROOT_ENTRIES_MAX;
    fake_acpi_fix(fake_acpi_xsdt());
    assert_int_equal(bytes(), 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup(test_new_root_leads_to_all_tables_and_one_more, start),
        cmocka_unit_test_setup(test_checksums_are_right, start),
        cmocka_unit_test_setup(test_what_stands_in_the_root_pointer_and_xsdt_is_kept, start),
        cmocka_unit_test_setup(test_original_tables_are_untouched, start),
        cmocka_unit_test_setup(test_build_fills_what_was_asked_for, start),
        cmocka_unit_test_setup(test_empty_xsdt_can_be_extended, start),
        cmocka_unit_test_setup(test_acpi_1_0_cannot_be_extended, start),
        cmocka_unit_test_setup(test_no_tables_cannot_be_extended, start),
        cmocka_unit_test_setup(test_damaged_xsdt_is_left_alone, start),
        cmocka_unit_test_setup(test_table_that_is_there_is_not_added, start),
        cmocka_unit_test_setup(test_overlong_xsdt_is_left_alone, start),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
