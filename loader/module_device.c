#include "loader/module_device.h"

#include <stddef.h>

#include "shim/device_path/device_path.h"
#include "shim/protocol/handle.h"

#define IMAGE_FILE_NAME u"\\module.efi"

/* This project's own vendor node: "the domain builder's modules". */
#define MODULE_DEVICE_GUID                                 \
    {                                                      \
        0x6ee39ac7, 0x1b7f, 0x4c6d,                        \
        {                                                  \
            0x9d, 0x58, 0x70, 0x76, 0x68, 0x65, 0x66, 0x69 \
        }                                                  \
    }

static struct {
    VENDOR_DEVICE_PATH vendor;
    EFI_DEVICE_PATH end;
} __attribute__((packed)) device_path = {
    .vendor = {.Header =
                   DEVICE_PATH_NODE(HARDWARE_DEVICE_PATH, HW_VENDOR_DP, sizeof(VENDOR_DEVICE_PATH)),
               .Guid = MODULE_DEVICE_GUID},
    .end = DEVICE_PATH_END,
};

static struct {
    EFI_DEVICE_PATH header;
    CHAR16 name[sizeof(IMAGE_FILE_NAME) / sizeof(CHAR16)];
    EFI_DEVICE_PATH end;
} __attribute__((packed)) file_path = {
    .header = DEVICE_PATH_NODE(MEDIA_DEVICE_PATH, MEDIA_FILEPATH_DP,
                               sizeof(EFI_DEVICE_PATH) + sizeof(IMAGE_FILE_NAME)),
    .name = IMAGE_FILE_NAME,
    .end = DEVICE_PATH_END,
};

EFI_STATUS module_device_install(EFI_DEVICE_PATH **ret_path)
{
    EFI_HANDLE handle = NULL;

    *ret_path = device_path_join(&device_path.vendor.Header, &file_path.header);
    if (!*ret_path)
        return EFI_OUT_OF_RESOURCES;
    return handle_install(&handle, &device_path_protocol_guid, &device_path);
}
