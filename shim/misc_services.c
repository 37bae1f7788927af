#include "shim/misc_services.h"

#include <stddef.h>
#include <stdint.h>

#include "loader/lib/crc32.h"
#include "shim/event/event.h"
#include "shim/event/timer.h"
#include "shim/runtime_image.h"
#include "tables/config_table.h"

#define NS_PER_US 1000u

static EFI_STATUS EFIAPI stall(UINTN microseconds)
{
    timer_wait_ns(microseconds > UINT64_MAX / NS_PER_US ? UINT64_MAX : microseconds * NS_PER_US);
    return EFI_SUCCESS;
}

static EFI_STATUS EFIAPI get_next_monotonic_count(UINT64 *count)
{
    if (!count)
        return EFI_INVALID_PARAMETER;
    *count = ++*runtime_image_exports()->monotonic_count;
    return EFI_SUCCESS;
}

static EFI_STATUS EFIAPI calculate_crc32(void *data, UINTN bytes, UINT32 *crc)
{
    if (!data || !bytes || !crc)
        return EFI_INVALID_PARAMETER;
    *crc = crc32_compute(data, bytes);
    return EFI_SUCCESS;
}

/* Who keeps what a table said is told through the group of the table's GUID (UEFI 2.10 section
 * 7.1.2). */
static EFI_STATUS EFIAPI install_configuration_table(EFI_GUID *guid, void *table)
{
    EFI_STATUS status = config_table_install(guid, table);

    if (status == EFI_SUCCESS)
        event_signal_group(guid);
    return status;
}

void misc_services_install(EFI_BOOT_SERVICES *table)
{
    table->Stall = stall;
    table->GetNextMonotonicCount = get_next_monotonic_count;
    table->CalculateCrc32 = calculate_crc32;
    table->InstallConfigurationTable = install_configuration_table;
}
