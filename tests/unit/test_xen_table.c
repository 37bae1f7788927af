/* The table as docs/xen-table.md describes it to other kernels' authors: offsets are the interface.
 */
#include "tables/xen_table_writer.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "loader/lib/crc32.h"

static struct boot_info info;
static struct xen_table facts;
static struct xen_table *table;

static int start(void **state)
{
    (void)state;
    info = (struct boot_info){
        .start_info_paddr = 0x123000,
        .version = 1,
        .flags = 2,
        .module_count = 2,
        .module = {{0x200000, 5000, ""}, {0x300000, 6000, "quiet"}},
    };
    facts = (struct xen_table){
        .known = XEN_TABLE_HAS_DOMID | XEN_TABLE_HAS_TSC,
        .domid = 7,
        .tsc_khz = 2400000,
        .tsc_shift = -1,
        .stage_tsc = {11, 12},
        .firmware_version = "0.1",
        .firmware_build_id = {0xab, 0xcd},
    };
    table = malloc(xen_table_bytes(&info));
    memset(table, 0xee, xen_table_bytes(&info));
    xen_table_write(&info, &facts, table);
    return 0;
}

static int stop(void **state)
{
    (void)state;
    free(table);
    return 0;
}

static void test_header_is_an_efi_tables(void **state)
{
    (void)state;
    assert_memory_equal(table, "XENTABLE", 8);
    assert_int_equal(table->version, 2);
    assert_int_equal(table->bytes, 424 + 2 * 24);
}

static void test_fields_lie_where_the_documentation_says(void **state)
{
    (void)state;
    assert_int_equal(offsetof(struct xen_table, crc32), 16);
    assert_int_equal(offsetof(struct xen_table, known), 20);
    assert_int_equal(offsetof(struct xen_table, xen_major), 24);
    assert_int_equal(offsetof(struct xen_table, xen_extra), 32);
    assert_int_equal(offsetof(struct xen_table, domid), 48);
    assert_int_equal(offsetof(struct xen_table, vcpus), 52);
    assert_int_equal(offsetof(struct xen_table, uuid), 56);
    assert_int_equal(offsetof(struct xen_table, name), 72);
    assert_int_equal(offsetof(struct xen_table, start_info_paddr), 200);
    assert_int_equal(offsetof(struct xen_table, console), 216);
    assert_int_equal(offsetof(struct xen_table, xenstore), 232);
    assert_int_equal(offsetof(struct xen_table, tsc_khz), 248);
    assert_int_equal(offsetof(struct xen_table, stage_tsc), 272);
    assert_int_equal(offsetof(struct xen_table, modules_offset), 336);
    assert_int_equal(offsetof(struct xen_table, firmware_version), 344);
    assert_int_equal(offsetof(struct xen_table, firmware_build_id), 404);
}

static void test_facts_and_start_info_are_told(void **state)
{
    (void)state;
    assert_int_equal(table->known, XEN_TABLE_HAS_DOMID | XEN_TABLE_HAS_TSC);
    assert_int_equal(table->domid, 7);
    assert_int_equal(table->tsc_shift, -1);
    assert_int_equal(table->stage_tsc[XEN_TABLE_STAGE_MAIN], 12);
    assert_string_equal(table->firmware_version, "0.1");
    assert_memory_equal(table->firmware_build_id, "\xab\xcd", 2);
    assert_int_equal(table->start_info_paddr, 0x123000);
    assert_int_equal(table->start_info_flags, 2);
    assert_int_equal(table->start_info_version, 1);
}

static void test_modules_follow(void **state)
{
    const struct xen_table_module *module =
        (const void *)((const uint8_t *)table + table->modules_offset);

    (void)state;
    assert_int_equal(table->module_count, 2);
    assert_int_equal(table->module_bytes, sizeof(*module));
    assert_int_equal(module[0].paddr, 0x200000);
    assert_int_equal(module[0].bytes, 5000);
    assert_int_equal(module[0].cmdline_paddr, 0);
    assert_int_equal(module[1].cmdline_paddr, (uintptr_t)info.module[1].cmdline);
}

static void test_without_modules_the_table_ends(void **state)
{
    (void)state;
    info.module_count = 0;
    assert_int_equal(xen_table_bytes(&info), 424);
    xen_table_write(&info, &facts, table);
    assert_int_equal(table->bytes, 424);
    assert_int_equal(table->module_count, 0);
}

static void assert_crc_is_right(void)
{
    uint32_t crc = table->crc32;

    table->crc32 = 0;
    assert_int_equal(crc32_compute(table, table->bytes), crc);
    table->crc32 = crc;
}

static void test_crc_covers_everything(void **state)
{
    uint32_t crc = table->crc32;

    (void)state;
    assert_crc_is_right();
    ((uint8_t *)table)[table->bytes - 1]++;
    xen_table_seal(table);
    assert_int_not_equal(table->crc32, crc);
    assert_crc_is_right();
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(test_header_is_an_efi_tables, start, stop),
        cmocka_unit_test_setup_teardown(test_fields_lie_where_the_documentation_says, start, stop),
        cmocka_unit_test_setup_teardown(test_facts_and_start_info_are_told, start, stop),
        cmocka_unit_test_setup_teardown(test_modules_follow, start, stop),
        cmocka_unit_test_setup_teardown(test_without_modules_the_table_ends, start, stop),
        cmocka_unit_test_setup_teardown(test_crc_covers_everything, start, stop),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
