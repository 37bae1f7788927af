/* The three tables' headers, and the system table. */
#include "tests/efi/conformance/check.h"
#include "tests/efi/conformance/fixture.h"
#include "tests/efi/conformance/memory_view.h"
#include "tests/efi/conformance/runtime.h"
#include "tests/efi/conformance/table_header.h"

#define REVISION_2_0   (2u << 16)
#define REVISION_2_100 (2u << 16 | 100)

static void header(const char *id, const char *section, const EFI_TABLE_HEADER *header,
                   UINT64 signature, UINTN bytes_min)
{
    topic(id, section);
    check_number("signature", header->Signature, signature, "the table is what it says");
    check_range("revision", header->Revision, REVISION_2_0, REVISION_2_100, "a revision of UEFI 2");
    check_number("same-revision", header->Revision, system_table->Hdr.Revision,
                 "the same in all tables");
    check_range("size", header->HeaderSize, bytes_min, 4096, "it has all the fields");
    check_number("reserved", header->Reserved, 0, "the reserved field is 0");
    check("crc", table_crc_is_right(header), "its CRC is right");
}

static bool lies_in(const void *what, EFI_MEMORY_TYPE type)
{
    return memory_is((UINTN)what & ~(UINT64)(PAGE_BYTES - 1), 1, type);
}

/* Runtime code is where a firmware may keep its services' table, too. */
static bool stays(const void *what)
{
    return lies_in(what, EfiRuntimeServicesData) || lies_in(what, EfiRuntimeServicesCode);
}

static void places(void)
{
    topic("runtime.place", "4.3");
    check("system-table", stays(system_table), "the system table stays for the OS");
    check("vendor", stays(system_table->FirmwareVendor), "the vendor's name stays");
    check("runtime-services", stays(runtime), "the runtime services' table stays");
    check("configuration-tables", stays(system_table->ConfigurationTable),
          "the list of configuration tables stays");
    check("boot-services", !stays(boot), "the boot services' table does not");
}

static UINTN vendor_length(void)
{
    UINTN length = 0;

    while (length < 1000 && system_table->FirmwareVendor[length])
        length++;
    return length;
}

static void consoles(void)
{
    EFI_GUID input = EFI_SIMPLE_TEXT_INPUT_PROTOCOL_GUID;
    EFI_GUID output = EFI_SIMPLE_TEXT_OUTPUT_PROTOCOL_GUID;

    topic("runtime.console", "4.3");
    check_pointer("input", interface_of(system_table->ConsoleInHandle, &input), system_table->ConIn,
                  "ConIn is the protocol on its handle");
    check_pointer("output", interface_of(system_table->ConsoleOutHandle, &output),
                  system_table->ConOut, "so is ConOut");
    check_pointer("error", interface_of(system_table->StandardErrorHandle, &output),
                  system_table->StdErr, "and StdErr");
}

void runtime_table_tests(void)
{
    header("runtime.system-table", "4.3", &system_table->Hdr, EFI_SYSTEM_TABLE_SIGNATURE,
           sizeof(*system_table));
    header("runtime.boot-services", "4.4", &boot->Hdr, EFI_BOOT_SERVICES_SIGNATURE, sizeof(*boot));
    header("runtime.runtime-services", "4.5", &runtime->Hdr, EFI_RUNTIME_SERVICES_SIGNATURE,
           sizeof(*runtime));
    topic("runtime.system-table", "4.3");
    check_range("vendor", vendor_length(), 1, 100, "the vendor has a name");
    places();
    consoles();
}
