#include "shim/boot_services.h"

#include "shim/driver/driver_services.h"
#include "shim/event/event_services.h"
#include "shim/event/watchdog.h"
#include "shim/exit_boot_services.h"
#include "shim/image/image_services.h"
#include "shim/memory/memory_services.h"
#include "shim/misc_services.h"
#include "shim/protocol/protocol_services.h"
#include "tables/system_table.h"

static EFI_BOOT_SERVICES table = {
    .Hdr =
        {
            .Signature = EFI_BOOT_SERVICES_SIGNATURE,
            .Revision = UEFI_REVISION_2_10,
            .HeaderSize = sizeof(table),
        },
};

void boot_services_install(EFI_SYSTEM_TABLE *system_table)
{
    memory_services_install(&table);
    event_services_install(&table);
    protocol_services_install(&table);
    driver_services_install(&table);
    image_services_install(&table);
    exit_boot_services_install(&table, system_table);
    misc_services_install(&table);
    watchdog_install(&table);
    table_update_crc(&table.Hdr);
    system_table->BootServices = &table;
}
