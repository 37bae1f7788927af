#include "shim/driver/component_name.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "loader/lib/list.h"
#include "loader/lib/string.h"
#include "shim/block/pv_disk_label.h"
#include "shim/device_path/device_path.h"
#include "shim/memory/pool.h"
#include "shim/protocol/handle.h"
#include "shim/protocol/protocol_use.h"

struct component_name {
    EFI_COMPONENT_NAME_PROTOCOL protocol;
    EFI_COMPONENT_NAME2_PROTOCOL protocol2;
    EFI_HANDLE driver;
    const CHAR16 *name;
};

struct managed {
    EFI_HANDLE controller;
    EFI_HANDLE child; /* NULL: the controller itself is meant */
};

/* The two protocols differ in how they call English. */
static CHAR8 iso_639_2_language[] = "eng";
static CHAR8 rfc_4646_language[] = "en";

static EFI_STATUS check_language(const CHAR8 *language, const CHAR8 *supported)
{
    return strcmp((const char *)language, (const char *)supported) == 0 ? EFI_SUCCESS
                                                                        : EFI_UNSUPPORTED;
}

/* Has `driver` a protocol of `controller` open, in this way, for `user`? */
static bool has_open(EFI_HANDLE driver, EFI_HANDLE controller, EFI_HANDLE user, uint32_t how)
{
    const struct handle *handle = handle_find(controller);

    list_for_each (link, next, &handle->protocols) {
        const struct protocol *protocol = container_of(link, struct protocol, link);

        if (protocol_use_find(protocol, (struct protocol_user){driver, user, how}))
            return true;
    }
    return false;
}

static bool manages(EFI_HANDLE driver, struct managed managed)
{
    return has_open(driver, managed.controller, managed.controller, EFI_OPEN_PROTOCOL_BY_DRIVER) &&
           (!managed.child || has_open(driver, managed.controller, managed.child,
                                       EFI_OPEN_PROTOCOL_BY_CHILD_CONTROLLER));
}

static EFI_STATUS driver_name(const struct component_name *component, const CHAR8 *supported,
                              const CHAR8 *language, CHAR16 **ret_name)
{
    EFI_STATUS status;

    if (!language || !ret_name)
        return EFI_INVALID_PARAMETER;
    status = check_language(language, supported);
    if (status == EFI_SUCCESS)
        *ret_name = (CHAR16 *)(uintptr_t)component->name;
    return status;
}

static EFI_STATUS controller_name(const struct component_name *component, const CHAR8 *supported,
                                  struct managed managed, const CHAR8 *language, CHAR16 **ret_name)
{
    const EFI_DEVICE_PATH *path;
    CHAR16 *label;

    if (!handle_find(managed.controller) || (managed.child && !handle_find(managed.child)) ||
        !language || !ret_name)
        return EFI_INVALID_PARAMETER;
    if (check_language(language, supported) != EFI_SUCCESS || !manages(component->driver, managed))
        return EFI_UNSUPPORTED;
    path = handle_get_interface(managed.child ? managed.child : managed.controller,
                                &device_path_protocol_guid);
    label = path ? pv_disk_label(path) : NULL;
    if (!label)
        return EFI_UNSUPPORTED;
    *ret_name = label;
    return EFI_SUCCESS;
}

static EFI_STATUS EFIAPI get_driver_name(EFI_COMPONENT_NAME_PROTOCOL *this, CHAR8 *language,
                                         CHAR16 **name)
{
    return driver_name(container_of(this, struct component_name, protocol), iso_639_2_language,
                       language, name);
}

static EFI_STATUS EFIAPI get_controller_name(EFI_COMPONENT_NAME_PROTOCOL *this,
                                             EFI_HANDLE controller, EFI_HANDLE child,
                                             CHAR8 *language, CHAR16 **name)
{
    return controller_name(container_of(this, struct component_name, protocol), iso_639_2_language,
                           (struct managed){controller, child}, language, name);
}

static EFI_STATUS EFIAPI get_driver_name2(EFI_COMPONENT_NAME2_PROTOCOL *this, CHAR8 *language,
                                          CHAR16 **name)
{
    return driver_name(container_of(this, struct component_name, protocol2), rfc_4646_language,
                       language, name);
}

static EFI_STATUS EFIAPI get_controller_name2(EFI_COMPONENT_NAME2_PROTOCOL *this,
                                              EFI_HANDLE controller, EFI_HANDLE child,
                                              CHAR8 *language, CHAR16 **name)
{
    return controller_name(container_of(this, struct component_name, protocol2), rfc_4646_language,
                           (struct managed){controller, child}, language, name);
}

EFI_STATUS component_name_install(EFI_HANDLE driver, const CHAR16 *name)
{
    static const EFI_GUID guid = EFI_COMPONENT_NAME_PROTOCOL_GUID;
    static const EFI_GUID guid2 = EFI_COMPONENT_NAME2_PROTOCOL_GUID;
    struct component_name *component = pool_new(sizeof(*component));
    EFI_STATUS status;

    if (!component)
        return EFI_OUT_OF_RESOURCES;
    *component = (struct component_name){
        .protocol = {get_driver_name, get_controller_name, iso_639_2_language},
        .protocol2 = {get_driver_name2, get_controller_name2, rfc_4646_language},
        .driver = driver,
        .name = name,
    };
    status = handle_install(&driver, &guid, &component->protocol);
    return status == EFI_SUCCESS ? handle_install(&driver, &guid2, &component->protocol2) : status;
}
