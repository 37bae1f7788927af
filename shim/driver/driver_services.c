#include "shim/driver/driver_services.h"

#include "shim/driver/driver.h"

static EFI_STATUS EFIAPI connect_controller(EFI_HANDLE controller, EFI_HANDLE *drivers,
                                            EFI_DEVICE_PATH *remaining, BOOLEAN recursive)
{
    return driver_connect(controller, drivers, remaining, recursive);
}

static EFI_STATUS EFIAPI disconnect_controller(EFI_HANDLE controller, EFI_HANDLE driver,
                                               EFI_HANDLE child)
{
    return driver_disconnect(controller, driver, child);
}

void driver_services_install(EFI_BOOT_SERVICES *table)
{
    table->ConnectController = connect_controller;
    table->DisconnectController = disconnect_controller;
}
