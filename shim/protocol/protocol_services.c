#include "shim/protocol/protocol_services.h"

#include <stddef.h>

#include "shim/device_path/device_path.h"
#include "shim/guid.h"
#include "shim/protocol/handle.h"
#include "shim/protocol/locate.h"
#include "shim/protocol/open_protocol.h"
#include "shim/protocol/protocol_notify.h"
#include "shim/protocol/protocol_release.h"

static EFI_STATUS EFIAPI install_protocol_interface(EFI_HANDLE *handle, EFI_GUID *guid,
                                                    EFI_INTERFACE_TYPE type, void *interface)
{
    if (type != EFI_NATIVE_INTERFACE)
        return EFI_INVALID_PARAMETER;
    return handle_install(handle, guid, interface);
}

static EFI_STATUS EFIAPI reinstall_protocol_interface(EFI_HANDLE handle, EFI_GUID *guid,
                                                      void *old_interface, void *new_interface)
{
    return protocol_reinstall(handle, guid, old_interface, new_interface);
}

static EFI_STATUS EFIAPI uninstall_protocol_interface(EFI_HANDLE handle, EFI_GUID *guid,
                                                      void *interface)
{
    return protocol_uninstall(handle, guid, interface);
}

static EFI_STATUS EFIAPI handle_protocol(EFI_HANDLE handle, EFI_GUID *guid, void **interface)
{
    return open_protocol_for_firmware(handle, guid, interface);
}

static EFI_STATUS EFIAPI register_protocol_notify(EFI_GUID *guid, EFI_EVENT event,
                                                  void **registration)
{
    return protocol_notify_register(guid, event, registration);
}

static EFI_STATUS EFIAPI locate_handle_service(EFI_LOCATE_SEARCH_TYPE how, EFI_GUID *guid,
                                               void *key, UINTN *bytes, EFI_HANDLE *handles)
{
    return locate_handle(how, guid, key, bytes, handles);
}

static EFI_STATUS EFIAPI locate_device_path_service(EFI_GUID *guid, EFI_DEVICE_PATH **path,
                                                    EFI_HANDLE *handle)
{
    return locate_device_path(guid, path, handle);
}

static EFI_STATUS EFIAPI open_protocol_service(EFI_HANDLE handle, EFI_GUID *guid, void **interface,
                                               EFI_HANDLE agent, EFI_HANDLE controller,
                                               UINT32 attributes)
{
    return protocol_open(handle, guid, interface, agent, controller, attributes);
}

static EFI_STATUS EFIAPI close_protocol_service(EFI_HANDLE handle, EFI_GUID *guid, EFI_HANDLE agent,
                                                EFI_HANDLE controller)
{
    return close_protocol(handle, guid, agent, controller);
}

static EFI_STATUS EFIAPI open_protocol_information_service(
    EFI_HANDLE handle, EFI_GUID *guid, EFI_OPEN_PROTOCOL_INFORMATION_ENTRY **entries, UINTN *count)
{
    return open_protocol_information(handle, guid, entries, count);
}

static EFI_STATUS EFIAPI protocols_per_handle(EFI_HANDLE handle, EFI_GUID ***guids, UINTN *count)
{
    return locate_protocols_of(handle, guids, count);
}

static EFI_STATUS EFIAPI locate_handle_buffer_service(EFI_LOCATE_SEARCH_TYPE how, EFI_GUID *guid,
                                                      void *key, UINTN *count, EFI_HANDLE **handles)
{
    return locate_handle_buffer(how, guid, key, count, handles);
}

static EFI_STATUS EFIAPI locate_protocol_service(EFI_GUID *guid, void *registration,
                                                 void **interface)
{
    return locate_protocol(guid, registration, interface);
}

/* The same device path on two handles would make LocateDevicePath ambiguous. */
static EFI_STATUS check_new_protocol(const EFI_GUID *guid, EFI_DEVICE_PATH *interface)
{
    EFI_DEVICE_PATH *rest = interface;
    EFI_HANDLE owner;

    if (!guid_equal(guid, &device_path_protocol_guid) || !interface)
        return EFI_SUCCESS;
    if (locate_device_path(&device_path_protocol_guid, &rest, &owner) != EFI_SUCCESS)
        return EFI_SUCCESS;
    return IsDevicePathEnd(rest) ? EFI_ALREADY_STARTED : EFI_SUCCESS;
}

