#include "shim/driver/driver_binding.h"

#include <stddef.h>

#include "shim/driver/component_name.h"
#include "shim/protocol/handle.h"

/* 0x00 to 0x0f are the platform's; independent vendors begin with 0x10. */
#define VERSION 0x0a

EFI_STATUS driver_binding_install(EFI_DRIVER_BINDING_PROTOCOL *binding, EFI_HANDLE image,
                                  const CHAR16 *name)
{
    static const EFI_GUID guid = EFI_DRIVER_BINDING_PROTOCOL_GUID;
    EFI_STATUS status;

    binding->Version = VERSION;
    binding->ImageHandle = image;
    binding->DriverBindingHandle = NULL;
    status = handle_install(&binding->DriverBindingHandle, &guid, binding);
    if (status != EFI_SUCCESS)
        return status;
    return component_name_install(binding->DriverBindingHandle, name);
}
