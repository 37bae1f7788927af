/* Which root pointers are passed on (ACPI 6.5 section 5.2.5), and under which name. */
#include "tables/acpi.h"

#include <setjmp.h>
#include <stdarg.h>
#include <string.h>

#include <cmocka.h>

#include "tables/config_table.h"
#include "tables/system_table.h"
#include "tests/unit/log_capture.h"

#define PADDR             0xfc008000ull
#define RSDP_BYTES        36
#define CHECKSUM          8
#define REVISION          15
#define EXTENDED_CHECKSUM 32
#define REVISION_1_BYTES  20

static struct runtime_data data;
static uint8_t rsdp[RSDP_BYTES];
static uint64_t window_bytes; /* what the window shows of it */

static const void *window(uint64_t paddr, uint64_t bytes)
{
    return paddr == PADDR && bytes <= window_bytes ? rsdp : NULL;
}

static void fix_checksum(size_t at, size_t bytes)
{
    uint8_t sum = 0;

    rsdp[at] = 0;
    for (size_t i = 0; i < bytes; i++)
        sum = (uint8_t)(sum + rsdp[i]);
    rsdp[at] = (uint8_t)-sum;
}

static void fix_checksums(void)
{
    fix_checksum(CHECKSUM, REVISION_1_BYTES);
    fix_checksum(EXTENDED_CHECKSUM, RSDP_BYTES);
}

/* A root pointer of revision 2 as hvmloader and libxl make it. */
static int start(void **state)
{
    (void)state;
    memset(&data, 0, sizeof(data));
    system_table_init(&data);
    config_table_init(&data);
    memset(rsdp, 0, sizeof(rsdp));
    memcpy(rsdp, "RSD PTR ", 8);
    memcpy(rsdp + 9, "Xen   ", 6);
    rsdp[REVISION] = 2;
    rsdp[20] = RSDP_BYTES;
    rsdp[24] = 0x40;
    fix_checksums();
    window_bytes = RSDP_BYTES;
    log_capture_clear();
    return 0;
}

static void assert_published(const EFI_GUID *guid)
{
    assert_int_equal(acpi_install(PADDR, window), EFI_SUCCESS);
    assert_int_equal(data.system_table.NumberOfTableEntries, 1);
    assert_memory_equal(&data.config_tables[0].VendorGuid, guid, sizeof(*guid));
    assert_int_equal((uintptr_t)data.config_tables[0].VendorTable, PADDR);
    assert_string_equal(log_capture_last(), "");
}

static void assert_not_published(uint64_t paddr)
{
    assert_int_equal(acpi_install(paddr, window), EFI_NOT_FOUND);
    assert_int_equal(data.system_table.NumberOfTableEntries, 0);
    assert_non_null(strstr(log_capture_last(), "acpi: no valid RSDP"));
}

static void test_revision_2_is_acpi_2_0(void **state)
{
    static const EFI_GUID acpi_2_guid = {
        0x8868e871, 0xe4f1, 0x11d3, {0xbc, 0x22, 0x00, 0x80, 0xc7, 0x3c, 0x88, 0x81}};

    (void)state;
    assert_published(&acpi_2_guid);
}

static void test_later_revisions_are_acpi_2_0(void **state)
{
    static const EFI_GUID acpi_2_guid = ACPI_20_TABLE_GUID;

    (void)state;
    rsdp[REVISION] = 3;
    fix_checksums();
    assert_published(&acpi_2_guid);
}

static void test_revision_0_is_acpi_1_0(void **state)
{
    static const EFI_GUID acpi_1_guid = {
        0xeb9d2d30, 0x2d88, 0x11d3, {0x9a, 0x16, 0x00, 0x90, 0x27, 0x3f, 0xc1, 0x4d}};

    (void)state;
    rsdp[REVISION] = 0;
    fix_checksums();
    assert_published(&acpi_1_guid);
}

/* Its XSDT cannot be trusted, the part that ACPI 1.0 knows can. */
static void test_revision_2_with_a_bad_extended_checksum_is_acpi_1_0(void **state)
{
    static const EFI_GUID acpi_1_guid = ACPI_TABLE_GUID;

    (void)state;
    rsdp[EXTENDED_CHECKSUM]++;
    assert_published(&acpi_1_guid);
}

static void test_root_pointer_is_left_as_it_is(void **state)
{
    uint8_t before[RSDP_BYTES];

    (void)state;
    memcpy(before, rsdp, sizeof(rsdp));
    acpi_install(PADDR, window);
    assert_memory_equal(rsdp, before, sizeof(rsdp));
}

static void test_bad_checksum_is_refused(void **state)
{
    (void)state;
    rsdp[CHECKSUM]++;
    fix_checksum(EXTENDED_CHECKSUM, RSDP_BYTES);
    assert_not_published(PADDR);
}

static void test_bad_signature_is_refused(void **state)
{
    for (size_t i = 0; i < 8; i++) {
        start(state);
        rsdp[i] ^= 0x20;
        fix_checksums();
        assert_not_published(PADDR);
    }
}

static void test_no_address_is_refused(void **state)
{
    (void)state;
    assert_not_published(0);
}

static void test_address_that_cannot_be_read_is_refused(void **state)
{
    (void)state;
    assert_not_published(PADDR + 1);
    window_bytes = RSDP_BYTES - 1;
    assert_not_published(PADDR);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup(test_revision_2_is_acpi_2_0, start),
        cmocka_unit_test_setup(test_later_revisions_are_acpi_2_0, start),
        cmocka_unit_test_setup(test_revision_0_is_acpi_1_0, start),
        cmocka_unit_test_setup(test_revision_2_with_a_bad_extended_checksum_is_acpi_1_0, start),
        cmocka_unit_test_setup(test_root_pointer_is_left_as_it_is, start),
        cmocka_unit_test_setup(test_bad_checksum_is_refused, start),
        cmocka_unit_test_setup(test_bad_signature_is_refused, start),
        cmocka_unit_test_setup(test_no_address_is_refused, start),
        cmocka_unit_test_setup(test_address_that_cannot_be_read_is_refused, start),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
