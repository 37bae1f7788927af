#include "shim/iso9660/iso_driver.h"

#include "loader/lib/list.h"
#include "shim/block/block_io.h"
#include "shim/file/volume_driver.h"
#include "shim/iso9660/iso_system.h"
#include "shim/memory/pool.h"

static EFI_STATUS mount(struct medium *medium, struct file_system **ret_system)
{
    struct iso_system *iso = pool_new(sizeof(*iso));
    EFI_STATUS status;

    if (!iso)
        return EFI_OUT_OF_RESOURCES;
    status = iso_system_mount(iso, medium);
    if (status == EFI_SUCCESS)
        *ret_system = &iso->system;
    else
        pool_free(iso);
    return status;
}

static bool unmount(struct file_system *system)
{
    struct iso_system *iso = container_of(system, struct iso_system, system);

    if (iso->nodes)
        return false;
    iso_system_unmount(iso);
    pool_free(iso);
    return true;
}

static struct volume_driver driver = {
    .name = u"ISO 9660 file system",
    /* DiskIo is in the hands of whoever drives the disc's partitions. */
    .claim = &block_io_protocol_guid,
    .probe = iso_volume_probe,
    .mount = mount,
    .unmount = unmount,
};

EFI_STATUS iso_driver_install(EFI_HANDLE image)
{
    return volume_driver_install(&driver, image);
}
