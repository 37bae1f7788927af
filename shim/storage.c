#include "shim/storage.h"

#include <stdbool.h>
#include <stddef.h>

#include "shim/fat/fat_driver.h"
#include "shim/foreign_disk.h"
#include "shim/iso9660/iso_driver.h"
#include "shim/partition/partition_driver.h"
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
