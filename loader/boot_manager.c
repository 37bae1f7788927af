#include "loader/boot_manager.h"

#include <stddef.h>

#include "loader/boot_disk.h"
#include "loader/boot_image.h"
#include "loader/boot_source.h"
#include "loader/guest_memory.h"
#include "loader/lib/log.h"
#include "loader/module_device.h"
#include "loader/stage.h"
#include "loader/status_name.h"
#include "shim/block/storage.h"
#include "shim/image/image.h"
#include "shim/image/initrd.h"
#include "shim/memory/page_alloc.h"

#define PAGE_BYTES 4096ull
#define PAGE_SHIFT 12

/* The file was copied into the image's own memory: the pages that are wholly its are free now. */
static void release_module(const struct boot_module *module)
{
    uint64_t start = (module->paddr + PAGE_BYTES - 1) & ~(PAGE_BYTES - 1);
    uint64_t end = (module->paddr + module->bytes) & ~(PAGE_BYTES - 1);

    if (start < end)
        page_free(start, (end - start) >> PAGE_SHIFT);
}

static EFI_STATUS load(const struct boot_source *source, EFI_HANDLE firmware_handle,
                       EFI_HANDLE *ret_image)
{
    EFI_DEVICE_PATH *path;
    EFI_STATUS status = module_device_install(&path);

    if (status == EFI_SUCCESS && source->initrd)
        status =
            initrd_install((const void *)(uintptr_t)source->initrd->paddr, source->initrd->bytes);
    stage_reached(STAGE_LOAD_IMAGE);
    if (status == EFI_SUCCESS)
        status = image_load(firmware_handle, path, (const void *)(uintptr_t)source->image->paddr,
                            source->image->bytes, ret_image);
    if (status != EFI_SUCCESS)
        log_err("boot: the image was not loaded: %s", status_name(status));
    return status;
}

EFI_STATUS boot_manager_run(const struct boot_info *info, const char *firmware_cmdline,
                            EFI_HANDLE firmware_handle)
{
    struct boot_source source;
    EFI_HANDLE image;
    EFI_STATUS status;

    if (boot_source_choose(info, firmware_cmdline, guest_memory_window, &source))
        return EFI_LOAD_ERROR;
    if (source.kind == BOOT_SOURCE_NONE) {
        status = boot_disk_run(firmware_cmdline, firmware_handle);
        if (status == EFI_NOT_FOUND)
            log_err("boot: no module to boot, and no disk that boots (give disk= an image with an "
                    "EFI system partition, ramdisk= an EFI image, or use pvshim=1 with kernel= and "
                    "ramdisk=)");
        return status;
    }
    status = load(&source, firmware_handle, &image);
    if (status != EFI_SUCCESS)
        return status;
    release_module(source.image);
    /* A boot loader or shell looks for volumes; a kernel with its initrd needs none. */
    if (!source.initrd)
        storage_connect();
    return boot_image_start(image, source.cmdline);
}
