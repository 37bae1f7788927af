#include "tables/system_table.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

#include "loader/lib/crc32.h"

static struct runtime_data data;

static int start(void **state)
{
    (void)state;
    data = (struct runtime_data){.system_table = {.NumberOfTableEntries = 0}};
    system_table_init(&data);
    return 0;
}

static void test_header_says_system_table_of_uefi_2_10(void **state)
{
    const EFI_TABLE_HEADER *header = &data.system_table.Hdr;

    (void)state;
    assert_memory_equal(&header->Signature, "IBI SYST", 8);
    assert_int_equal(header->Revision, 0x00020064);
    assert_int_equal(header->HeaderSize, 120);
    assert_int_equal(header->Reserved, 0);
}

static void test_vendor_is_named(void **state)
{
    static const CHAR16 name[] = u"pvhefi";

    (void)state;
    assert_memory_equal(data.system_table.FirmwareVendor, name, sizeof(name));
}

static void test_configuration_tables_are_none_yet(void **state)
{
    (void)state;
    assert_int_equal(data.system_table.NumberOfTableEntries, 0);
    assert_ptr_equal(data.system_table.ConfigurationTable, data.config_tables);
}

static void test_crc_is_right_from_the_start(void **state)
{
    EFI_SYSTEM_TABLE copy = data.system_table;

    (void)state;
    copy.Hdr.CRC32 = 0;
    assert_int_equal(data.system_table.Hdr.CRC32, crc32_compute(&copy, 120));
}

static void test_crc_covers_what_the_header_counts(void **state)
{
    struct {
        EFI_TABLE_HEADER header;
        uint8_t inside;
        uint8_t outside;
    } table = {.header = {.HeaderSize = sizeof(EFI_TABLE_HEADER) + 1, .CRC32 = 0xdeadbeef}};
    UINT32 crc;

    (void)state;
    table_update_crc(&table.header);
    crc = table.header.CRC32;
    table.outside = 1;
    table_update_crc(&table.header);
    assert_int_equal(table.header.CRC32, crc);
    table.inside = 1;
    table_update_crc(&table.header);
    assert_int_not_equal(table.header.CRC32, crc);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup(test_header_says_system_table_of_uefi_2_10, start),
        cmocka_unit_test_setup(test_vendor_is_named, start),
        cmocka_unit_test_setup(test_configuration_tables_are_none_yet, start),
        cmocka_unit_test_setup(test_crc_is_right_from_the_start, start),
        cmocka_unit_test(test_crc_covers_what_the_header_counts),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
