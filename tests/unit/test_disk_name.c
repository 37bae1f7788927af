/* Device paths of disks and partitions as messages name them. */
#include "loader/disk_name.h"

#include <string.h>

#include "shim/block/pv_disk_path.h"
#include "shim/device_path/device_path.h"
#include "tests/unit/isolated.h"

static const EFI_DEVICE_PATH end = DEVICE_PATH_END;

/* UEFI 2.10 section 10.3.5.1: without the padding of the type. */
#define HARD_DRIVE_BYTES 42

static char bytes[256];

/* xvdb's path with another node behind it. */
static const EFI_DEVICE_PATH *with_node(const void *node, size_t node_bytes)
{
    struct pv_disk_path disk = pv_disk_path(51728);
    size_t disk_bytes = offsetof(struct pv_disk_path, end);

    memcpy(bytes, &disk, disk_bytes);
    memcpy(bytes + disk_bytes, node, node_bytes);
    memcpy(bytes + disk_bytes + node_bytes, &end, sizeof(end));
    assert_int_equal(device_path_bytes((EFI_DEVICE_PATH *)bytes),
                     disk_bytes + node_bytes + sizeof(end));
    return (EFI_DEVICE_PATH *)bytes;
}

static void assert_name(const EFI_DEVICE_PATH *path, const char *expected)
{
    char name[DISK_NAME_BYTES];

    disk_name(path, name);
    assert_string_equal(name, expected);
}

static void test_disks(void **state)
{
    struct pv_disk_path path = pv_disk_path(51712);
    uint32_t vdev = 0;

    (void)state;
    assert_int_equal(device_path_bytes(&path.vendor.Header), sizeof(path));
    assert_true(pv_disk_path_vdev(&path.vendor.Header, &vdev));
    assert_int_equal(vdev, 51712);
    assert_name(&path.vendor.Header, "xvda");
}

static void test_partitions(void **state)
{
    HARDDRIVE_DEVICE_PATH partition = {
        .Header = DEVICE_PATH_NODE(MEDIA_DEVICE_PATH, MEDIA_HARDDRIVE_DP, HARD_DRIVE_BYTES),
        .PartitionNumber = 12,
    };
    CDROM_DEVICE_PATH image = {
        .Header = DEVICE_PATH_NODE(MEDIA_DEVICE_PATH, MEDIA_CDROM_DP, sizeof(image)),
        .BootEntry = 1,
    };

    (void)state;
    assert_name(with_node(&partition, HARD_DRIVE_BYTES), "xvdb12");
    assert_name(with_node(&image, sizeof(image)), "xvdb boot entry 1");
}

static void test_nodes_that_are_too_short(void **state)
{
    EFI_DEVICE_PATH partition =
        DEVICE_PATH_NODE(MEDIA_DEVICE_PATH, MEDIA_HARDDRIVE_DP, sizeof(partition));

    (void)state;
    assert_name(with_node(&partition, sizeof(partition)), "xvdb");
}

static void test_other_devices(void **state)
{
    struct pv_disk_path other = pv_disk_path(51712);

    (void)state;
    other.vendor.Guid.Data4[7] ^= 1;
    assert_name(&other.vendor.Header, "another device");
    assert_name(&end, "another device");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_disks),
        cmocka_unit_test(test_partitions),
        cmocka_unit_test(test_nodes_that_are_too_short),
        cmocka_unit_test(test_other_devices),
    };

    return isolated_run(tests);
}
