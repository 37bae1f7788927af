#include "loader/boot_image.h"

#include <stddef.h>

#include "loader/lib/log.h"
#include "loader/stage.h"
#include "loader/status_name.h"
#include "loader/utf16.h"
#include "loader/x86/tsc.h"
#include "shim/event/event.h"
#include "shim/event/watchdog.h"
#include "shim/image/image.h"
#include "shim/memory/pool.h"
#include "shim/xen_data.h"

#define NS_PER_US 1000u

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

EFI_STATUS boot_image_start(EFI_HANDLE image, const char *cmdline)
{
    EFI_STATUS status = set_load_options(image_protocol(image), cmdline);

    if (status != EFI_SUCCESS) {
        log_err("boot: no memory for the command line");
        return status;
    }
    log_debug("boot: starting after %lu us, command line \"%s\"", tsc_now_ns() / NS_PER_US,
              cmdline);
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
