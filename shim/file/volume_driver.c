#include "shim/file/volume_driver.h"

#include <stddef.h>

#include "loader/lib/list.h"
#include "loader/lib/log.h"
#include "shim/driver/driver_binding.h"
#include "shim/file/file_protocol.h"
#include "shim/medium/protocol_medium.h"
#include "shim/memory/pool.h"
#include "shim/protocol/handle.h"
#include "shim/protocol/protocol_release.h"

static const EFI_GUID file_system_guid = EFI_SIMPLE_FILE_SYSTEM_PROTOCOL_GUID;

/* A volume that is in use. */
struct mounted {
    struct file_volume volume;
    struct protocol_medium medium;
};

static struct volume_driver *driver_of(EFI_DRIVER_BINDING_PROTOCOL *this)
{
    return container_of(this, struct volume_driver, binding);
}

static EFI_STATUS probe(EFI_DRIVER_BINDING_PROTOCOL *this, EFI_HANDLE controller)
{
    struct protocol_medium medium;
    EFI_STATUS status = protocol_medium_init(&medium, controller);

    return status == EFI_SUCCESS ? driver_of(this)->probe(&medium.medium) : status;
}

static EFI_STATUS EFIAPI supported(EFI_DRIVER_BINDING_PROTOCOL *this, EFI_HANDLE controller,
                                   EFI_DEVICE_PATH *remaining)
{
    (void)remaining;
    if (handle_get_interface(controller, &file_system_guid))
        return EFI_UNSUPPORTED;
    return driver_binding_try(this, controller, driver_of(this)->claim, probe);
}

static EFI_STATUS mount(EFI_DRIVER_BINDING_PROTOCOL *this, EFI_HANDLE controller)
{
    struct volume_driver *driver = driver_of(this);
    struct mounted *mounted = pool_new(sizeof(*mounted));
    struct file_system *system;
    EFI_STATUS status;

    if (!mounted)
        return EFI_OUT_OF_RESOURCES;
    status = protocol_medium_init(&mounted->medium, controller);
    if (status != EFI_SUCCESS)
        goto free_mounted;
    status = driver->mount(&mounted->medium.medium, &system);
    if (status != EFI_SUCCESS)
        goto free_mounted;
    file_volume_init(&mounted->volume, system);
    status = handle_install(&controller, &file_system_guid, &mounted->volume.protocol);
    if (status == EFI_SUCCESS)
        return EFI_SUCCESS;
    driver->unmount(system);

free_mounted:
    pool_free(mounted);
    return status;
}

static EFI_STATUS EFIAPI start(EFI_DRIVER_BINDING_PROTOCOL *this, EFI_HANDLE controller,
                               EFI_DEVICE_PATH *remaining)
{
    (void)remaining;
    return driver_binding_claim(this, controller, driver_of(this)->claim, mount);
}

/* Files that a client still has open find no medium any more; their memory stays theirs. */
static EFI_STATUS EFIAPI stop(EFI_DRIVER_BINDING_PROTOCOL *this, EFI_HANDLE controller,
                              UINTN children, EFI_HANDLE *child)
{
    struct file_volume *volume = file_volume_find(controller);
    struct volume_driver *driver = driver_of(this);
    struct mounted *mounted;

    (void)children;
    (void)child;
    if (!volume ||
        protocol_uninstall(controller, &file_system_guid, &volume->protocol) != EFI_SUCCESS)
        return EFI_DEVICE_ERROR;
    mounted = container_of(volume, struct mounted, volume);
    if (!volume->system->read_only)
        volume->system->operations->sync(volume->system);
    protocol_medium_detach(&mounted->medium);
    if (driver->unmount(volume->system))
        pool_free(mounted);
    else
        log_warn("file system: the device went away while files were open");
    driver_binding_give_up(this, controller, driver->claim);
    return EFI_SUCCESS;
}

EFI_STATUS volume_driver_install(struct volume_driver *driver, EFI_HANDLE image)
{
    driver->binding.Supported = supported;
    driver->binding.Start = start;
    driver->binding.Stop = stop;
    return driver_binding_install(&driver->binding, image, driver->name);
}
