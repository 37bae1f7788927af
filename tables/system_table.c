#include "tables/system_table.h"

#include "loader/lib/crc32.h"
#include "loader/utf16.h"

/* 0.1 as 16.16 fixed point would be odd to read: major in the high half, minor in the low one. */
#define FIRMWARE_REVISION 0x00000001u

void table_update_crc(EFI_TABLE_HEADER *header)
{
    header->CRC32 = 0;
    header->CRC32 = crc32_compute(header, header->HeaderSize);
}

void system_table_init(struct runtime_data *data)
{
    EFI_SYSTEM_TABLE *table = &data->system_table;

    utf16_from_utf8("pvhefi", data->vendor, VENDOR_UNITS_MAX);
    table->Hdr.Signature = EFI_SYSTEM_TABLE_SIGNATURE;
    table->Hdr.Revision = UEFI_REVISION_2_10;
    table->Hdr.HeaderSize = sizeof(*table);
    table->FirmwareVendor = data->vendor;
    table->FirmwareRevision = FIRMWARE_REVISION;
    table->ConfigurationTable = data->config_tables;
    table_update_crc(&table->Hdr);
}
