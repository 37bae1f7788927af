#include "shim/image_services.h"

#include <stddef.h>

#include "shim/image.h"

static EFI_STATUS EFIAPI load_image(BOOLEAN boot_policy, EFI_HANDLE parent, EFI_DEVICE_PATH *path,
                                    void *source, UINTN source_bytes, EFI_HANDLE *handle)
{
    (void)boot_policy;
    if (!handle || !image_protocol(parent))
        return EFI_INVALID_PARAMETER;
    if (!source)
        return path ? EFI_UNSUPPORTED : EFI_NOT_FOUND;
    return image_load(parent, path, source, source_bytes, handle);
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
