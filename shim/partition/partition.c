#include "shim/partition/partition.h"

#include <stddef.h>

#include "loader/lib/list.h"
#include "shim/block/disk.h"
#include "shim/device_path/device_path.h"
#include "shim/driver/driver.h"
#include "shim/memory/pool.h"
#include "shim/partition/partition_info.h"
#include "shim/partition/partition_path.h"
#include "shim/protocol/handle.h"

static const EFI_GUID info_guid = EFI_PARTITION_INFO_PROTOCOL_GUID;
static const EFI_GUID efi_system_guid = GPT_EFI_SYSTEM_GUID;

struct partition {
    struct block_device device;
    EFI_PARTITION_INFO_PROTOCOL info;
    EFI_DEVICE_PATH *path;
    /* A tag on the handle, so that partitions can be found by their type; all zero: none. */
    EFI_GUID type;
};

static struct block_device make_device(struct block_device *disk,
                                       const struct partition_entry *entry)
{
    struct block_device device = {
        .parent = disk, .first_lba = entry->first_block, .media = disk->media};
    uint32_t physical = device.media.LogicalBlocksPerPhysicalBlock;

    device.media.LogicalPartition = TRUE;
    device.media.LastBlock = entry->blocks - 1;
    /* Where the disk's physical blocks begin, seen from the partition. */
    if (physical > 1)
        device.media.LowestAlignedLba =
            (disk->media.LowestAlignedLba + physical - entry->first_block % physical) % physical;
    return device;
}

static EFI_PARTITION_INFO_PROTOCOL make_info(const struct partition_entry *entry)
{
    EFI_PARTITION_INFO_PROTOCOL info = {
        .revision = EFI_PARTITION_INFO_PROTOCOL_REVISION,
        .type = PARTITION_TYPE_OTHER,
        .system = entry->is_efi_system,
    };

    if (entry->kind == PARTITION_GPT) {
        info.type = PARTITION_TYPE_GPT;
        info.info.gpt = entry->gpt;
    } else if (entry->kind == PARTITION_MBR) {
        info.type = PARTITION_TYPE_MBR;
        info.info.mbr = entry->mbr.record;
    }
    return info;
}

static void partition_free(struct partition *partition)
{
    if (partition->path)
        pool_free(partition->path);
    pool_free(partition);
}

static struct partition *partition_new(struct block_device *disk, const EFI_DEVICE_PATH *path,
                                       const struct partition_entry *entry)
{
    struct partition *partition = pool_new(sizeof(*partition));
    union partition_path node = partition_path_make(entry);

    if (!partition)
        return NULL;
    partition->device = make_device(disk, entry);
    partition->info = make_info(entry);
    if (entry->is_efi_system)
        partition->type = efi_system_guid;
    else if (entry->kind == PARTITION_GPT)
        partition->type = entry->gpt.type;
    partition->path = device_path_join(path, &node.header);
    if (partition->path)
        return partition;
    partition_free(partition);
    return NULL;
}

static bool has_type(const struct partition *partition)
{
    return partition->info.type == PARTITION_TYPE_GPT || partition->info.system;
}

EFI_STATUS partition_install(struct block_device *disk, const EFI_DEVICE_PATH *path,
                             const struct partition_entry *entry, EFI_HANDLE *ret_handle)
{
    EFI_HANDLE handle = NULL;
    struct partition *partition;
    EFI_STATUS status;

    if (!device_path_bytes(path))
        return EFI_INVALID_PARAMETER;
    partition = partition_new(disk, path, entry);
    if (!partition)
        return EFI_OUT_OF_RESOURCES;
    status = handle_install(&handle, &device_path_protocol_guid, partition->path);
    if (status != EFI_SUCCESS)
        goto free_partition;
    status = handle_install(&handle, &info_guid, &partition->info);
    if (status != EFI_SUCCESS)
        goto uninstall_path;
    if (has_type(partition))
        status = handle_install(&handle, &partition->type, NULL);
    if (status != EFI_SUCCESS)
        goto uninstall_info;
    status = disk_install(&handle, &partition->device);
    if (status != EFI_SUCCESS)
        goto uninstall_type;
    *ret_handle = handle;
    return EFI_SUCCESS;

uninstall_type:
    if (has_type(partition))
        handle_uninstall(handle, &partition->type, NULL);
uninstall_info:
    handle_uninstall(handle, &info_guid, &partition->info);
uninstall_path:
    handle_uninstall(handle, &device_path_protocol_guid, partition->path);
free_partition:
    partition_free(partition);
    return status;
}

EFI_STATUS partition_uninstall(EFI_HANDLE handle)
{
    EFI_PARTITION_INFO_PROTOCOL *info = handle_get_interface(handle, &info_guid);
    struct partition *partition;
    EFI_STATUS status;

    if (!info)
        return EFI_NOT_FOUND;
    partition = container_of(info, struct partition, info);
    driver_disconnect(handle, NULL, NULL);
    status = disk_uninstall(handle);
    if (status != EFI_SUCCESS)
        return status;
    if (has_type(partition))
        handle_uninstall(handle, &partition->type, NULL);
    handle_uninstall(handle, &info_guid, info);
    handle_uninstall(handle, &device_path_protocol_guid, partition->path);
    partition_free(partition);
    return EFI_SUCCESS;
}
