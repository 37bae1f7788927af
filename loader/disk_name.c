#include "loader/disk_name.h"

#include <stddef.h>
#include <stdint.h>

#include "loader/lib/format.h"
#include "loader/lib/string.h"
#include "shim/block/pv_disk_path.h"
#include "shim/block/vdev_name.h"
#include "shim/device_path/device_path.h"

/* Both kinds of node have the number behind the header; gnu-efi's types are longer than the nodes.
 */
static void append_partition(const EFI_DEVICE_PATH *node, const char *disk, char *ret_name)
{
    uint32_t number;

    if (node->Type != MEDIA_DEVICE_PATH ||
        device_path_node_bytes(node) < sizeof(*node) + sizeof(number) ||
        (node->SubType != MEDIA_HARDDRIVE_DP && node->SubType != MEDIA_CDROM_DP)) {
        format_string(ret_name, DISK_NAME_BYTES, "%s", disk);
        return;
    }
    memcpy(&number, node + 1, sizeof(number));
    if (node->SubType == MEDIA_HARDDRIVE_DP)
        format_string(ret_name, DISK_NAME_BYTES, "%s%u", disk, number);
    else
        format_string(ret_name, DISK_NAME_BYTES, "%s boot entry %u", disk, number);
}

void disk_name(const EFI_DEVICE_PATH *path, char ret_name[DISK_NAME_BYTES])
{
    char disk[VDEV_NAME_BYTES];
    uint32_t vdev;

    if (!pv_disk_path_vdev(path, &vdev)) {
        format_string(ret_name, DISK_NAME_BYTES, "another device");
        return;
    }
    vdev_name(vdev, disk);
    append_partition((const EFI_DEVICE_PATH *)((const char *)path + device_path_node_bytes(path)),
                     disk, ret_name);
}
