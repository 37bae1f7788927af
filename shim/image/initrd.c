#include "shim/image/initrd.h"

#include "loader/lib/string.h"
#include "shim/device_path/device_path.h"
#include "shim/image/load_file2.h"
#include "shim/protocol/handle.h"

/* LINUX_EFI_INITRD_MEDIA_GUID of Linux's include/linux/efi.h. */
#define INITRD_MEDIA_GUID                                  \
    {                                                      \
        0x5568e427, 0x68fc, 0x4f3d,                        \
        {                                                  \
            0xac, 0x74, 0xca, 0x55, 0x52, 0x31, 0xcc, 0x68 \
        }                                                  \
    }

static const void *initrd;
static size_t initrd_bytes;

static struct {
    VENDOR_DEVICE_PATH vendor;
    EFI_DEVICE_PATH end;
} __attribute__((packed)) initrd_path = {
    .vendor = {.Header =
                   DEVICE_PATH_NODE(MEDIA_DEVICE_PATH, MEDIA_VENDOR_DP, sizeof(VENDOR_DEVICE_PATH)),
               .Guid = INITRD_MEDIA_GUID},
    .end = DEVICE_PATH_END,
};

/* Linux 5.10's first call passes a NULL buffer with an uninitialised size. */
static EFI_STATUS EFIAPI load_file(EFI_LOAD_FILE2_PROTOCOL *this, EFI_DEVICE_PATH *path,
                                   BOOLEAN boot_policy, UINTN *bytes, void *buffer)
{
    (void)this;
    if (!path || !bytes)
        return EFI_INVALID_PARAMETER;
    if (boot_policy)
        return EFI_UNSUPPORTED;
    if (!IsDevicePathEnd(path))
        return EFI_NOT_FOUND;
    if (!buffer || *bytes < initrd_bytes) {
        *bytes = initrd_bytes;
        return EFI_BUFFER_TOO_SMALL;
    }
    *bytes = initrd_bytes;
    memcpy(buffer, initrd, initrd_bytes);
    return EFI_SUCCESS;
}

static EFI_LOAD_FILE2_PROTOCOL protocol = {.LoadFile = load_file};

EFI_STATUS initrd_install(const void *start, size_t bytes)
{
    static EFI_GUID load_file2_guid = EFI_LOAD_FILE2_PROTOCOL_GUID;
    EFI_HANDLE handle = NULL;
    EFI_STATUS status;

    initrd = start;
    initrd_bytes = bytes;
    status = handle_install(&handle, &device_path_protocol_guid, &initrd_path);
    if (status != EFI_SUCCESS)
        return status;
    return handle_install(&handle, &load_file2_guid, &protocol);
}
