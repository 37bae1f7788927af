#include "shim/fat/fat_driver.h"

#include "shim/block/disk_io.h"
#include "shim/fat/fat_system.h"
#include "shim/file/volume_driver.h"
#include "shim/memory/pool.h"

static fat_clock *clock;

static EFI_STATUS probe(struct medium *medium)
{
    uint8_t sector[FAT_BPB_BYTES];
    struct fat_geometry geometry;
    EFI_STATUS status = medium_read(medium, 0, sizeof(sector), sector);

    if (status != EFI_SUCCESS)
        return status;
    return fat_bpb_parse(sector, medium->bytes, &geometry) ? EFI_UNSUPPORTED : EFI_SUCCESS;
}

static EFI_STATUS mount(struct medium *medium, struct file_system **ret_system)
{
    struct fat_system *fat = pool_new(sizeof(*fat));
    EFI_STATUS status;

    if (!fat)
        return EFI_OUT_OF_RESOURCES;
    status = fat_system_mount(fat, medium, clock);
    if (status == EFI_SUCCESS)
        *ret_system = &fat->system;
    else
        pool_free(fat);
    return status;
}

static bool unmount(struct file_system *system)
{
    struct fat_system *fat = container_of(system, struct fat_system, system);

    if (!list_is_empty(&fat->volume.nodes))
        return false;
    fat_system_unmount(fat);
    pool_free(fat);
    return true;
}

static struct volume_driver driver = {
    .name = u"FAT file system",
    .claim = &disk_io_protocol_guid,
    .probe = probe,
    .mount = mount,
    .unmount = unmount,
};

EFI_STATUS fat_driver_install(EFI_HANDLE image, fat_clock *tell_time)
{
    clock = tell_time;
    return volume_driver_install(&driver, image);
}
