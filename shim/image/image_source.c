#include "shim/image/image_source.h"

#include <stdint.h>

#include "loader/lib/string.h"
#include "shim/device_path/device_path.h"
#include "shim/image/load_file2.h"
#include "shim/memory/pool.h"
#include "shim/protocol/handle.h"
#include "shim/protocol/locate.h"

/* Offsets in a PE file have 32 bits. */
#define FILE_BYTES_MAX UINT32_MAX
/* File systems know names of some hundred characters at most. */
#define INFO_BYTES_MAX 65536u

static const EFI_GUID file_system_guid = EFI_SIMPLE_FILE_SYSTEM_PROTOCOL_GUID;
static const EFI_GUID load_file2_guid = EFI_LOAD_FILE2_PROTOCOL_GUID;
static const EFI_GUID load_file_guid = EFI_LOAD_FILE_PROTOCOL_GUID;

struct file {
    void *data;
    size_t bytes;
};

/* Room for a file of that size. */
static EFI_STATUS file_allocate(struct file *file, uint64_t bytes)
{
    if (!bytes || bytes > FILE_BYTES_MAX)
        return EFI_LOAD_ERROR;
    file->bytes = bytes;
    return pool_alloc(EfiBootServicesData, file->bytes, &file->data);
}

/* What a driver left of a file: more than there is room for was never read. */
static EFI_STATUS file_finish(struct file *file, EFI_STATUS status, uint64_t bytes)
{
    if (status == EFI_SUCCESS && bytes && bytes <= file->bytes) {
        file->bytes = bytes;
        return EFI_SUCCESS;
    }
    pool_free(file->data);
    /* The size that a driver asked for was not enough. */
    return status == EFI_SUCCESS || status == EFI_BUFFER_TOO_SMALL ? EFI_DEVICE_ERROR : status;
}

/* Goes on from *directory, which is closed, to the file that the node names. */
static EFI_STATUS open_node(EFI_FILE_HANDLE *directory, const EFI_DEVICE_PATH *node)
{
    size_t name_bytes = (size_t)DevicePathNodeLength(node) - sizeof(*node);
    /* With an end of its own, and aligned: the node's name need have neither. */
    CHAR16 *name = pool_new(name_bytes + sizeof(*name));
    EFI_FILE_HANDLE file = NULL;
    EFI_STATUS status = EFI_OUT_OF_RESOURCES;

    if (name) {
        memcpy(name, node + 1, name_bytes);
        status = (*directory)->Open(*directory, &file, name, EFI_FILE_MODE_READ, 0);
        pool_free(name);
    }
    (*directory)->Close(*directory);
    *directory = file;
    return status;
}

/* The path's nodes are directories and, the last one, the file. */
static EFI_STATUS open_file(EFI_FILE_IO_INTERFACE *volume, EFI_DEVICE_PATH *path,
                            EFI_FILE_HANDLE *ret_file)
{
    EFI_STATUS status = volume->OpenVolume(volume, ret_file);

    while (status == EFI_SUCCESS && !IsDevicePathEndType(path)) {
        if (DevicePathType(path) != MEDIA_DEVICE_PATH ||
            DevicePathSubType(path) != MEDIA_FILEPATH_DP) {
            (*ret_file)->Close(*ret_file);
            return EFI_NOT_FOUND;
        }
        status = open_node(ret_file, path);
        path = NextDevicePathNode(path);
    }
    return status;
}

static EFI_STATUS get_size(EFI_FILE_HANDLE file, uint64_t *ret_bytes)
{
    static EFI_GUID info_guid = EFI_FILE_INFO_ID;
    UINTN info_bytes = 0;
    EFI_FILE_INFO *info;
    EFI_STATUS status = file->GetInfo(file, &info_guid, &info_bytes, NULL);

    if (status != EFI_BUFFER_TOO_SMALL || info_bytes < SIZE_OF_EFI_FILE_INFO ||
        info_bytes > INFO_BYTES_MAX)
        return EFI_DEVICE_ERROR;
    info = pool_new(info_bytes);
    if (!info)
        return EFI_OUT_OF_RESOURCES;
    status = file->GetInfo(file, &info_guid, &info_bytes, info);
    if (status == EFI_SUCCESS && info->Attribute & EFI_FILE_DIRECTORY)
        status = EFI_NOT_FOUND;
    *ret_bytes = info->FileSize;
    pool_free(info);
    return status;
}

