#include "shim/block/pv_disk_path.h"

#include <stddef.h>

#include "loader/lib/string.h"
#include "shim/device_path/device_path.h"

#define PV_DISK_GUID                                       \
    {                                                      \
        0x2f1ad3b1, 0x8e0f, 0x4a6b,                        \
        {                                                  \
            0xa4, 0x4b, 0x70, 0x76, 0x68, 0x65, 0x66, 0x69 \
        }                                                  \
    }

_Static_assert(offsetof(struct pv_disk_path, vdev) == 20, "UEFI 2.10 section 10.3.2.4");

struct pv_disk_path pv_disk_path(uint32_t vdev)
{
    return (struct pv_disk_path){
        .vendor = {.Header = DEVICE_PATH_NODE(HARDWARE_DEVICE_PATH, HW_VENDOR_DP,
                                              offsetof(struct pv_disk_path, end)),
                   .Guid = PV_DISK_GUID},
        .vdev = vdev,
        .end = DEVICE_PATH_END,
    };
}

bool pv_disk_path_vdev(const EFI_DEVICE_PATH *path, uint32_t *ret_vdev)
{
    struct pv_disk_path expected = pv_disk_path(0);

    /* The header has the length: what is shorter is not looked into. */
    if (memcmp(path, &expected.vendor.Header, sizeof(expected.vendor.Header)) != 0 ||
        memcmp(path, &expected.vendor, sizeof(expected.vendor)) != 0)
        return false;
    memcpy(ret_vdev, (const char *)path + offsetof(struct pv_disk_path, vdev), sizeof(*ret_vdev));
    return true;
}
