#include "shim/driver/driver_binding.h"

#include <stddef.h>

#include "shim/driver/component_name.h"
#include "shim/protocol/handle.h"
#include "shim/protocol/open_protocol.h"

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

static EFI_STATUS hold(EFI_DRIVER_BINDING_PROTOCOL *binding, EFI_HANDLE controller,
                       const EFI_GUID *protocol)
{
    void *interface;

    return open_protocol(controller, protocol, &interface, binding->DriverBindingHandle, controller,
                         EFI_OPEN_PROTOCOL_BY_DRIVER);
}

EFI_STATUS driver_binding_try(EFI_DRIVER_BINDING_PROTOCOL *binding, EFI_HANDLE controller,
                              const EFI_GUID *protocol, driver_work *probe)
{
    EFI_STATUS status = hold(binding, controller, protocol);

    if (status != EFI_SUCCESS)
        return status;
    if (probe)
        status = probe(binding, controller);
    driver_binding_give_up(binding, controller, protocol);
    return status;
}

EFI_STATUS driver_binding_claim(EFI_DRIVER_BINDING_PROTOCOL *binding, EFI_HANDLE controller,
                                const EFI_GUID *protocol, driver_work *begin)
{
    EFI_STATUS status = hold(binding, controller, protocol);

    if (status != EFI_SUCCESS)
        return status;
    status = begin(binding, controller);
    if (status != EFI_SUCCESS)
        driver_binding_give_up(binding, controller, protocol);
    return status;
}

void driver_binding_give_up(EFI_DRIVER_BINDING_PROTOCOL *binding, EFI_HANDLE controller,
                            const EFI_GUID *protocol)
{
    close_protocol(controller, protocol, binding->DriverBindingHandle, controller);
}
