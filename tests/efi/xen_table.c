/*
 * The Xen table as a boot loader or another kernel finds it: by its configuration table, whole by
 * CalculateCrc32; the same in its variable, which nobody can write.
 */
#include <efi.h>

#include "tables/xen_table.h"

static EFI_GUID guid = XEN_TABLE_GUID;
static UINT8 copy[4096] __attribute__((aligned(8)));

static BOOLEAN bytes_equal(const void *a, const void *b, UINTN bytes)
{
    for (UINTN i = 0; i < bytes; i++)
        if (((const UINT8 *)a)[i] != ((const UINT8 *)b)[i])
            return FALSE;
    return TRUE;
}

static struct xen_table *find(EFI_SYSTEM_TABLE *table)
{
    for (UINTN i = 0; i < table->NumberOfTableEntries; i++)
        if (bytes_equal(&table->ConfigurationTable[i].VendorGuid, &guid, sizeof(guid)))
            return table->ConfigurationTable[i].VendorTable;
    return NULL;
}

static BOOLEAN crc_is_right(EFI_SYSTEM_TABLE *table, const struct xen_table *found)
{
    UINT32 crc;

    for (UINTN i = 0; i < found->bytes; i++)
        copy[i] = ((const UINT8 *)found)[i];
    ((struct xen_table *)copy)->crc32 = 0;
    return table->BootServices->CalculateCrc32(copy, found->bytes, &crc) == EFI_SUCCESS &&
           crc == found->crc32;
}

static BOOLEAN variable_is_the_same(EFI_SYSTEM_TABLE *table, const struct xen_table *found)
{
    UINTN bytes = sizeof(copy);
    UINT32 attributes;
    EFI_STATUS status =
        table->RuntimeServices->GetVariable(L"XenTable", &guid, &attributes, &bytes, copy);

    return status == EFI_SUCCESS && bytes == found->bytes && bytes_equal(copy, found, bytes) &&
           attributes == (EFI_VARIABLE_BOOTSERVICE_ACCESS | EFI_VARIABLE_RUNTIME_ACCESS);
}

static BOOLEAN variable_is_read_only(EFI_SYSTEM_TABLE *table)
{
    EFI_RUNTIME_SERVICES *runtime = table->RuntimeServices;
    UINT32 same = EFI_VARIABLE_BOOTSERVICE_ACCESS | EFI_VARIABLE_RUNTIME_ACCESS;

    return runtime->SetVariable(L"XenTable", &guid, same, 1, copy) == EFI_WRITE_PROTECTED &&
           runtime->SetVariable(L"XenTable", &guid, same, 0, NULL) == EFI_WRITE_PROTECTED;
}

EFI_STATUS efi_main(EFI_HANDLE image, EFI_SYSTEM_TABLE *table)
{
    const struct xen_table *found = find(table);

    (void)image;
    if (!found || found->signature != XEN_TABLE_SIGNATURE || found->bytes > sizeof(copy))
        return EFI_NOT_FOUND;
    if (!crc_is_right(table, found))
        return EFI_CRC_ERROR;
    if (!found->stage_tsc[XEN_TABLE_STAGE_START_IMAGE] || found->stage_tsc[XEN_TABLE_STAGE_EXIT])
        return EFI_NOT_READY;
    if (!variable_is_the_same(table, found))
        return EFI_DEVICE_ERROR;
    return variable_is_read_only(table) ? EFI_SUCCESS : EFI_SECURITY_VIOLATION;
}
