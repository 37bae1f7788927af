#include "loader/boot_manager.h"

#include <stddef.h>

#include "loader/boot_source.h"
#include "loader/guest_memory.h"
#include "loader/lib/log.h"
#include "loader/module_device.h"
#include "loader/stage.h"
#include "loader/status_name.h"
#include "loader/utf16.h"
#include "loader/x86/tsc.h"
#include "shim/event.h"
#include "shim/image.h"
#include "shim/initrd.h"
#include "shim/page_alloc.h"
#include "shim/pool.h"
#include "shim/xen_data.h"
#include "shim/watchdog.h"

#define PAGE_BYTES 4096ull
#define PAGE_SHIFT 12
#define NS_PER_US  1000u

static EFI_STATUS set_load_options(EFI_LOADED_IMAGE_PROTOCOL *image, const char *cmdline)
{
    size_t units = utf16_from_utf8(cmdline, NULL, 0);
    CHAR16 *options;

    if (!cmdline[0])
        return EFI_SUCCESS;
    options = pool_new(units * sizeof(*options));
    if (!options)
        return EFI_OUT_OF_RESOURCES;
    utf16_from_utf8(cmdline, options, units);
    image->LoadOptions = options;
    image->LoadOptionsSize = (UINT32)(units * sizeof(*options));
    return EFI_SUCCESS;
}

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
    if (status == EFI_SUCCESS)
        status = set_load_options(image_protocol(*ret_image), source->cmdline);
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
        log_err("boot: no module to boot (give ramdisk= an EFI image, or use pvshim=1 with kernel= "
                "and ramdisk=)");
        return EFI_NOT_FOUND;
    }
    status = load(&source, firmware_handle, &image);
    if (status != EFI_SUCCESS)
        return status;
    release_module(source.image);
    log_debug("boot: starting after %lu us, command line \"%s\"", tsc_now_ns() / NS_PER_US,
              source.cmdline);
    event_signal_group(&event_group_ready_to_boot);
    watchdog_set(WATCHDOG_BOOT_SECONDS);
    stage_reached(STAGE_START_IMAGE);
    xen_data_update();
    status = image_start(image, NULL, NULL);
    if (EFI_ERROR(status))
        log_err("boot: the image returned %s (%#lx)", status_name(status), status);
    else
        log_info("boot: the image returned %s", status_name(status));
    return status;
}