static EFI_STATUS read_whole(EFI_FILE_HANDLE handle, struct file *file)
{
    uint64_t size;
    UINTN bytes;
    EFI_STATUS status = get_size(handle, &size);

    if (status == EFI_SUCCESS)
        status = file_allocate(file, size);
    if (status != EFI_SUCCESS)
        return status;
    bytes = file->bytes;
    status = handle->Read(handle, &bytes, file->data);
    return file_finish(file, status, bytes);
}

/* The interface of the device that the path leads to; *path is left behind that. */
static void *find_device(const EFI_GUID *guid, EFI_DEVICE_PATH **path)
{
    EFI_HANDLE handle;

    if (locate_device_path(guid, path, &handle) != EFI_SUCCESS)
        return NULL;
    return handle_get_interface(handle, guid);
}

static EFI_STATUS from_file_system(EFI_DEVICE_PATH *path, bool boot_policy, struct file *file)
{
    EFI_FILE_IO_INTERFACE *volume = find_device(&file_system_guid, &path);
    EFI_FILE_HANDLE handle = NULL;
    EFI_STATUS status;

    (void)boot_policy;
    if (!volume)
        return EFI_NOT_FOUND;
    status = open_file(volume, path, &handle);
    if (status != EFI_SUCCESS)
        return status;
    status = read_whole(handle, file);
    handle->Close(handle);
    return status;
}

/* LoadFile and LoadFile2 differ in name only. */
static EFI_STATUS from_loader(const EFI_GUID *guid, EFI_DEVICE_PATH *path, bool boot_policy,
                              struct file *file)
{
    EFI_LOAD_FILE2_PROTOCOL *loader = find_device(guid, &path);
    UINTN bytes = 0;
    EFI_STATUS status;

    if (!loader)
        return EFI_NOT_FOUND;
    status = loader->LoadFile(loader, path, boot_policy, &bytes, NULL);
    if (status != EFI_BUFFER_TOO_SMALL)
        return EFI_ERROR(status) ? status : EFI_LOAD_ERROR;
    status = file_allocate(file, bytes);
    if (status != EFI_SUCCESS)
        return status;
    status = loader->LoadFile(loader, path, boot_policy, &bytes, file->data);
    return file_finish(file, status, bytes);
}

/* Never for a boot manager that leaves the choice to the device (13.2). */
static EFI_STATUS from_load_file2(EFI_DEVICE_PATH *path, bool boot_policy, struct file *file)
{
    return boot_policy ? EFI_NOT_FOUND : from_loader(&load_file2_guid, path, false, file);
}

static EFI_STATUS from_load_file(EFI_DEVICE_PATH *path, bool boot_policy, struct file *file)
{
    return from_loader(&load_file_guid, path, boot_policy, file);
}

EFI_STATUS image_source_read(EFI_DEVICE_PATH *path, bool boot_policy, void **ret_file,
                             size_t *ret_bytes)
{
    static EFI_STATUS (*const ways[])(EFI_DEVICE_PATH * path, bool boot_policy,
                                      struct file *file) = {from_file_system, from_load_file2,
                                                            from_load_file};
    EFI_STATUS result = EFI_NOT_FOUND;

    if (!device_path_bytes(path))
        return EFI_INVALID_PARAMETER;
    for (size_t i = 0; i < sizeof(ways) / sizeof(ways[0]); i++) {
        struct file file = {0};
        EFI_STATUS status = ways[i](path, boot_policy, &file);

        if (status == EFI_SUCCESS) {
            *ret_file = file.data;
            *ret_bytes = file.bytes;
            return EFI_SUCCESS;
        }
        /* What the first way that leads to a device says is told, if no other one works. */
        if (result == EFI_NOT_FOUND)
            result = status;
    }
    return result;
}
