/*
 * \EFI\BOOT\BOOTX64.EFI of the disk that other firmwares boot: starts \program.efi of its own disk
 * with the option "verbose", which nobody can give to a removable disk's loader.
 */
#include <efi.h>

#include "shim/device_path/device_path.h"

#define PROGRAM L"\\program.efi"

static struct {
    EFI_DEVICE_PATH header;
    CHAR16 name[sizeof(PROGRAM) / sizeof(CHAR16)];
    EFI_DEVICE_PATH end;
} __attribute__((packed)) program = {
    .header = DEVICE_PATH_NODE(MEDIA_DEVICE_PATH, MEDIA_FILEPATH_DP,
                               sizeof(EFI_DEVICE_PATH) + sizeof(PROGRAM)),
    .name = PROGRAM,
    .end = DEVICE_PATH_END,
};

static UINTN path_bytes(EFI_DEVICE_PATH *path)
{
    UINT8 *node = (UINT8 *)path;

    while (!IsDevicePathEndType((EFI_DEVICE_PATH *)node))
        node += DevicePathNodeLength((EFI_DEVICE_PATH *)node);
    return (UINTN)(node - (UINT8 *)path);
}

/* The device's path and the file's behind it. */
static EFI_STATUS make_path(EFI_BOOT_SERVICES *boot, EFI_HANDLE device, UINT8 **ret_path)
{
    EFI_GUID guid = EFI_DEVICE_PATH_PROTOCOL_GUID;
    EFI_DEVICE_PATH *path;
    EFI_STATUS status = boot->HandleProtocol(device, &guid, (void **)&path);
    UINTN bytes;

    if (EFI_ERROR(status))
        return status;
    bytes = path_bytes(path);
    status = boot->AllocatePool(EfiLoaderData, bytes + sizeof(program), (void **)ret_path);
    if (EFI_ERROR(status))
        return status;
    boot->CopyMem(*ret_path, path, bytes);
    boot->CopyMem(*ret_path + bytes, &program, sizeof(program));
    return EFI_SUCCESS;
}

EFI_STATUS efi_main(EFI_HANDLE image, EFI_SYSTEM_TABLE *table)
{
    static CHAR16 options[] = L"verbose";
    EFI_BOOT_SERVICES *boot = table->BootServices;
    EFI_GUID guid = EFI_LOADED_IMAGE_PROTOCOL_GUID;
    EFI_LOADED_IMAGE_PROTOCOL *loaded;
    EFI_HANDLE handle;
    UINT8 *path;
    EFI_STATUS status = boot->HandleProtocol(image, &guid, (void **)&loaded);

    if (!EFI_ERROR(status))
        status = make_path(boot, loaded->DeviceHandle, &path);
    if (!EFI_ERROR(status))
        status = boot->LoadImage(FALSE, image, (EFI_DEVICE_PATH *)path, NULL, 0, &handle);
    if (!EFI_ERROR(status))
        status = boot->HandleProtocol(handle, &guid, (void **)&loaded);
    if (EFI_ERROR(status))
        return status;
    loaded->LoadOptions = options;
    loaded->LoadOptionsSize = sizeof(options);
    return boot->StartImage(handle, NULL, NULL);
}
