/* A second root with one table more; what the domain builder made stays as it is. */
#include "tables/acpi_extension.h"

#include <setjmp.h>
#include <stdarg.h>
#include <string.h>
#include <sys/mman.h>

#include <cmocka.h>

#include "tests/unit/acpi_tables_fake.h"

#define BODY         "0123456789"
#define MEMORY_BYTES 8192u
#define EXTRA_OFFSET 4096u

static struct acpi_header *extra;
static uint8_t copy[FAKE_ACPI_BYTES]; /* of all tables before */
/* Below 4 GiB, as in a guest. */
static uint8_t *memory;

static int start(void **state)
{
    (void)state;
    fake_acpi_init();
    fake_acpi_add("FACP", BODY, 10);
    fake_acpi_add("APIC", BODY, 10);
    memory = mmap(NULL, MEMORY_BYTES, PROT_READ | PROT_WRITE,
                  MAP_PRIVATE | MAP_ANONYMOUS | MAP_32BIT, -1, 0);
    assert_ptr_not_equal(memory, MAP_FAILED);
    memset(memory, 0xee, MEMORY_BYTES);
    extra = (void *)(memory + EXTRA_OFFSET);
    *extra = (struct acpi_header){.signature = {'F', 'P', 'D', 'T'}, .length = sizeof(*extra)};
    return 0;
}

static int finish(void **state)
{
    (void)state;
    return munmap(memory, MEMORY_BYTES);
}

static size_t bytes(void)
{
    return acpi_extension_bytes(FAKE_ACPI_RSDP, "FPDT", fake_acpi_window);
}

static const struct acpi_rsdp *build(void)
{
    memcpy(copy, fake_acpi_at(FAKE_ACPI_START), sizeof(copy));
    assert_true(acpi_extension_build(FAKE_ACPI_RSDP, extra, fake_acpi_window, memory));
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
    assert_int_equal(acpi_root_entry(&root, 2), (uintptr_t)extra);
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
    xsdt = (const void *)(uintptr_t)rsdp->rsdt_address;
    assert_int_equal(acpi_byte_sum(xsdt, xsdt->length), 0);
}

static void test_what_stands_in_the_root_pointer_and_xsdt_is_kept(void **state)
{
    const struct acpi_rsdp *rsdp = build();
    const struct acpi_header *xsdt = (const void *)(uintptr_t)rsdp->xsdt_address;

    (void)state;
    assert_memory_equal(rsdp->oem_id, "Xen", 3);
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
    const struct acpi_header *rsdt = (const void *)(uintptr_t)rsdp->rsdt_address;

    (void)state;
    assert_ptr_equal((const uint8_t *)rsdt + rsdt->length, memory + size);
    assert_int_equal(memory[size], 0xee);
    assert_int_equal(rsdp->xsdt_address % 16, 0);
}

static void test_empty_xsdt_can_be_extended(void **state)
{
    (void)state;
    fake_acpi_init();
    assert_int_equal(bytes(), 48 + 36 + 8 + 36 + 4);
    build();
    assert_int_equal(acpi_root_at((uintptr_t)memory, host_window).count, 1);
}

static void test_old_root_table_leads_to_what_the_new_one_does(void **state)
{
    uint64_t other = fake_acpi_add("FACP", BODY, 10);
    struct acpi_root xsdt;
    struct acpi_root rsdt;
    const struct acpi_rsdp *rsdp;

    (void)state;
    memcpy(fake_acpi_rsdt() + 1, &other, 4);
    fake_acpi_fix(fake_acpi_rsdt());
    rsdp = build();
    xsdt = acpi_root_at((uintptr_t)memory, host_window);
    rsdt = (struct acpi_root){(const void *)(uintptr_t)rsdp->rsdt_address, 4, xsdt.count};
    assert_memory_equal(rsdt.table->signature, "RSDT", 4);
    assert_int_equal(rsdt.table->length, sizeof(*rsdt.table) + xsdt.count * 4);
    for (unsigned int i = 0; i < xsdt.count; i++)
        assert_int_equal(acpi_root_entry(&rsdt, i), acpi_root_entry(&xsdt, i));
}

static void test_old_root_table_is_kept_where_the_tables_are_too_high(void **state)
{
    uint64_t high = 1ull << 32;

    (void)state;
    memcpy(fake_acpi_xsdt() + 1, &high, sizeof(high));
    fake_acpi_fix(fake_acpi_xsdt());
    assert_int_equal(build()->rsdt_address, fake_acpi_rsdp()->rsdt_address);
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
    assert_false(acpi_extension_build(FAKE_ACPI_RSDP, extra, fake_acpi_window, memory));
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
        cmocka_unit_test_setup_teardown(test_new_root_leads_to_all_tables_and_one_more, start,
                                        finish),
        cmocka_unit_test_setup_teardown(test_checksums_are_right, start, finish),
        cmocka_unit_test_setup_teardown(test_what_stands_in_the_root_pointer_and_xsdt_is_kept,
                                        start, finish),
        cmocka_unit_test_setup_teardown(test_original_tables_are_untouched, start, finish),
        cmocka_unit_test_setup_teardown(test_build_fills_what_was_asked_for, start, finish),
        cmocka_unit_test_setup_teardown(test_empty_xsdt_can_be_extended, start, finish),
        cmocka_unit_test_setup_teardown(test_old_root_table_leads_to_what_the_new_one_does, start,
                                        finish),
        cmocka_unit_test_setup_teardown(test_old_root_table_is_kept_where_the_tables_are_too_high,
                                        start, finish),
        cmocka_unit_test_setup_teardown(test_acpi_1_0_cannot_be_extended, start, finish),
        cmocka_unit_test_setup_teardown(test_no_tables_cannot_be_extended, start, finish),
        cmocka_unit_test_setup_teardown(test_damaged_xsdt_is_left_alone, start, finish),
        cmocka_unit_test_setup_teardown(test_table_that_is_there_is_not_added, start, finish),
        cmocka_unit_test_setup_teardown(test_overlong_xsdt_is_left_alone, start, finish),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
