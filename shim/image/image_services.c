#include "shim/image/image_services.h"

#include <stdbool.h>
#include <stddef.h>

#include "shim/image/image.h"
#include "shim/image/image_source.h"
#include "shim/memory/pool.h"

static EFI_STATUS load_from_path(bool boot_policy, EFI_HANDLE parent, EFI_DEVICE_PATH *path,
                                 EFI_HANDLE *handle)
{
    void *file;
    size_t bytes;
    EFI_STATUS status = image_source_read(path, boot_policy, &file, &bytes);

    if (status != EFI_SUCCESS)
        return status;
    status = image_load(parent, path, file, bytes, handle);
    pool_free(file);
    return status;
}

static EFI_STATUS EFIAPI load_image(BOOLEAN boot_policy, EFI_HANDLE parent, EFI_DEVICE_PATH *path,
                                    void *source, UINTN source_bytes, EFI_HANDLE *handle)
{
    if (!handle || !image_protocol(parent))
        return EFI_INVALID_PARAMETER;
    if (source)
        return image_load(parent, path, source, source_bytes, handle);
    return path ? load_from_path(boot_policy, parent, path, handle) : EFI_NOT_FOUND;
}

static EFI_STATUS EFIAPI start_image(EFI_HANDLE handle, UINTN *exit_bytes, CHAR16 **exit_data)
{
    return image_start(handle, exit_bytes, exit_data);
}

static EFI_STATUS EFIAPI exit_image(EFI_HANDLE handle, EFI_STATUS status, UINTN exit_bytes,
                                    CHAR16 *exit_data)
{
    return image_exit(handle, status, exit_bytes, exit_data);
}

static EFI_STATUS EFIAPI unload_image(EFI_HANDLE handle)
{
    return image_unload(handle);
}

void image_services_install(EFI_BOOT_SERVICES *table)
{
    table->LoadImage = load_image;
    table->StartImage = start_image;
    table->Exit = exit_image;
    table->UnloadImage = unload_image;
}
