#include "shim/device_path/device_path_to_text.h"

#include <stddef.h>

#include "shim/device_path/device_path_text.h"
#include "shim/protocol/handle.h"

static struct device_path_style style_of(BOOLEAN display_only, BOOLEAN allow_shortcuts)
{
    return (struct device_path_style){.display = display_only, .shortcuts = allow_shortcuts};
}

static CHAR16 *EFIAPI node_to_text(const EFI_DEVICE_PATH_PROTOCOL *node, BOOLEAN display_only,
                                   BOOLEAN allow_shortcuts)
{
    return node ? device_path_node_to_text(node, style_of(display_only, allow_shortcuts)) : NULL;
}

static CHAR16 *EFIAPI path_to_text(const EFI_DEVICE_PATH_PROTOCOL *path, BOOLEAN display_only,
                                   BOOLEAN allow_shortcuts)
{
    return path ? device_path_to_text(path, style_of(display_only, allow_shortcuts)) : NULL;
}

static EFI_DEVICE_PATH_TO_TEXT_PROTOCOL protocol = {
    .ConvertDeviceNodeToText = node_to_text,
    .ConvertDevicePathToText = path_to_text,
};

EFI_STATUS device_path_to_text_install(EFI_HANDLE *handle)
{
    static const EFI_GUID guid = EFI_DEVICE_PATH_TO_TEXT_PROTOCOL_GUID;

    return handle_install(handle, &guid, &protocol);
}
