#include "shim/block/disk.h"

#include "shim/block/block_io.h"
#include "shim/block/block_io2.h"
#include "shim/block/disk_io.h"

#define PARTS 3

static EFI_STATUS (*const install[PARTS])(EFI_HANDLE *, struct block_device *) = {
    block_io_install, block_io2_install, disk_io_install};
static EFI_STATUS (*const uninstall[PARTS])(EFI_HANDLE) = {block_io_uninstall, block_io2_uninstall,
                                                           disk_io_uninstall};

EFI_STATUS disk_install(EFI_HANDLE *handle, struct block_device *device)
{
    EFI_STATUS status = EFI_SUCCESS;
    unsigned int done = 0;

    while (done < PARTS && (status = install[done](handle, device)) == EFI_SUCCESS)
        done++;
    while (status != EFI_SUCCESS && done)
        uninstall[--done](*handle);
    return status;
}

/* BlockIo goes last: it says which device it is, to put back what went before. */
EFI_STATUS disk_uninstall(EFI_HANDLE handle)
{
    struct block_device *device = block_io_device(handle);
    EFI_STATUS status = EFI_SUCCESS;
    unsigned int left = PARTS;

    if (!device)
        return EFI_NOT_FOUND;
    while (left && (status = uninstall[left - 1](handle)) == EFI_SUCCESS)
        left--;
    while (status != EFI_SUCCESS && left < PARTS)
        install[left++](&handle, device);
    return status;
}
