#include "shim/block/storage.h"

#include <stdbool.h>
#include <stddef.h>

#include "shim/block/block_io.h"
#include "shim/block/foreign_disk.h"
#include "shim/driver/driver.h"
#include "shim/fat/fat_driver.h"
#include "shim/iso9660/iso_driver.h"
#include "shim/memory/pool.h"
#include "shim/partition/partition_driver.h"
#include "shim/protocol/locate.h"
#include "shim/runtime_image.h"

static bool tell_time(EFI_TIME *ret_time)
{
    return runtime_image_exports()->services->GetTime(ret_time, NULL) == EFI_SUCCESS;
}

EFI_STATUS storage_install(EFI_HANDLE image)
{
    EFI_STATUS status = foreign_disk_driver_install(image);

    if (status == EFI_SUCCESS)
        status = partition_driver_install(image);
    if (status == EFI_SUCCESS)
        status = fat_driver_install(image, tell_time);
    return status == EFI_SUCCESS ? iso_driver_install(image) : status;
}

void storage_connect(void)
{
    EFI_HANDLE *disks = NULL;
    UINTN count = 0;

    locate_handle_buffer(ByProtocol, &block_io_protocol_guid, NULL, &count, &disks);
    for (UINTN i = 0; i < count; i++)
        driver_connect(disks[i], NULL, NULL, true);
    if (disks)
        pool_free(disks);
}