/* Takes back the first `count` pairs that were installed. */
static void uninstall_pairs(EFI_HANDLE handle, __builtin_ms_va_list pairs, unsigned int count)
{
    while (count--) {
        EFI_GUID *guid = __builtin_va_arg(pairs, EFI_GUID *);

        protocol_uninstall(handle, guid, __builtin_va_arg(pairs, void *));
    }
}

static EFI_STATUS EFIAPI install_multiple_protocol_interfaces(EFI_HANDLE *handle, ...)
{
    __builtin_ms_va_list pairs;
    __builtin_ms_va_list installed;
    unsigned int count = 0;
    EFI_STATUS status = EFI_SUCCESS;
    EFI_HANDLE old_handle;

    if (!handle)
        return EFI_INVALID_PARAMETER;
    old_handle = *handle;
    __builtin_ms_va_start(pairs, handle);
    __builtin_ms_va_start(installed, handle);
    while (status == EFI_SUCCESS) {
        EFI_GUID *guid = __builtin_va_arg(pairs, EFI_GUID *);
        void *interface;

        if (!guid)
            break;
        interface = __builtin_va_arg(pairs, void *);
        status = check_new_protocol(guid, interface);
        if (status == EFI_SUCCESS)
            status = handle_install(handle, guid, interface);
        if (status == EFI_SUCCESS)
            count++;
    }
    if (status != EFI_SUCCESS) {
        uninstall_pairs(*handle, installed, count);
        *handle = old_handle;
    }
    __builtin_ms_va_end(installed);
    __builtin_ms_va_end(pairs);
    return status;
}

/* Puts the first `count` pairs back. */
static void reinstall_pairs(EFI_HANDLE handle, __builtin_ms_va_list pairs, unsigned int count)
{
    while (count--) {
        EFI_GUID *guid = __builtin_va_arg(pairs, EFI_GUID *);

        handle_install(&handle, guid, __builtin_va_arg(pairs, void *));
    }
}

static EFI_STATUS EFIAPI uninstall_multiple_protocol_interfaces(EFI_HANDLE handle, ...)
{
    __builtin_ms_va_list pairs;
    __builtin_ms_va_list removed;
    unsigned int count = 0;
    EFI_STATUS status = EFI_SUCCESS;
    /* What is put back must lie on the same handle, whose last protocol may have been among it. */
    struct handle *held = handle_hold(handle);

    __builtin_ms_va_start(pairs, handle);
    __builtin_ms_va_start(removed, handle);
    while (status == EFI_SUCCESS) {
        EFI_GUID *guid = __builtin_va_arg(pairs, EFI_GUID *);

        if (!guid)
            break;
        status = protocol_uninstall(handle, guid, __builtin_va_arg(pairs, void *));
        if (status == EFI_SUCCESS)
            count++;
    }
    if (status != EFI_SUCCESS)
        reinstall_pairs(handle, removed, count);
    handle_release(held);
    __builtin_ms_va_end(removed);
    __builtin_ms_va_end(pairs);
    return status == EFI_SUCCESS ? EFI_SUCCESS : EFI_INVALID_PARAMETER;
}

void protocol_services_install(EFI_BOOT_SERVICES *table)
{
    table->InstallProtocolInterface = install_protocol_interface;
    table->ReinstallProtocolInterface = reinstall_protocol_interface;
    table->UninstallProtocolInterface = uninstall_protocol_interface;
    table->HandleProtocol = handle_protocol;
    table->RegisterProtocolNotify = register_protocol_notify;
    table->LocateHandle = locate_handle_service;
    table->LocateDevicePath = locate_device_path_service;
    table->OpenProtocol = open_protocol_service;
    table->CloseProtocol = close_protocol_service;
    table->OpenProtocolInformation = open_protocol_information_service;
    table->ProtocolsPerHandle = protocols_per_handle;
    table->LocateHandleBuffer = locate_handle_buffer_service;
    table->LocateProtocol = locate_protocol_service;
    table->InstallMultipleProtocolInterfaces = install_multiple_protocol_interfaces;
    table->UninstallMultipleProtocolInterfaces = uninstall_multiple_protocol_interfaces;
}
