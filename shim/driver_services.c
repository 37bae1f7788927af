#include "shim/driver_services.h"

#include "shim/handle.h"

/* Drivers of clients are not bound yet: what the specification names for that is EFI_NOT_FOUND. */
static EFI_STATUS EFIAPI connect_controller(EFI_HANDLE controller, EFI_HANDLE *drivers,
                                            EFI_DEVICE_PATH *remaining, BOOLEAN recursive)
{
    (void)drivers;
    (void)remaining;
    (void)recursive;
    return handle_find(controller) ? EFI_NOT_FOUND : EFI_INVALID_PARAMETER;
}

/* Nothing was connected, so there is nothing to stop. */
static EFI_STATUS EFIAPI disconnect_controller(EFI_HANDLE controller, EFI_HANDLE driver,
                                               EFI_HANDLE child)
{
    if (!handle_find(controller) || (driver && !handle_find(driver)) ||
        (child && !handle_find(child)))
        return EFI_INVALID_PARAMETER;
    return EFI_SUCCESS;
}

void driver_services_install(EFI_BOOT_SERVICES *table)
{
    table->ConnectController = connect_controller;
    table->DisconnectController = disconnect_controller;
}
