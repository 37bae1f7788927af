#include "tables/config_table.h"

#include <stddef.h>

#include "loader/lib/string.h"
#include "tables/system_table.h"

static struct runtime_data *data;

void config_table_init(struct runtime_data *runtime_data)
{
    data = runtime_data;
}

/* Index of the entry, or the number of entries. */
static UINTN entry_index(const EFI_GUID *guid)
{
    UINTN i = 0;

    while (i < data->system_table.NumberOfTableEntries &&
           memcmp(&data->config_tables[i].VendorGuid, guid, sizeof(*guid)) != 0)
        i++;
    return i;
}

static void entry_remove(UINTN index)
{
    UINTN following = --data->system_table.NumberOfTableEntries - index;

    memmove(&data->config_tables[index], &data->config_tables[index + 1],
            following * sizeof(data->config_tables[0]));
}

EFI_STATUS config_table_install(const EFI_GUID *guid, void *table)
{
    UINTN *count = &data->system_table.NumberOfTableEntries;
    UINTN index;

    if (!guid)
        return EFI_INVALID_PARAMETER;
    index = entry_index(guid);
    if (index == *count && !table)
        return EFI_NOT_FOUND;
    if (index == CONFIG_TABLES_MAX)
        return EFI_OUT_OF_RESOURCES;
    if (!table) {
        entry_remove(index);
    } else {
        data->config_tables[index] =
            (EFI_CONFIGURATION_TABLE){.VendorGuid = *guid, .VendorTable = table};
        if (index == *count)
            ++*count;
    }
    table_update_crc(&data->system_table.Hdr);
    return EFI_SUCCESS;
}
