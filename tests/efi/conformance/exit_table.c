/* The tables after ExitBootServices. */
#include "tests/efi/conformance/check.h"
#include "tests/efi/conformance/config_table.h"
#include "tests/efi/conformance/exit.h"
#include "tests/efi/conformance/table_header.h"

static void no_boot_fields(void)
{
    topic("exit.system-table", "7.4.6");
    check_pointer("input-handle", system_table->ConsoleInHandle, NULL, "there is no input");
    check_pointer("input", system_table->ConIn, NULL, "there is no input");
    check_pointer("output-handle", system_table->ConsoleOutHandle, NULL, "there is no output");
    check_pointer("output", system_table->ConOut, NULL, "there is no output");
    check_pointer("error-handle", system_table->StandardErrorHandle, NULL, "nor for errors");
    check_pointer("error", system_table->StdErr, NULL, "nor for errors");
    check_pointer("boot-services", system_table->BootServices, NULL, "nor boot services");
}

static void what_stays(void)
{
    static const EFI_GUID acpi_guid = ACPI_20_TABLE_GUID;
    static const EFI_GUID acpi_1_guid = ACPI_TABLE_GUID;

    topic("exit.system-table", "4.3");
    check("crc", table_crc_is_right(&system_table->Hdr), "its CRC is right again");
    check_pointer("runtime-services", system_table->RuntimeServices, runtime,
                  "the runtime services stay");
    check("runtime-services-crc", table_crc_is_right(&runtime->Hdr), "with the right CRC");
    check("vendor", system_table->FirmwareVendor[0] != 0, "so does the vendor's name");
    topic("exit.system-table", "4.6");
    if (config_table_find(&acpi_guid) || config_table_find(&acpi_1_guid))
        check("acpi", true, "and the ACPI tables");
    else
        skip("acpi", "no ACPI tables");
}

void exit_table_tests(void)
{
    no_boot_fields();
    what_stays();
}
