#include "shim/device_path/device_path_from_text.h"

#include <stddef.h>

#include "shim/device_path/device_path_text.h"
#include "shim/protocol/handle.h"

static EFI_DEVICE_PATH_PROTOCOL *EFIAPI text_to_node(const CHAR16 *text)
{
    return text ? device_path_node_from_text(text) : NULL;
}

static EFI_DEVICE_PATH_PROTOCOL *EFIAPI text_to_path(const CHAR16 *text)
{
    return text ? device_path_from_text(text) : NULL;
}

static EFI_DEVICE_PATH_FROM_TEXT_PROTOCOL protocol = {
    .ConvertTextToDeviceNode = text_to_node,
    .ConvertTextToDevicePath = text_to_path,
};

EFI_STATUS device_path_from_text_install(EFI_HANDLE *handle)
{
    static const EFI_GUID guid = EFI_DEVICE_PATH_FROM_TEXT_PROTOCOL_GUID;

    return handle_install(handle, &guid, &protocol);
}
