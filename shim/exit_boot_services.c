#include "shim/exit_boot_services.h"

#include <stdbool.h>
#include <stddef.h>

#include "loader/domain.h"
#include "loader/stage.h"
#include "loader/terminal.h"
#include "loader/x86/paging.h"
#include "shim/block/pv_disk.h"
#include "shim/boot_performance_table.h"
#include "shim/event/event.h"
#include "shim/event/timer.h"
#include "shim/image/image.h"
#include "shim/memory/page_alloc.h"
#include "shim/memory_attributes_table.h"
#include "shim/runtime_image.h"
#include "shim/xen_data.h"

static EFI_SYSTEM_TABLE *system_table;
static bool called_before;

/* What the OS may not use any more is not there any more (UEFI 2.10 section 4.3). */
static void clear_boot_fields(void)
{
    system_table->ConsoleInHandle = NULL;
    system_table->ConIn = NULL;
    system_table->ConsoleOutHandle = NULL;
    system_table->ConOut = NULL;
    system_table->StandardErrorHandle = NULL;
    system_table->StdErr = NULL;
    system_table->BootServices = NULL;
}

static EFI_STATUS EFIAPI exit_boot_services(EFI_HANDLE image, UINTN map_key)
{
    stage_reached(STAGE_EXIT_BOOT_SERVICES);
    if (!image_protocol(image))
        return EFI_INVALID_PARAMETER;
    /* Its handlers may still allocate; the caller comes again with a new map then. */
    if (!called_before) {
        called_before = true;
        event_signal_group(&event_group_before_exit_boot_services);
    }
    if (map_key != page_alloc_map_key())
        return EFI_INVALID_PARAMETER;
    timer_stop();
    memory_attributes_table_update();
    event_signal_group(&event_group_exit_boot_services);
    pv_disks_close();
    domain_close();
    terminal_close();
    clear_boot_fields();
    stage_reached(STAGE_BOOT_SERVICES_ENDED);
    boot_performance_table_finish();
    xen_data_update();
    paging_hand_over();
    runtime_image_exports()->leave_boot();
    return EFI_SUCCESS;
}

void exit_boot_services_install(EFI_BOOT_SERVICES *table, EFI_SYSTEM_TABLE *systab)
{
    system_table = systab;
    table->ExitBootServices = exit_boot_services;
}
