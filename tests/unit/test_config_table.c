/* InstallConfigurationTable (UEFI 2.10 section 7.5.6). */
#include "tables/config_table.h"

#include <setjmp.h>
#include <stdarg.h>
#include <string.h>

#include <cmocka.h>

#include "loader/lib/crc32.h"
#include "tables/system_table.h"

static struct runtime_data data;
static int table_a;
static int table_b;

static EFI_GUID guid_of(uint32_t number)
{
    return (EFI_GUID){.Data1 = number};
}

static EFI_STATUS install(uint32_t number, void *table)
{
    EFI_GUID guid = guid_of(number);

    return config_table_install(&guid, table);
}

static int start(void **state)
{
    (void)state;
    memset(&data, 0, sizeof(data));
    system_table_init(&data);
    config_table_init(&data);
    return 0;
}

static UINTN count(void)
{
    return data.system_table.NumberOfTableEntries;
}

static void assert_entry(UINTN index, uint32_t number, const void *table)
{
    assert_true(index < count());
    assert_int_equal(data.config_tables[index].VendorGuid.Data1, number);
    assert_ptr_equal(data.config_tables[index].VendorTable, table);
}

static void assert_crc_is_right(void)
{
    EFI_SYSTEM_TABLE table = data.system_table;

    table.Hdr.CRC32 = 0;
    assert_int_equal(data.system_table.Hdr.CRC32, crc32_compute(&table, sizeof(table)));
}

static void test_tables_are_added_in_order(void **state)
{
    (void)state;
    assert_int_equal(install(1, &table_a), EFI_SUCCESS);
    assert_int_equal(install(2, &table_b), EFI_SUCCESS);
    assert_int_equal(count(), 2);
    assert_entry(0, 1, &table_a);
    assert_entry(1, 2, &table_b);
}

static void test_table_is_replaced_where_it_is(void **state)
{
    (void)state;
    install(1, &table_a);
    install(2, &table_a);
    assert_int_equal(install(1, &table_b), EFI_SUCCESS);
    assert_int_equal(count(), 2);
    assert_entry(0, 1, &table_b);
    assert_entry(1, 2, &table_a);
}

static void test_null_removes_and_closes_the_gap(void **state)
{
    (void)state;
    install(1, &table_a);
    install(2, &table_b);
    install(3, &table_a);
    assert_int_equal(install(1, NULL), EFI_SUCCESS);
    assert_int_equal(count(), 2);
    assert_entry(0, 2, &table_b);
    assert_entry(1, 3, &table_a);
    assert_int_equal(install(3, NULL), EFI_SUCCESS);
    assert_int_equal(install(2, NULL), EFI_SUCCESS);
    assert_int_equal(count(), 0);
}

static void test_removing_what_is_not_there_is_not_found(void **state)
{
    (void)state;
    assert_int_equal(install(1, NULL), EFI_NOT_FOUND);
    install(1, &table_a);
    assert_int_equal(install(2, NULL), EFI_NOT_FOUND);
    install(1, NULL);
    assert_int_equal(install(1, NULL), EFI_NOT_FOUND);
}

static void test_guid_must_be_given(void **state)
{
    (void)state;
    assert_int_equal(config_table_install(NULL, &table_a), EFI_INVALID_PARAMETER);
    assert_int_equal(config_table_install(NULL, NULL), EFI_INVALID_PARAMETER);
}

static void test_all_of_a_guid_counts(void **state)
{
    EFI_GUID guid = guid_of(1);

    (void)state;
    install(1, &table_a);
    guid.Data4[7] = 1;
    assert_int_equal(config_table_install(&guid, NULL), EFI_NOT_FOUND);
    assert_int_equal(config_table_install(&guid, &table_b), EFI_SUCCESS);
    assert_int_equal(count(), 2);
}

static void test_full_array_is_out_of_resources(void **state)
{
    (void)state;
    for (uint32_t i = 0; i < CONFIG_TABLES_MAX; i++)
        assert_int_equal(install(i, &table_a), EFI_SUCCESS);
    assert_int_equal(install(CONFIG_TABLES_MAX, &table_a), EFI_OUT_OF_RESOURCES);
    assert_int_equal(install(CONFIG_TABLES_MAX, NULL), EFI_NOT_FOUND);
    assert_int_equal(count(), CONFIG_TABLES_MAX);
}

static void test_full_array_can_still_change(void **state)
{
    (void)state;
    for (uint32_t i = 0; i < CONFIG_TABLES_MAX; i++)
        install(i, &table_a);
    assert_int_equal(install(CONFIG_TABLES_MAX - 1, &table_b), EFI_SUCCESS);
    assert_entry(CONFIG_TABLES_MAX - 1, CONFIG_TABLES_MAX - 1, &table_b);
    assert_int_equal(install(0, NULL), EFI_SUCCESS);
    assert_int_equal(install(CONFIG_TABLES_MAX, &table_a), EFI_SUCCESS);
}

static void test_removing_leaves_what_lies_behind_the_array(void **state)
{
    (void)state;
    for (uint32_t i = 0; i < CONFIG_TABLES_MAX; i++)
        install(i, &table_a);
    memset(&data.rt_properties, 0xa5, sizeof(data.rt_properties));
    assert_int_equal(install(CONFIG_TABLES_MAX / 2, NULL), EFI_SUCCESS);
    assert_entry(CONFIG_TABLES_MAX - 2, CONFIG_TABLES_MAX - 1, &table_a);
    assert_int_equal(data.rt_properties.version, 0xa5a5);
}

static void test_crc_follows_every_change(void **state)
{
    (void)state;
    install(1, &table_a);
    assert_crc_is_right();
    install(2, &table_a);
    assert_crc_is_right();
    install(1, &table_b);
    assert_crc_is_right();
    install(1, NULL);
    assert_crc_is_right();
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup(test_tables_are_added_in_order, start),
        cmocka_unit_test_setup(test_table_is_replaced_where_it_is, start),
        cmocka_unit_test_setup(test_null_removes_and_closes_the_gap, start),
        cmocka_unit_test_setup(test_removing_what_is_not_there_is_not_found, start),
        cmocka_unit_test_setup(test_guid_must_be_given, start),
        cmocka_unit_test_setup(test_all_of_a_guid_counts, start),
        cmocka_unit_test_setup(test_full_array_is_out_of_resources, start),
        cmocka_unit_test_setup(test_full_array_can_still_change, start),
        cmocka_unit_test_setup(test_removing_leaves_what_lies_behind_the_array, start),
        cmocka_unit_test_setup(test_crc_follows_every_change, start),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
