/* InstallConfigurationTable. */
#include "tests/efi/conformance/check.h"
#include "tests/efi/conformance/config_table.h"
#include "tests/efi/conformance/fixture.h"
#include "tests/efi/conformance/misc.h"
#include "tests/efi/conformance/table_header.h"

static UINTN count_before;

static bool table_is(UINTN index, const void *table)
{
    return config_table_find(&test_guids[index]) == table;
}

static EFI_STATUS install(UINTN index, void *table)
{
    return boot->InstallConfigurationTable(&test_guids[index], table);
}

static void one_table(void)
{
    topic("misc.table", "7.5.6");
    count_before = system_table->NumberOfTableEntries;
    check_status("install", install(0, &test_interfaces[0]), EFI_SUCCESS, "a table is installed");
    check_number("install-count", system_table->NumberOfTableEntries, count_before + 1,
                 "there is one more");
    check("install-found", table_is(0, &test_interfaces[0]), "with its GUID and address");
    check("install-crc", table_crc_is_right(&system_table->Hdr), "the system table's CRC is right");
    check_status("replace", install(0, &test_interfaces[1]), EFI_SUCCESS, "it is replaced");
    check("replace-found", table_is(0, &test_interfaces[1]), "by the new address");
    check_number("replace-count", system_table->NumberOfTableEntries, count_before + 1,
                 "there are no more");
    check_status("remove", install(0, NULL), EFI_SUCCESS, "NULL removes it");
    check_number("remove-count", system_table->NumberOfTableEntries, count_before,
                 "there is one less");
    check("remove-found", !table_is(0, &test_interfaces[1]), "it is gone");
    check("remove-crc", table_crc_is_right(&system_table->Hdr), "the CRC is right again");
    check_status("remove-again", install(0, NULL), EFI_NOT_FOUND, "what is gone is not found");
}

static void several_tables(void)
{
    bool all = true;
    EFI_STATUS status = EFI_SUCCESS;

    topic("misc.table", "7.5.6");
    for (UINTN i = 0; i < TEST_GUIDS && status == EFI_SUCCESS; i++)
        status = install(i, &test_interfaces[i]);
    check_status("several", status, EFI_SUCCESS, "several tables are installed");
    for (UINTN i = 0; i < TEST_GUIDS; i++)
        all = all && table_is(i, &test_interfaces[i]);
    check("several-found", all, "all are there");
    check_status("middle", install(3, NULL), EFI_SUCCESS, "one in the middle is removed");
    all = true;
    for (UINTN i = 0; i < TEST_GUIDS; i++)
        all = all && table_is(i, &test_interfaces[i]) == (i != 3);
    check("middle-others", all, "the others are still there");
    for (UINTN i = 0; i < TEST_GUIDS; i++)
        install(i, NULL);
    check_number("several-removed", system_table->NumberOfTableEntries, count_before,
                 "all are removed");
}

static void group(void)
{
    UINT32 calls = 0;
    EFI_EVENT event = group_event(&test_guids[0], &calls);

    topic("misc.table-group", "7.5.6");
    if (!event)
        return;
    install(0, &test_interfaces[0]);
    check_number("install", calls, 1, "the GUID's event group is signalled for a new table");
    install(0, &test_interfaces[1]);
    check_number("replace", calls, 2, "for one that is replaced");
    install(0, NULL);
    check_number("remove", calls, 3, "for one that is removed");
    install(0, NULL);
    check_number("not-found", calls, 3, "not for one that was not there");
    install(1, &test_interfaces[1]);
    check_number("other", calls, 3, "nor for another GUID");
    install(1, NULL);
    boot->CloseEvent(event);
}

static void wrong_parameters(void)
{
    topic("misc.table", "7.5.6");
    check_status("no-guid", boot->InstallConfigurationTable(NULL, &test_interfaces[0]),
                 EFI_INVALID_PARAMETER, "a GUID must be given");
    check_status("no-guid-no-table", boot->InstallConfigurationTable(NULL, NULL),
                 EFI_INVALID_PARAMETER, "also when nothing else is");
    check_status("never-there", install(2, NULL), EFI_NOT_FOUND,
                 "what was never there is not removed");
}

void misc_table_tests(void)
{
    one_table();
    several_tables();
    group();
    wrong_parameters();
}
