#include "shim/partition/partition_driver.h"

#include <stdbool.h>
#include <stddef.h>

#include "shim/block/block_io.h"
#include "shim/block/disk_io.h"
#include "shim/block/foreign_disk.h"
#include "shim/device_path/device_path.h"
#include "shim/driver/driver_binding.h"
#include "shim/medium/protocol_medium.h"
#include "shim/partition/partition.h"
#include "shim/protocol/handle.h"
#include "shim/protocol/open_protocol.h"

/* What the children of a disk have in common. */
struct parent {
    EFI_HANDLE agent;
    EFI_HANDLE handle;
    struct block_device *device;
    const EFI_DEVICE_PATH *path;
    unsigned int children;
};

static struct block_device *device_of(EFI_HANDLE controller)
{
    struct block_device *device = block_io_device(controller);

    return device ? device : foreign_disk_find(controller);
}

/* Partitions have no partitions. */
static bool is_whole_disk(EFI_HANDLE controller)
{
    const struct block_device *device = device_of(controller);

    return device && !device->media.LogicalPartition &&
           handle_get_interface(controller, &device_path_protocol_guid);
}

static EFI_STATUS EFIAPI supported(EFI_DRIVER_BINDING_PROTOCOL *this, EFI_HANDLE controller,
                                   EFI_DEVICE_PATH *remaining)
{
    (void)remaining;
    if (!is_whole_disk(controller))
        return EFI_UNSUPPORTED;
    return driver_binding_try(this, controller, &disk_io_protocol_guid, NULL);
}

static EFI_STATUS use_by_child(EFI_HANDLE agent, EFI_HANDLE disk, EFI_HANDLE child)
{
    void *interface;

    return open_protocol(disk, &disk_io_protocol_guid, &interface, agent, child,
                         EFI_OPEN_PROTOCOL_BY_CHILD_CONTROLLER);
}

static EFI_STATUS add_partition(void *context, const struct partition_entry *entry)
{
    struct parent *parent = context;
    EFI_HANDLE child;
    EFI_STATUS status;

    if (entry->kind == PARTITION_GPT && entry->gpt.attributes & GPT_NO_BLOCK_IO)
        return EFI_SUCCESS;
    status = partition_install(parent->device, parent->path, entry, &child);
    if (status != EFI_SUCCESS)
        return status;
    status = use_by_child(parent->agent, parent->handle, child);
    if (status == EFI_SUCCESS)
        parent->children++;
    else
        partition_uninstall(child);
    return status;
}

/* Partitions that there are stay, though there was no memory for more. */
static EFI_STATUS add_partitions(EFI_DRIVER_BINDING_PROTOCOL *this, EFI_HANDLE controller)
{
    struct parent parent = {
        .agent = this->DriverBindingHandle,
        .handle = controller,
        .device = device_of(controller),
        .path = handle_get_interface(controller, &device_path_protocol_guid),
    };
    struct protocol_medium medium;
    EFI_STATUS status;

    if (!is_whole_disk(controller))
        return EFI_UNSUPPORTED;
    status = protocol_medium_init(&medium, controller);
    if (status == EFI_SUCCESS)
        status = partition_table_read(&medium.medium, add_partition, &parent);
    return parent.children ? EFI_SUCCESS : status == EFI_SUCCESS ? EFI_NOT_FOUND : status;
}

static EFI_STATUS EFIAPI start(EFI_DRIVER_BINDING_PROTOCOL *this, EFI_HANDLE controller,
                               EFI_DEVICE_PATH *remaining)
{
    (void)remaining;
    return driver_binding_claim(this, controller, &disk_io_protocol_guid, add_partitions);
}

/* A partition that somebody does not let go stays as it was. */
static EFI_STATUS stop_child(EFI_HANDLE agent, EFI_HANDLE disk, EFI_HANDLE child)
{
    EFI_STATUS status = close_protocol(disk, &disk_io_protocol_guid, agent, child);

    if (status != EFI_SUCCESS)
        return EFI_DEVICE_ERROR;
    status = partition_uninstall(child);
    if (status == EFI_SUCCESS)
        return EFI_SUCCESS;
    use_by_child(agent, disk, child);
    return EFI_DEVICE_ERROR;
}

static EFI_STATUS EFIAPI stop(EFI_DRIVER_BINDING_PROTOCOL *this, EFI_HANDLE controller,
                              UINTN children, EFI_HANDLE *child)
{
    EFI_STATUS status = EFI_SUCCESS;

    if (!children)
        driver_binding_give_up(this, controller, &disk_io_protocol_guid);
    for (UINTN i = 0; i < children; i++)
        if (stop_child(this->DriverBindingHandle, controller, child[i]) != EFI_SUCCESS)
            status = EFI_DEVICE_ERROR;
    return status;
}

static EFI_DRIVER_BINDING_PROTOCOL binding = {
    .Supported = supported,
    .Start = start,
    .Stop = stop,
};

EFI_STATUS partition_driver_install(EFI_HANDLE image)
{
    return driver_binding_install(&binding, image, u"Partitions: GPT, MBR, El Torito");
}
