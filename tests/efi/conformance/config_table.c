#include "tests/efi/conformance/config_table.h"

#include "tests/efi/conformance/check.h"
#include "tests/efi/conformance/fixture.h"

void *config_table_find(const EFI_GUID *guid)
{
    for (UINTN i = 0; i < system_table->NumberOfTableEntries; i++) {
        if (guid_is(&system_table->ConfigurationTable[i].VendorGuid, guid))
            return system_table->ConfigurationTable[i].VendorTable;
    }
    return NULL;
}

UINT32 config_table_services(void)
{
    static const EFI_GUID guid = RT_PROPERTIES_GUID;
    const struct rt_properties *properties = config_table_find(&guid);

    return properties ? properties->services : ~0u;
}
