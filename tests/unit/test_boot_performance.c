/* The record and the table that points to it, byte by byte (ACPI 6.5 section 5.2.23). */
#include "tables/boot_performance.h"

#include <setjmp.h>
#include <stdarg.h>
#include <string.h>

#include <cmocka.h>

static struct boot_performance record;
static struct acpi_fpdt fpdt;

static int start(void **state)
{
    (void)state;
    memset(&record, 0xee, sizeof(record));
    memset(&fpdt, 0xee, sizeof(fpdt));
    boot_performance_init(&record);
    boot_performance_make_fpdt(&record, &fpdt);
    return 0;
}

static void test_record_is_a_basic_boot_record_of_revision_2(void **state)
{
    static const uint8_t head[] = {'F', 'B', 'P', 'T', 56, 0, 0, 0, 2, 0, 48, 2, 0, 0, 0, 0};

    (void)state;
    assert_memory_equal(&record, head, sizeof(head));
}

static void test_record_has_no_times_yet(void **state)
{
    static const uint64_t zeros[5];

    (void)state;
    assert_int_equal(offsetof(struct boot_performance, reset_end), 16);
    assert_memory_equal((const uint8_t *)&record + 16, zeros, sizeof(zeros));
}

static void test_table_points_to_the_record(void **state)
{
    static const uint8_t pointer[] = {0, 0, 16, 1, 0, 0, 0, 0};

    (void)state;
    assert_memory_equal(&fpdt.record_type, pointer, sizeof(pointer));
    assert_int_equal(fpdt.boot_performance_paddr, (uintptr_t)&record);
}

static void test_header_counts_all_of_the_table(void **state)
{
    (void)state;
    assert_memory_equal(fpdt.header.signature, "FPDT", 4);
    assert_int_equal(fpdt.header.length, 52);
    assert_int_equal(fpdt.header.revision, 1);
    assert_int_equal(acpi_byte_sum(&fpdt, 52), 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup(test_record_is_a_basic_boot_record_of_revision_2, start),
        cmocka_unit_test_setup(test_record_has_no_times_yet, start),
        cmocka_unit_test_setup(test_table_points_to_the_record, start),
        cmocka_unit_test_setup(test_header_counts_all_of_the_table, start),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
