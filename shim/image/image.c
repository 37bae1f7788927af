#include "shim/image/image.h"

#include <stdbool.h>
#include <stdint.h>

#include "loader/lib/log.h"
#include "loader/pe.h"
#include "shim/device_path/device_path.h"
#include "shim/image/image_hii.h"
#include "shim/image/image_list.h"
#include "shim/image/image_run.h"
#include "shim/memory/nx_policy.h"
#include "shim/memory/pool.h"
#include "shim/protocol/handle.h"
#include "shim/protocol/locate.h"
#include "shim/protocol/open_protocol.h"
#include "shim/protocol/protocol_use.h"
#include "shim/runtime_followers.h"

static EFI_GUID loaded_image_guid = EFI_LOADED_IMAGE_PROTOCOL_GUID;
static EFI_GUID loaded_image_device_path_guid = EFI_LOADED_IMAGE_DEVICE_PATH_PROTOCOL_GUID;
static EFI_GUID hii_package_list_guid = EFI_HII_PACKAGE_LIST_PROTOCOL_GUID;

static EFI_SYSTEM_TABLE *system_table;

EFI_LOADED_IMAGE_PROTOCOL *image_protocol(EFI_HANDLE handle)
{
    struct image *image = image_list_find(handle);

    return image ? &image->protocol : NULL;
}

uint64_t image_base(const struct image *image)
{
    return image->memory.base;
}

static void image_enlist(struct image *image)
{
    image->held = handle_hold(image->handle);
    image_list_add(image);
}

EFI_STATUS image_firmware_init(EFI_SYSTEM_TABLE *table, const char *start, const char *end,
                               EFI_HANDLE *ret_handle)
{
    struct image *image = pool_new(sizeof(*image));

    if (!image)
        return EFI_OUT_OF_RESOURCES;
    system_table = table;
    image->started = true;
    image->protocol.Revision = EFI_LOADED_IMAGE_PROTOCOL_REVISION;
    image->protocol.SystemTable = table;
    /* The EFI shell looks there for the name of a debug file. */
    image->protocol.ImageBase = (void *)(uintptr_t)start;
    image->protocol.ImageSize = (UINT64)(end - start);
    image->protocol.ImageCodeType = EfiBootServicesCode;
    image->protocol.ImageDataType = EfiBootServicesData;
    image_run_firmware(image);
    *ret_handle = NULL;
    if (handle_install(ret_handle, &loaded_image_guid, &image->protocol) != EFI_SUCCESS)
        return EFI_OUT_OF_RESOURCES;
    image->handle = *ret_handle;
    image_enlist(image);
    open_protocol_set_firmware(image->handle);
    return EFI_SUCCESS;
}

/* DeviceHandle and FilePath: the device that the path begins with, and what is left behind it. */
static EFI_STATUS set_origin(struct image *image, EFI_DEVICE_PATH *path)
{
    EFI_DEVICE_PATH *rest = path;

    if (!path)
        return EFI_SUCCESS;
    image->path = device_path_copy(path);
    if (!image->path)
        return device_path_bytes(path) ? EFI_OUT_OF_RESOURCES : EFI_INVALID_PARAMETER;
    if (locate_device_path(&device_path_protocol_guid, &rest, &image->protocol.DeviceHandle) !=
        EFI_SUCCESS)
        rest = path;
    image->protocol.FilePath = device_path_copy(rest);
    return image->protocol.FilePath ? EFI_SUCCESS : EFI_OUT_OF_RESOURCES;
}

static void image_delete(struct image *image)
{
    if (image->memory.base) {
        runtime_followers_remove_driver(image->memory.base);
        image_memory_free(&image->memory);
    }
    if (image->protocol.FilePath)
        pool_free(image->protocol.FilePath);
    if (image->path)
        pool_free(image->path);
    pool_free(image);
}

static void set_types(struct image *image)
{
    switch (image->subsystem) {
    case IMAGE_SUBSYSTEM_EFI_APPLICATION:
        image->protocol.ImageCodeType = EfiLoaderCode;
        image->protocol.ImageDataType = EfiLoaderData;
        break;
    case IMAGE_SUBSYSTEM_EFI_BOOT_SERVICE_DRIVER:
        image->protocol.ImageCodeType = EfiBootServicesCode;
        image->protocol.ImageDataType = EfiBootServicesData;
        break;
    default:
        image->protocol.ImageCodeType = EfiRuntimeServicesCode;
        image->protocol.ImageDataType = EfiRuntimeServicesData;
        break;
    }
}

static EFI_STATUS image_fill(struct image *image, const struct pe_image *pe)
{
    EFI_STATUS status;

    image->subsystem = pe->subsystem;
    image->nx_compatible = pe->nx_compatible;
    set_types(image);
    status = image_memory_load(pe, image->protocol.ImageCodeType, &image->memory);
    if (status != EFI_SUCCESS)
        return status;
    if (pe->subsystem == IMAGE_SUBSYSTEM_EFI_RUNTIME_DRIVER)
        status = runtime_followers_add_driver(image->memory.base, pe);
    if (status != EFI_SUCCESS)
        return status;
    image->entry = (EFI_IMAGE_ENTRY_POINT)(uintptr_t)(image->memory.base + pe->entry_rva);
    image->protocol.ImageBase = (void *)(uintptr_t)image->memory.base;
    image->protocol.ImageSize = pe->image_bytes;
    image->hii_packages = image_hii_find(pe, image->protocol.ImageBase);
    return EFI_SUCCESS;
}

static void uninstall_protocols(struct image *image)
{
    if (image->hii_packages)
        handle_uninstall(image->handle, &hii_package_list_guid, image->hii_packages);
    handle_uninstall(image->handle, &loaded_image_device_path_guid, image->path);
    handle_uninstall(image->handle, &loaded_image_guid, &image->protocol);
}

static EFI_STATUS install_protocols(struct image *image)
{
    EFI_STATUS status = handle_install(&image->handle, &loaded_image_guid, &image->protocol);

    if (status != EFI_SUCCESS)
        return status;
    status = handle_install(&image->handle, &loaded_image_device_path_guid, image->path);
    if (status == EFI_SUCCESS && image->hii_packages)
        status = handle_install(&image->handle, &hii_package_list_guid, image->hii_packages);
    if (status != EFI_SUCCESS)
        uninstall_protocols(image);
    return status;
}

EFI_STATUS image_load(EFI_HANDLE parent, EFI_DEVICE_PATH *path, const void *source,
                      size_t source_bytes, EFI_HANDLE *ret_handle)
{
    struct pe_image pe;
    struct image *image;
    EFI_STATUS status = pe_parse(source, source_bytes, &pe);

    if (status != EFI_SUCCESS)
        return status;
    image = pool_new(sizeof(*image));
    if (!image)
        return EFI_OUT_OF_RESOURCES;
    image->protocol.Revision = EFI_LOADED_IMAGE_PROTOCOL_REVISION;
    image->protocol.ParentHandle = parent;
    image->protocol.SystemTable = system_table;
    status = set_origin(image, path);
    if (status == EFI_SUCCESS)
        status = image_fill(image, &pe);
    if (status == EFI_SUCCESS)
        status = install_protocols(image);
    if (status != EFI_SUCCESS) {
        image_delete(image);
        return status;
    }
    image_enlist(image);
    nx_policy_image_loaded(image->nx_compatible);
    *ret_handle = image->handle;
    return EFI_SUCCESS;
}

static void image_remove(struct image *image)
{
    image_list_remove(image);
    protocol_use_end_all_by(image->handle);
    nx_policy_image_gone(image->nx_compatible);
    uninstall_protocols(image);
    handle_release(image->held);
    image_delete(image);
}

EFI_STATUS image_start(EFI_HANDLE handle, UINTN *ret_exit_bytes, CHAR16 **ret_exit_data)
{
    struct image *image = image_list_find(handle);
    EFI_STATUS status;

    if (!image || image->started)
        return EFI_INVALID_PARAMETER;
    image_run(image, system_table);
    status = image->exit_status;
    if (ret_exit_bytes)
        *ret_exit_bytes = image->exit_bytes;
    if (ret_exit_data)
        *ret_exit_data = image->exit_data;
    else if (image->exit_data)
        pool_free(image->exit_data);
    if (image->subsystem == IMAGE_SUBSYSTEM_EFI_APPLICATION || EFI_ERROR(status))
        image_remove(image);
    return status;
}

EFI_STATUS image_exit(EFI_HANDLE handle, EFI_STATUS status, UINTN exit_bytes, CHAR16 *exit_data)
{
    struct image *image = image_list_find(handle);

    if (!image)
        return EFI_INVALID_PARAMETER;
    if (!image->started) {
        image_remove(image);
        return EFI_SUCCESS;
    }
    return image_run_exit(image, status, exit_bytes, exit_data);
}

EFI_STATUS image_unload(EFI_HANDLE handle)
{
    struct image *image = image_list_find(handle);
    EFI_STATUS status;

    if (!image)
        return EFI_INVALID_PARAMETER;
    if (image->started) {
        if (!image->protocol.Unload)
            return EFI_UNSUPPORTED;
        status = image->protocol.Unload(handle);
        if (status != EFI_SUCCESS)
            return status;
    }
    image_remove(image);
    return EFI_SUCCESS;
}
